/* The client against servers that are slow, wrong, not there, or somebody else. */
#include "net/http_client.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "lib/net.h"
#include "net/http_server.h"
#include "net/listener.h"

static struct http_client *new_client(struct http_client_options options) {
	struct err err = {0};
	struct http_client *client;
	assert_ok(http_client_open(&options, &client, &err));
	return client;
}

/* Asks a fake server that says this; the answer is for http_client_answer_fini. */
static struct http_client_answer ask(struct http_client_options options, const char *says, struct err *err) {
	struct net_fake fake = {.says = says, .len = says != NULL ? strlen(says) : 0};
	struct http_client_answer answer = {0};
	net_fake_open(&fake);
	char *url = xasprintf("http://127.0.0.1:%u/v1/x", fake.port);
	struct http_client *client = new_client(options);
	bool ok = http_client_get(client, url, &answer, err);
	assert_int_equal(ok, answer.result == HTTP_CLIENT_OK);
	http_client_close(client);
	free(url);
	net_fake_close(&fake);
	return answer;
}

static void what_came(void **state) {
	(void)state;
	static const struct {
		const char *says;
		enum http_client_result result;
		unsigned status;
		int64_t retry_after_s;
		const char *tells; /* the body when all is well, else a part of the sentence */
	} cases[] = {
		{"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 2\r\n\r\nok", HTTP_CLIENT_OK, 200, -1, "ok"},
		{"HTTP/1.1 200 OK\r\n\r\nto the end", HTTP_CLIENT_OK, 200, -1, "to the end"},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", HTTP_CLIENT_OK, 200, -1, "abc"},
		{"HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n", HTTP_CLIENT_OK, 503, 120, ""},
		{"HTTP/1.1 429 Slow\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\nContent-Length: 0\r\n\r\n", HTTP_CLIENT_OK, 429, -1,
		 ""},
		{"HTTP/1.1 503 Busy\r\nRetry-After: -5\r\nContent-Length: 0\r\n\r\n", HTTP_CLIENT_OK, 503, -1, ""},
		{"HTTP/1.1 404 No\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", HTTP_CLIENT_OK, 404, -1, "<html>"},
		{"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\n<", HTTP_CLIENT_OK, 200, -1, "<"},
		{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n {", HTTP_CLIENT_OK, 200, -1, " {"},

		{"HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\nContent-Length: 0\r\n\r\n", HTTP_CLIENT_PORTAL, 302, -1,
		 "login"},
		{"HTTP/1.1 307 T\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", HTTP_CLIENT_PORTAL, 307, -1, "web page answered"},
		{"HTTP/1.1 511 Login\r\nContent-Length: 0\r\n\r\n", HTTP_CLIENT_PORTAL, 511, -1, "web page answered"},
		{"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello", HTTP_CLIENT_PORTAL, 200, -1,
		 "web page answered"},
		{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello", HTTP_CLIENT_PORTAL, 200, -1, "status 200"},
		{"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n\n <!doctype html", HTTP_CLIENT_PORTAL, 200, -1, "web page answered"},

		{"", HTTP_CLIENT_CUT, 0, -1, "broke off before an answer came"},
		{"", HTTP_CLIENT_CUT, 0, -1, "if it speaks https, write https:// in its address"},
		{"HTTP/1.1 200 OK\r\nContent-Le", HTTP_CLIENT_CUT, 200, -1, "broke off"},
		{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", HTTP_CLIENT_CUT, 200, -1, "broke off"},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", HTTP_CLIENT_CUT, 200, -1, "broke off"},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab", HTTP_CLIENT_CUT, 200, -1, "broke off"},
		{"SSH-2.0-OpenSSH_9.2\r\n", HTTP_CLIENT_CUT, 0, -1, "broke off"},
		{"\x16\x03\x01\xff\xfe\x01", HTTP_CLIENT_CUT, 0, -1, "broke off"},
		{"HTTP/1.1 407 Proxy\r\nContent-Length: 0\r\n\r\n", HTTP_CLIENT_PROXY, 407, -1, "it wants a password"},
		{NULL, HTTP_CLIENT_TIMED_OUT, 0, -1, "did not answer in time"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct err err = {0};
		int64_t patience = cases[i].result == HTTP_CLIENT_TIMED_OUT ? 200 : NET_LIMIT_MS;
		struct http_client_answer answer =
			ask((struct http_client_options){.total_ms = patience, .direct = true}, cases[i].says, &err);
		if (answer.result != cases[i].result) {
			print_error("%s: %s\n", str_or_empty(cases[i].says), err.text);
		}
		assert_int_equal(answer.result, cases[i].result);
		assert_int_equal(answer.retry_after_s, cases[i].retry_after_s);
		if (cases[i].result == HTTP_CLIENT_OK) {
			assert_int_equal(answer.status, cases[i].status);
			assert_string_equal(strbuf_str(&answer.body), cases[i].tells);
		} else {
			assert_holds(err.text, cases[i].tells);
			assert_holds(err.text, cases[i].result == HTTP_CLIENT_PROXY ? "127.0.0.1" : "127.0.0.1:");
		}
		http_client_answer_fini(&answer);
	}
}

static void answers_that_are_too_long(void **state) {
	(void)state;
	static const char *const says[] = {"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n12345678901",
					   "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n12345678901",
					   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n3\r\n901\r\n",
					   "HTTP/1.1 200 OK\r\n\r\n12345678901"};
	struct http_client_options options = {.body_max = 10, .direct = true};
	struct err err = {0};
	for (size_t i = 0; i < COUNT_OF(says); i++) {
		struct http_client_answer answer = ask(options, says[i], &err);
		assert_int_equal(answer.result, HTTP_CLIENT_TOO_LARGE);
		assert_int_equal(err.kind, ERR_INPUT);
		assert_holds(err.text, "longer than 10 bytes");
		assert_true(answer.body.len <= 10);
		http_client_answer_fini(&answer);
	}
	struct http_client_answer answer = ask(options, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234567890", &err);
	assert_int_equal(answer.result, HTTP_CLIENT_OK);
	http_client_answer_fini(&answer);
	answer = ask(options, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n12345678901", &err);
	assert_int_equal(answer.result, HTTP_CLIENT_PORTAL); /* and not too large: what matters is who answered */
	http_client_answer_fini(&answer);
}

static void a_connection_is_used_again(void **state) {
	(void)state;
	static const char says[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
	struct net_fake fake = {.says = says, .len = sizeof says - 1, .keep = true};
	struct err err = {0};
	struct http_client_answer answer = {0};
	net_fake_open(&fake);
	struct http_client *client = new_client((struct http_client_options){.direct = true});
	char *url = xasprintf("http://127.0.0.1:%u/", fake.port);
	for (int i = 0; i < 5; i++) {
		assert_ok(http_client_get(client, url, &answer, &err));
		assert_int_equal(answer.body.len, 2);
	}
	assert_int_equal(atomic_load(&fake.connections), 1);
	uint16_t port = fake.port;
	net_fake_close(&fake);

	/* The other side goes away and another takes its place: no error comes of the dead connection. */
	struct net_fake next = {.says = says, .len = sizeof says - 1, .keep = true};
	atomic_init(&next.connections, 0);
	net_fake_open(&next);
	free(url);
	url = xasprintf("http://127.0.0.1:%u/", next.port);
	assert_ok(http_client_get(client, url, &answer, &err));
	net_fake_close(&next);
	char *gone = xasprintf("http://127.0.0.1:%u/", port);
	assert_false(http_client_get(client, gone, &answer, &err));
	assert_int_equal(answer.result, HTTP_CLIENT_UNREACHABLE);
	assert_holds(err.text, "cannot be reached");
	assert_int_equal(answer.body.len, 0); /* nothing of the answer before */
	http_client_answer_fini(&answer);
	http_client_close(client);
	free(gone);
	free(url);
}

static void addresses_that_lead_nowhere(void **state) {
	(void)state;
	static const struct {
		const char *url;
		enum http_client_result result;
		enum err_kind kind;
	} cases[] = {
		{"", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"hub.example.org", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"http://", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"http:/v1/exchange", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"http:///v1/exchange", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"http://?", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"http://:8080/", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"http://x:99999/", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"file:///etc/passwd", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"ftp://127.0.0.1/", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"gopher://127.0.0.1/", HTTP_CLIENT_WRONG_URL, ERR_USAGE},
		{"http://127.0.0.1:1/", HTTP_CLIENT_UNREACHABLE, ERR_SYSTEM},
		{"http://[fe80::1%25nosuch0]:8080/", HTTP_CLIENT_UNREACHABLE, ERR_SYSTEM},
		/* A label of 64 letters: no name server is asked (RFC 1035, 2.3.4). */
		{"http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example/", HTTP_CLIENT_UNREACHABLE, ERR_SYSTEM}};
	struct http_client *client = new_client((struct http_client_options){.direct = true});
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct err err = {0};
		struct http_client_answer answer = {0};
		assert_false(http_client_post(client, cases[i].url, "x", 1, &answer, &err));
		if (answer.result != cases[i].result) {
			print_error("%s: %s\n", cases[i].url, err.text);
		}
		assert_int_equal(answer.result, cases[i].result);
		assert_int_equal(err.kind, cases[i].kind);
		http_client_answer_fini(&answer);
	}
	http_client_close(client);
	struct err err = {0};
	struct http_client_options missing = {.ca_file = "/nonexistent/ca.pem"};
	assert_false(http_client_open(&missing, &client, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_holds(err.text, "/nonexistent/ca.pem");
}

struct asking {
	struct http_client *client;
	char *url;
	struct http_client_answer answer;
	struct err err;
	bool ok;
};

static void *ask_it(void *argument) {
	struct asking *a = argument;
	a->ok = http_client_get(a->client, a->url, &a->answer, &a->err);
	return NULL;
}

static void a_hanging_answer_is_given_up(void **state) {
	(void)state;
	struct net_fake fake = {0};
	net_fake_open(&fake);
	struct asking a = {.client = new_client((struct http_client_options){
				   .total_ms = 10 * NET_LIMIT_MS, .stall_s = 10 * NET_LIMIT_MS / 1000, .direct = true}),
			   .url = xasprintf("http://127.0.0.1:%u/", fake.port)};
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, ask_it, &a), 0);
	while (atomic_load(&fake.connections) == 0) {
		clock_sleep_ms(1);
	}
	int64_t begun = clock_span_us();
	http_client_abort(a.client);
	pthread_join(thread, NULL);
	assert_true(clock_span_us() - begun < (int64_t)NET_LIMIT_MS * 1000);
	assert_false(a.ok);
	assert_int_equal(a.answer.result, HTTP_CLIENT_ABORTED);
	ask_it(&a); /* and what comes later does not begin */
	assert_int_equal(a.answer.result, HTTP_CLIENT_ABORTED);
	assert_int_equal(atomic_load(&fake.connections), 1);
	http_client_answer_fini(&a.answer);
	http_client_close(a.client);
	free(a.url);
	net_fake_close(&fake);
}

static void proxies(void **state) {
	(void)state;
	static const char says[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
	static const char no[] = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n";
	struct net_fake hub = {.says = says, .len = sizeof says - 1}, proxy = {.says = no, .len = sizeof no - 1};
	struct err err = {0};
	struct http_client_answer answer = {0};
	net_fake_open(&hub);
	net_fake_open(&proxy);
	char *url = xasprintf("http://127.0.0.1:%u/", hub.port), *secure = xasprintf("https://127.0.0.1:%u/", hub.port);
	char *via = xasprintf("http://127.0.0.1:%u", proxy.port);
	struct http_client *client = new_client((struct http_client_options){0});
	struct http_client *neighbour = new_client((struct http_client_options){.direct = true});
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("https_proxy", via, 1);
	assert_false(http_client_get(client, url, &answer, &err));
	assert_int_equal(answer.result, HTTP_CLIENT_PROXY);
	assert_holds(err.text, "127.0.0.1 port 1 ");
	assert_ok(http_client_get(neighbour, url, &answer, &err));
	assert_false(http_client_get(client, secure, &answer, &err)); /* CONNECT refused */
	assert_int_equal(answer.result, HTTP_CLIENT_PROXY);
	setenv("http_proxy", via, 1);
	assert_false(http_client_get(client, url, &answer, &err));
	assert_int_equal(answer.result, HTTP_CLIENT_PROXY);
	assert_int_equal(answer.status, 407);
	setenv("no_proxy", "127.0.0.1", 1);
	assert_ok(http_client_get(client, url, &answer, &err));
	unsetenv("http_proxy");
	unsetenv("https_proxy");
	unsetenv("no_proxy");
	http_client_answer_fini(&answer);
	http_client_close(client);
	http_client_close(neighbour);
	net_fake_close(&hub);
	net_fake_close(&proxy);
	free(via);
	free(secure);
	free(url);
}

static void serve(void *context, const struct http_request *r, struct http_answer *answer) {
	(void)context;
	answer->status = 200;
	answer->type = "application/octet-stream";
	strbuf_add(&answer->body, r->body, r->body_len);
}

/* Opens a server with the certificate and posts to it with the trusted one. */
static struct http_client_answer over_tls(const struct scratch *s, const char *certificate, const char *trusted, char said[ERR_TEXT_MAX]) {
	struct err err = {0};
	char name[64];
	struct http_server *server;
	struct http_client_answer answer = {0};
	snprintf(name, sizeof name, "%s.pem", certificate);
	char *pem = scratch_path(s, name);
	snprintf(name, sizeof name, "%s.key", certificate);
	char *key = scratch_path(s, name);
	snprintf(name, sizeof name, "%s.pem", trusted);
	char *ca = trusted[0] != '\0' ? scratch_path(s, name) : NULL;
	struct http_server_options o = {.address = "::", .serve = serve, .certificate_file = pem, .key_file = key, .threads = 2};
	assert_ok(http_server_open(&o, &server, &err));
	static char body[300000];
	memset(body, 'b', sizeof body);
	char *url = xasprintf("https://[::1]:%u/", http_server_port(server));
	struct http_client *client = new_client((struct http_client_options){.ca_file = ca, .direct = true});
	bool ok = http_client_post(client, url, body, sizeof body, &answer, &err);
	assert_int_equal(ok, answer.result == HTTP_CLIENT_OK);
	if (ok) {
		assert_int_equal(answer.body.len, sizeof body);
		assert_memory_equal(answer.body.data, body, sizeof body);
		assert_ok(http_client_post(client, url, "", 0, &answer, &err));
	}
	str_copy(said, ERR_TEXT_MAX, err.text);
	http_client_close(client);
	http_server_close(server);
	free(pem);
	free(key);
	free(ca);
	free(url);
	return answer;
}

static void certificates(void **state) {
	struct scratch *s = *state;
	char said[ERR_TEXT_MAX];
	net_certificate(s, "good", "");
	net_certificate(s, "other", "");
	net_certificate(s, "future", "2090-01-01 00:00:00");
	net_certificate(s, "past", "2001-01-01 00:00:00");
	static const struct {
		const char *certificate, *trusted;
		enum http_client_result result;
		bool clock_suspect;
		const char *tells;
	} cases[] = {{"good", "good", HTTP_CLIENT_OK, false, ""},
		     {"good", "", HTTP_CLIENT_TLS, false, "cannot prove who it is"}, /* the system does not know it */
		     {"good", "other", HTTP_CLIENT_TLS, false, "cannot prove who it is"},
		     {"future", "future", HTTP_CLIENT_TLS, true, "is not yet valid; the clock of this box may be wrong"},
		     {"past", "past", HTTP_CLIENT_TLS, true, "has expired; the clock of this box may be wrong"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct http_client_answer answer = over_tls(s, cases[i].certificate, cases[i].trusted, said);
		assert_int_equal(answer.result, cases[i].result);
		assert_int_equal(answer.clock_suspect, cases[i].clock_suspect);
		assert_holds(said, cases[i].tells);
		http_client_answer_fini(&answer);
	}
}

/* http against a server that speaks TLS and the other way round: no answer is invented, and the server lives on. */
static void the_wrong_scheme(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct http_server *server;
	struct http_client_answer answer = {0};
	net_certificate(s, "good", "");
	char *pem = scratch_path(s, "good.pem"), *key = scratch_path(s, "good.key");
	struct http_server_options o = {.address = "127.0.0.1", .serve = serve, .certificate_file = pem, .key_file = key};
	assert_ok(http_server_open(&o, &server, &err));
	struct http_client *client = new_client((struct http_client_options){.ca_file = pem, .direct = true});
	char *plain = xasprintf("http://127.0.0.1:%u/", http_server_port(server));
	char *secure = xasprintf("https://127.0.0.1:%u/", http_server_port(server));
	assert_false(http_client_get(client, plain, &answer, &err));
	assert_int_equal(answer.result, HTTP_CLIENT_CUT);
	assert_ok(http_client_get(client, secure, &answer, &err));
	http_server_close(server);
	free(plain);
	free(secure);

	o.certificate_file = o.key_file = NULL;
	assert_ok(http_server_open(&o, &server, &err));
	secure = xasprintf("https://127.0.0.1:%u/", http_server_port(server));
	assert_false(http_client_get(client, secure, &answer, &err));
	assert_int_equal(answer.result, HTTP_CLIENT_TLS);
	assert_false(answer.clock_suspect);
	http_client_answer_fini(&answer);
	http_client_close(client);
	http_server_close(server);
	free(secure);
	free(pem);
	free(key);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	static const char *const proxy[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"};
	for (size_t i = 0; i < COUNT_OF(proxy); i++) {
		unsetenv(proxy[i]);
	}
	const struct CMUnitTest tests[] = {
		TEST(what_came),
		TEST(answers_that_are_too_long),
		TEST(a_connection_is_used_again),
		TEST(addresses_that_lead_nowhere),
		TEST(a_hanging_answer_is_given_up),
		TEST(proxies),
		TEST(certificates),
		TEST(the_wrong_scheme),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
