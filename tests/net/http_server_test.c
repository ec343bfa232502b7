/* The server against clients that are many, slow, greedy or out of their mind. */
#include "net/http_server.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/mailbox.h"
#include "base/str.h"
#include "lib/net.h"
#include "net/doorkeeper.h"
#include "net/http_client.h"
#include "net/listener.h"

#define CAP 100000

struct fixture {
	struct http_server *server;
	uint16_t port;
	atomic_uint served, threads; /* `threads`: a bit for each that served */
	atomic_int inside;
	struct mailbox *gate; /* /gate waits for something in it */
};

/* /echo gives back the body, /about tells what was asked, /gate waits, /long is 32 MiB, /later?MS is kept back. */
static void serve(void *context, const struct http_request *r, struct http_answer *answer) {
	struct fixture *f = context;
	atomic_fetch_add(&f->served, 1);
	atomic_fetch_or(&f->threads, 1U << r->thread);
	atomic_fetch_add(&f->inside, 1);
	answer->status = 200;
	answer->type = "application/octet-stream";
	if (str_eq(r->path, "/echo")) {
		strbuf_add(&answer->body, r->body, r->body_len);
	} else if (str_eq(r->path, "/gate")) {
		free(mailbox_take(f->gate, -1));
		strbuf_adds(&answer->body, "let through");
	} else if (str_eq(r->path, "/later")) {
		assert_true(str_to_i64(r->query, &answer->keep_back_ms));
		strbuf_addf(&answer->body, "after %s", r->query);
	} else if (str_eq(r->path, "/long")) {
		strbuf_reserve(&answer->body, 32 << 20);
		memset(answer->body.data, 'x', 32 << 20);
		answer->body.len = 32 << 20;
	} else {
		http_answer_header(answer, "Retry-After", "7");
		http_answer_header(answer, "X-Split", "a\r\nX-Evil: 1");
		strbuf_addf(&answer->body, "%s %s ? %s from %s as %s", r->method, r->path, r->query, r->client,
			    str_or_empty(r->authorization));
	}
	atomic_fetch_sub(&f->inside, 1);
}

static void start(struct fixture *f, struct http_server_options o) {
	struct err err = {0};
	o.address = o.address != NULL ? o.address : "127.0.0.1";
	o.serve = serve;
	o.context = f;
	o.body_max = CAP;
	f->gate = mailbox_open(4, NULL, NULL);
	assert_ok(http_server_open(&o, &f->server, &err));
	f->port = http_server_port(f->server);
	assert_true(f->port > 0);
}

static void stop(struct fixture *f) {
	http_server_close(f->server);
	mailbox_close(f->gate, NULL);
}

/* Says something and returns all that is answered until the connection is closed. */
static char *converse(uint16_t port, const void *says, size_t n) {
	struct strbuf answer = {0};
	int fd = net_connect(port);
	net_send(fd, says, n);
	net_read_to_end(fd, &answer);
	close(fd);
	return strbuf_detach(&answer);
}

static void assert_talk(uint16_t port, const char *says, const char *part) {
	char *answer = converse(port, says, strlen(says));
	assert_holds(answer, part);
	free(answer);
}

static struct http_client *new_client(void) {
	struct err err = {0};
	struct http_client *client;
	struct http_client_options options = {.direct = true};
	assert_ok(http_client_open(&options, &client, &err));
	return client;
}

static void fill(uint8_t *bytes, size_t n, uint32_t seed) {
	for (size_t i = 0; i < n; i++) {
		seed = seed * 1664525 + 1013904223; /* Numerical Recipes' generator */
		bytes[i] = (uint8_t)(seed >> 24);
	}
}

static void bodies_come_back(void **state) {
	(void)state;
	static const size_t sizes[] = {0, 1, 2, 4095, 4096, 70000, CAP};
	static uint8_t bytes[CAP];
	struct fixture f = {0};
	struct err err = {0};
	struct http_client_answer answer = {0};
	start(&f, (struct http_server_options){0});
	struct http_client *client = new_client();
	char *url = xasprintf("http://127.0.0.1:%u/echo", f.port);
	fill(bytes, sizeof bytes, 1);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		assert_ok(http_client_post(client, url, bytes, sizes[i], &answer, &err));
		assert_int_equal(answer.status, 200);
		assert_int_equal(answer.body.len, sizes[i]);
		assert_memory_equal(strbuf_str(&answer.body), bytes, sizes[i]);
	}
	http_client_answer_fini(&answer);
	http_client_close(client);
	free(url);
	stop(&f);
}

static void what_is_told_of_a_request(void **state) {
	(void)state;
	struct fixture f = {0};
	start(&f, (struct http_server_options){0});
	assert_talk(f.port, "GET /v1/caf%C3%A9%20x?a=%20b&c HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nConnection: close\r\n\r\n",
		    "GET /v1/café x ? a=%20b&c from 127.0.0.1 as Bearer t");
	assert_talk(f.port, "DELETE /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "DELETE /x ?  from 127.0.0.1 as ");
	assert_talk(f.port, "GET /x HTTP/1.0\r\n\r\n", "Retry-After: 7\r\n");
	char *answer = converse(f.port, "GET /x HTTP/1.0\r\n\r\n", 19);
	assert_null(strstr(answer, "X-Evil"));
	free(answer);
	answer = converse(f.port, "HEAD /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 49);
	assert_holds(answer, "Content-Length: ");
	assert_null(strstr(answer, "from 127.0.0.1"));
	free(answer);
	unsigned served = atomic_load(&f.served);
	static const char *const paths[] = {"/%", "/%4", "/%zz", "/a%00b", "/%ff", "*", "x", "http://other/x"};
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		char *says = xasprintf("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", paths[i]);
		assert_talk(f.port, says, "HTTP/1.1 400 ");
		free(says);
	}
	assert_int_equal(atomic_load(&f.served), served);
	stop(&f);
}

static void bodies_that_are_too_long(void **state) {
	(void)state;
	static uint8_t bytes[CAP + 1];
	struct fixture f = {0};
	struct err err = {0};
	struct http_client_answer answer = {0};
	start(&f, (struct http_server_options){0});
	struct http_client *client = new_client();
	char *url = xasprintf("http://127.0.0.1:%u/echo", f.port);
	assert_ok(http_client_post(client, url, bytes, sizeof bytes, &answer, &err));
	assert_int_equal(answer.status, 413);
	assert_holds(strbuf_str(&answer.body), "100000 bytes");
	http_client_answer_fini(&answer);
	http_client_close(client);
	free(url);

	/* Asked first: answered before a byte of it is sent. */
	assert_talk(f.port, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100001\r\nExpect: 100-continue\r\n\r\n", "HTTP/1.1 413 ");
	/* More than is worth throwing away. */
	assert_talk(f.port, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", "HTTP/1.1 413 ");
	assert_talk(f.port, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", "HTTP/1.1 413 ");

	/* In pieces that do not say how many will come. */
	struct strbuf says = {0};
	strbuf_adds(&says, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
	for (size_t sent = 0; sent <= CAP; sent += 1000) {
		strbuf_addf(&says, "3e8\r\n%01000d\r\n", 0);
	}
	strbuf_adds(&says, "0\r\n\r\n");
	char *reply = converse(f.port, says.data, says.len);
	assert_holds(reply, "HTTP/1.1 413 ");
	free(reply);
	/* And without an end: cut off. */
	int fd = net_connect(f.port);
	size_t taken = 0;
	while (net_send(fd, says.data, says.len - 5) && taken < 4 * HTTP_SERVER_DRAIN_MAX) {
		taken += says.len;
		strbuf_truncate(&says, 0);
		strbuf_addf(&says, "10000\r\n%065536d\r\n12345", 0);
	}
	assert_true(taken < 4 * HTTP_SERVER_DRAIN_MAX);
	close(fd);
	strbuf_fini(&says);
	assert_int_equal(atomic_load(&f.served), 0);
	stop(&f);
}

struct crowd {
	uint16_t port;
	uint32_t seed;
	atomic_int *wrong;
};

static void *one_of_the_crowd(void *argument) {
	struct crowd *c = argument;
	static const size_t most = 20000;
	uint8_t *bytes = xmalloc(most);
	struct err err = {0};
	struct http_client_answer answer = {0};
	struct http_client *client;
	struct http_client_options options = {.direct = true};
	if (!http_client_open(&options, &client, &err)) {
		atomic_fetch_add(c->wrong, 1);
		free(bytes);
		return NULL;
	}
	char *url = xasprintf("http://127.0.0.1:%u/echo", c->port);
	for (uint32_t i = 0; i < 20; i++) {
		size_t n = (c->seed * 977 + i * 613) % most;
		fill(bytes, n, c->seed + i);
		if (!http_client_post(client, url, bytes, n, &answer, &err) || answer.status != 200 || answer.body.len != n ||
		    memcmp(strbuf_str(&answer.body), bytes, n) != 0) {
			atomic_fetch_add(c->wrong, 1);
		}
	}
	http_client_answer_fini(&answer);
	http_client_close(client);
	free(url);
	free(bytes);
	return NULL;
}

static void fifty_clients_at_once(void **state) {
	(void)state;
	enum { CLIENTS = 50 };
	struct fixture f = {0};
	atomic_int wrong;
	pthread_t threads[CLIENTS];
	struct crowd crowd[CLIENTS];
	atomic_init(&wrong, 0);
	start(&f, (struct http_server_options){.threads = 3});
	for (uint32_t i = 0; i < CLIENTS; i++) {
		crowd[i] = (struct crowd){f.port, i + 1, &wrong};
		assert_int_equal(pthread_create(&threads[i], NULL, one_of_the_crowd, &crowd[i]), 0);
	}
	for (size_t i = 0; i < CLIENTS; i++) {
		pthread_join(threads[i], NULL);
	}
	assert_int_equal(atomic_load(&wrong), 0);
	assert_int_equal(atomic_load(&f.served), CLIENTS * 20);
	assert_true(atomic_load(&f.threads) < 1U << 3);
	stop(&f);
}

/* Sends one byte after the other, never pausing long; true when the server cuts it off. */
static bool trickle(int fd, const char *again) {
	int64_t end = clock_span_us() + (int64_t)NET_LIMIT_MS * 1000;
	for (size_t i = 0; clock_span_us() < end; i++) {
		if (net_closed(fd, 50) || !net_send(fd, &again[i % strlen(again)], 1)) {
			return true;
		}
	}
	return false;
}

static void slow_clients_are_cut_off(void **state) {
	(void)state;
	struct fixture f = {0};
	/* Without a byte 60 s would have to pass: it is the time of the whole request that ends these. */
	start(&f, (struct http_server_options){.idle_s = 2 * NET_LIMIT_MS / 1000, .request_s = 1});
	int head = net_connect(f.port), body = net_connect(f.port), chunks = net_connect(f.port), reader = net_connect(f.port);
	assert_true(net_say(head, "GET /echo HTTP/1.1\r\nHost: x\r\n"));
	assert_true(net_say(body, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n"));
	assert_true(net_say(chunks, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
	assert_true(trickle(head, "X-A: b\r\n"));
	assert_true(trickle(body, "b"));
	assert_true(trickle(chunks, "1\r\nc\r\n"));
	assert_int_equal(atomic_load(&f.served), 0);

	/* One that never reads its answer. */
	struct strbuf got = {0};
	assert_true(net_say(reader, "GET /long HTTP/1.1\r\nHost: x\r\n\r\n"));
	struct pollfd hung = {.fd = reader, .events = POLLRDHUP};
	assert_int_equal(poll(&hung, 1, NET_LIMIT_MS), 1);
	net_read_to_end(reader, &got);
	assert_true(got.len < 32 << 20);
	strbuf_fini(&got);
	close(head);
	close(body);
	close(chunks);
	close(reader);
	stop(&f);

	/* And one that says nothing at all. */
	struct fixture idle = {0};
	start(&idle, (struct http_server_options){.idle_s = 1, .request_s = 2 * NET_LIMIT_MS / 1000});
	int fd = net_connect(idle.port);
	assert_true(net_closed(fd, NET_LIMIT_MS));
	close(fd);
	stop(&idle);
}

struct batch { /* connections whose end is waited for together */
	int fds[64];
	size_t count;
};

static void see_off(struct batch *b) {
	struct strbuf got = {0};
	for (size_t i = 0; i < b->count; i++) {
		net_read_to_end(b->fds[i], &got);
		close(b->fds[i]);
	}
	strbuf_fini(&got);
	b->count = 0;
}

static void say_and_hang_up(struct batch *b, uint16_t port, const void *data, size_t n) {
	if (b->count == COUNT_OF(b->fds)) {
		see_off(b);
	}
	int fd = net_connect(port);
	net_send(fd, data, n);
	shutdown(fd, SHUT_WR);
	b->fds[b->count++] = fd;
}

static void nonsense(void **state) {
	(void)state;
	static const char *const heads[] = {
		"\r\n\r\n\r\n",
		"GET\r\n\r\n",
		"GET /\r\n\r\n",
		"GET / HTTP/9.9\r\n\r\n",
		"GET / HTTP/1.1\r\n\r\n",
		"GET / HTTP/1.1\nHost: x\n\n",
		"\x16\x03\x01\x02\x01\x01\x01\xfc\x03\x03",
		"GET / HTTP/1.1\r\nHost: x\r\n: novalue\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\n continued\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
		"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nx",
		"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1e3\r\n\r\nx",
		"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nxxxx",
		"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
		"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n\r\n",
		"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdefgh\r\n",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
	};
	struct fixture f = {0};
	struct batch batch = {0};
	start(&f, (struct http_server_options){.idle_s = 1});
	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		size_t n = strlen(heads[i]);
		for (size_t cut = n; cut > 0; cut -= cut > 7 ? 7 : cut) {
			say_and_hang_up(&batch, f.port, heads[i], cut);
		}
	}
	/* Heads longer than any, and bytes without sense. */
	static char many[200000];
	memset(many, 'a', sizeof many - 1);
	static const char *const before[] = {"", "GET /", "GET / HTTP/1.1\r\nHost: x\r\nX: ", "GET / HTTP/1.1\r\n"};
	for (size_t i = 0; i < COUNT_OF(before); i++) {
		char *says = xasprintf("%s%s\r\n\r\n", before[i], many);
		say_and_hang_up(&batch, f.port, says, strlen(says));
		free(says);
	}
	static uint8_t noise[3000];
	for (uint32_t i = 0; i < 200; i++) {
		fill(noise, sizeof noise, i);
		say_and_hang_up(&batch, f.port, noise, (i * 37) % sizeof noise);
	}
	see_off(&batch);
	assert_talk(f.port, "GET /still/there HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET /still/there");
	stop(&f);
}

/* What two programs on the way could read differently is answered by 400, once, and nothing behind it is read as a request. */
static void malformed_requests(void **state) {
	(void)state;
	static const char *const heads[] = {
		"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
		"transfer-encoding: CHUNKED\r\ncontent-length: 5\r\n",
		"Content-Length: 5\r\nContent-Length: 6\r\n",
		"Content-Length: 5\r\nContent-Length: 5\r\n",
		"Content-Length: 5, 5\r\n",
		"Content-Length: -5\r\n",
		"Content-Length: +5\r\n",
		"Content-Length: 0x5\r\n",
		"Content-Length:\r\n",
		"Content-Length : 5\r\n",
		"Transfer-Encoding: gzip\r\n",
		"Transfer-Encoding: gzip, chunked\r\n",
		"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
		"Host: y\r\n",
		"no colon\r\n",
		"A: a\001b\r\n",
		"A b: c\r\n",
	};
	struct fixture f = {0};
	start(&f, (struct http_server_options){0});
	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		char *says =
			xasprintf("POST /echo HTTP/1.1\r\nHost: x\r\n%s\r\n0\r\n\r\nGET /behind HTTP/1.1\r\nHost: x\r\n\r\n", heads[i]);
		char *answer = converse(f.port, says, strlen(says));
		if (!str_starts(answer, "HTTP/1.1 400 ") || strstr(answer, "/behind") != NULL) {
			fail_msg("%s was answered by: %s", heads[i], answer);
		}
		free(answer);
		free(says);
	}
	assert_talk(f.port, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
		    "HTTP/1.1 400 ");
	assert_talk(f.port, "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 400 ");
	assert_talk(f.port, "G(T /a HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 400 ");
	assert_talk(f.port, "GET /a HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ");
	assert_int_equal(atomic_load(&f.served), 0);
	assert_talk(f.port,
		    "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
		    "\r\n\r\nhello");
	stop(&f);
}

static void whom_a_proxy_speaks_for(void **state) {
	(void)state;
	static const char asks[] =
		"GET /x HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n";
	static const char pairs[] = "GET /x HTTP/1.1\r\nHost: x\r\nForwarded: for=\"[2001:db8::7]:80\"\r\nConnection: close\r\n\r\n";
	struct err err = {0};
	struct http_server_options named = {.proxies.count = 1};
	struct fixture f = {0}, g = {0}, h = {0};
	start(&f, (struct http_server_options){0});
	assert_talk(f.port, asks, "from 127.0.0.1 as"); /* anybody can write that */
	stop(&f);
	assert_ok(address_range_parse("10.0.0.0/8", &named.proxies.items[0], &err));
	start(&g, named);
	assert_talk(g.port, asks, "from 127.0.0.1 as"); /* it is another that was named */
	stop(&g);
	assert_ok(address_range_parse("127.0.0.0/8", &named.proxies.items[0], &err));
	start(&h, named);
	assert_talk(h.port, asks, "from 192.0.2.7 as");
	assert_talk(h.port, pairs, "from 2001:db8::7 as");
	assert_talk(h.port, "GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "from 127.0.0.1 as");
	stop(&h);
}

/* A connection that was asked on and answered. */
static int served_connection(const struct fixture *f) {
	struct strbuf got = {0};
	int fd = net_connect(f->port);
	assert_true(net_say(fd, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
	net_read_until(fd, "from 127.0.0.1", &got);
	strbuf_fini(&got);
	return fd;
}

static void assert_sent_away(const struct fixture *f) {
	static const char asks[] = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
	char *answer = converse(f->port, asks, strlen(asks));
	assert_holds(answer, "HTTP/1.1 503 ");
	assert_holds(answer, "Retry-After: ");
	assert_holds(answer, "Connection: close");
	free(answer);
}

/* When one has gone there is a place again; the server notices in its own time. */
static void assert_served_again(const struct fixture *f) {
	static const char asks[] = "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
	for (int64_t end = clock_span_us() + (int64_t)NET_LIMIT_MS * 1000; clock_span_us() < end; clock_sleep_ms(10)) {
		char *answer = converse(f->port, asks, strlen(asks));
		bool served = str_starts(answer, "HTTP/1.1 200 ");
		free(answer);
		if (served) {
			return;
		}
	}
	fail_msg("there is no place again");
}

static void connections_of_one_address(void **state) {
	(void)state;
	struct fixture f = {0};
	start(&f, (struct http_server_options){.connections_of_one = 2, .threads = 3});
	int fds[2] = {served_connection(&f), served_connection(&f)};
	assert_sent_away(&f);
	assert_int_equal(atomic_load(&f.served), 2);
	close(fds[0]);
	assert_served_again(&f);
	close(fds[1]);
	stop(&f);
}

static void a_named_proxy_has_no_limit_of_its_own(void **state) {
	(void)state;
	struct err err = {0};
	struct fixture f = {0};
	struct http_server_options named = {.connections_of_one = 2, .proxies.count = 1};
	assert_ok(address_range_parse("127.0.0.1", &named.proxies.items[0], &err));
	start(&f, named);
	int fds[10];
	for (size_t i = 0; i < COUNT_OF(fds); i++) {
		fds[i] = served_connection(&f);
	}
	for (size_t i = 0; i < COUNT_OF(fds); i++) {
		close(fds[i]);
	}
	stop(&f);
}

/* One too many is told so; so many more that even that would cost too much are closed unheard, and those who hold their places without a word are
 * soon cut off. */
static void connections_in_all(void **state) {
	(void)state;
	enum { ALL = 6, SILENT = ALL + DOORKEEPER_SPARE(ALL) };
	struct fixture f = {0};
	start(&f, (struct http_server_options){.connections = ALL, .threads = 2, .request_s = 2 * NET_LIMIT_MS / 1000});
	int fds[SILENT];
	for (size_t i = 0; i < ALL; i++) {
		fds[i] = served_connection(&f);
	}
	assert_sent_away(&f);
	for (size_t i = ALL; i < SILENT; i++) {
		fds[i] = net_connect(f.port);
	}
	int beyond = net_connect(f.port);
	assert_true(net_closed(beyond, NET_LIMIT_MS));
	assert_true(net_closed(fds[SILENT - 1], NET_LIMIT_MS));
	assert_false(net_closed(fds[0], 0));
	assert_int_equal(atomic_load(&f.served), ALL);
	close(fds[0]);
	assert_served_again(&f);
	for (size_t i = 1; i < SILENT; i++) {
		close(fds[i]);
	}
	close(beyond);
	stop(&f);
}

/* One thread serves others meanwhile; what is kept back comes whole, in its time, over a connection that goes on. */
static void an_answer_that_is_kept_back(void **state) {
	(void)state;
	struct fixture f = {0};
	struct strbuf got = {0};
	start(&f, (struct http_server_options){.request_s = 1});
	int slow = net_connect(f.port), gone = net_connect(f.port);
	int64_t begun = clock_span_us();
	assert_true(net_say(slow, "GET /later?1700 HTTP/1.1\r\nHost: x\r\n\r\n")); /* longer than a request may take: that is added to it */
	assert_true(net_say(gone, "GET /later?300 HTTP/1.1\r\nHost: x\r\n\r\n"));
	while (atomic_load(&f.served) < 2) {
		clock_sleep_ms(1);
	}
	close(gone); /* who goes away is let go of in the end */
	assert_talk(f.port, "GET /later?0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "after 0");
	assert_true(clock_span_us() - begun < 1700000);
	net_read_until(slow, "after 1700", &got);
	assert_true(clock_span_us() - begun >= 1700000);
	strbuf_reset(&got);
	assert_true(net_say(slow, "GET /later?30 HTTP/1.1\r\nHost: x\r\n\r\n"));
	net_read_until(slow, "after 30", &got);
	close(slow);
	strbuf_fini(&got);
	stop(&f);
}

/* A server that ends lets go of all that it keeps back, at once. */
static void stopping_keeps_nothing_back(void **state) {
	(void)state;
	struct fixture f = {0};
	struct strbuf got = {0};
	int waiting[20];
	start(&f, (struct http_server_options){.threads = 3, .stop_s = NET_LIMIT_MS / 1000});
	for (size_t i = 0; i < COUNT_OF(waiting); i++) {
		waiting[i] = net_connect(f.port);
		assert_true(net_say(waiting[i], "GET /later?3600000 HTTP/1.1\r\nHost: x\r\n\r\n"));
	}
	while (atomic_load(&f.served) < COUNT_OF(waiting) || atomic_load(&f.inside) > 0) {
		clock_sleep_ms(1);
	}
	http_server_close(f.server);
	for (size_t i = 0; i < COUNT_OF(waiting); i++) {
		strbuf_reset(&got);
		net_read_to_end(waiting[i], &got);
		assert_holds(got.data, "after 3600000");
		close(waiting[i]);
	}
	strbuf_fini(&got);
	mailbox_close(f.gate, NULL);
}

static void *close_it(void *argument) {
	http_server_close(argument);
	return NULL;
}

static void stopping_finishes_what_is_being_answered(void **state) {
	(void)state;
	struct fixture f = {0};
	struct strbuf got = {0};
	pthread_t closer;
	start(&f, (struct http_server_options){.threads = 2, .stop_s = NET_LIMIT_MS / 1000});
	int waiting = net_connect(f.port), idle = net_connect(f.port), greedy = net_connect(f.port);
	assert_true(net_say(idle, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
	net_read_until(idle, "from 127.0.0.1", &got);
	strbuf_reset(&got);
	assert_true(net_say(waiting, "GET /gate HTTP/1.1\r\nHost: x\r\n\r\n"));
	while (atomic_load(&f.inside) == 0) {
		clock_sleep_ms(1);
	}
	assert_int_equal(pthread_create(&closer, NULL, close_it, f.server), 0);
	assert_true(net_closed(idle, NET_LIMIT_MS)); /* so it has begun */
	assert_true(mailbox_put(f.gate, xmalloc(1)));
	net_read_to_end(waiting, &got);
	assert_holds(got.data, "200 OK");
	assert_holds(got.data, "Connection: close");
	assert_holds(got.data, "let through");
	pthread_join(closer, NULL);
	assert_true(net_closed(greedy, NET_LIMIT_MS));
	close(waiting);
	close(idle);
	close(greedy);
	strbuf_fini(&got);
	mailbox_close(f.gate, NULL);

	/* One that never takes its answer is not waited for longer than was said. */
	struct fixture g = {0};
	start(&g, (struct http_server_options){.stop_s = 1, .request_s = 1000, .idle_s = 1000});
	greedy = net_connect(g.port);
	assert_true(net_say(greedy, "GET /long HTTP/1.1\r\nHost: x\r\n\r\n"));
	while (atomic_load(&g.served) == 0 || atomic_load(&g.inside) > 0) {
		clock_sleep_ms(1);
	}
	int64_t begun = clock_span_us();
	stop(&g);
	assert_true(clock_span_us() - begun < (int64_t)NET_LIMIT_MS * 1000);
	close(greedy);
}

static void addresses(void **state) {
	(void)state;
	struct err err = {0};
	struct http_client_answer answer = {0};
	struct fixture f = {0};
	struct http_client *client = new_client();
	start(&f, (struct http_server_options){.address = "::"});
	char *four = xasprintf("http://127.0.0.1:%u/x", f.port), *six = xasprintf("http://[::1]:%u/x", f.port);
	assert_ok(http_client_get(client, four, &answer, &err));
	assert_holds(strbuf_str(&answer.body), "from 127.0.0.1 as");
	assert_ok(http_client_get(client, six, &answer, &err));
	assert_holds(strbuf_str(&answer.body), "from ::1 as");
	free(four);
	free(six);

	static const char *const wrong[] = {"nowhere", "", "1.2.3", "1.2.3.4.5", "::1%nosuch0", "fe80::1%", "[::1]", "localhost"};
	struct http_server *other;
	struct http_server_options o = {.serve = serve, .context = &f};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		o.address = wrong[i];
		assert_false(http_server_open(&o, &other, &err));
		assert_int_equal(err.kind, ERR_USAGE);
	}
	o.address = "127.0.0.1";
	o.port = f.port;
	assert_false(http_server_open(&o, &other, &err));
	assert_int_equal(err.kind, ERR_BUSY);
	assert_holds(err.text, "taken by another program");
	o.address = "192.0.2.77"; /* RFC 5737: nobody's */
	assert_false(http_server_open(&o, &other, &err));
	assert_holds(err.text, "does not have the address 192.0.2.77");
	stop(&f);

	/* A socket that listens already. */
	struct fixture adopted = {0};
	int fd;
	assert_ok(listener_open("::1", 0, &fd, &err));
	start(&adopted, (struct http_server_options){.listen_fd = fd});
	assert_int_equal(adopted.port, listener_port(fd));
	six = xasprintf("http://[::1]:%u/x", adopted.port);
	assert_ok(http_client_get(client, six, &answer, &err));
	assert_holds(strbuf_str(&answer.body), "from ::1 as");
	free(six);
	stop(&adopted);
	http_client_answer_fini(&answer);
	http_client_close(client);
}

static void certificates_that_are_none(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct http_server *server;
	net_certificate(s, "a", "");
	net_certificate(s, "b", "");
	free(scratch_write(s, "none.pem", "no PEM", 6));
	free(scratch_write(s, "broken.pem", "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n", 63));
	static const struct {
		const char *certificate, *key;
		enum err_kind kind;
		const char *says;
	} cases[] = {{"missing.pem", "a.key", ERR_SYSTEM, "missing.pem"},
		     {"a.pem", "missing.key", ERR_SYSTEM, "missing.key"},
		     {"none.pem", "a.key", ERR_INPUT, "none.pem holds no certificate in PEM form"},
		     {"a.key", "a.key", ERR_INPUT, "a.key holds no certificate in PEM form"},
		     {"a.pem", "a.pem", ERR_INPUT, "a.pem holds no private key in PEM form"},
		     {"broken.pem", "a.key", ERR_INPUT, "cannot be used together"},
		     {"a.pem", "b.key", ERR_INPUT, "cannot be used together"},
		     {"a.pem", NULL, ERR_USAGE, "together or not at all"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *certificate = scratch_path(s, cases[i].certificate);
		char *key = cases[i].key != NULL ? scratch_path(s, cases[i].key) : NULL;
		struct http_server_options o = {.address = "127.0.0.1", .serve = serve, .certificate_file = certificate, .key_file = key};
		assert_false(http_server_open(&o, &server, &err));
		assert_holds(err.text, cases[i].says);
		assert_int_equal(err.kind, cases[i].kind);
		free(certificate);
		free(key);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(bodies_come_back),
		TEST(what_is_told_of_a_request),
		TEST(bodies_that_are_too_long),
		TEST(fifty_clients_at_once),
		TEST(slow_clients_are_cut_off),
		TEST(nonsense),
		TEST(malformed_requests),
		TEST(whom_a_proxy_speaks_for),
		TEST(connections_of_one_address),
		TEST(a_named_proxy_has_no_limit_of_its_own),
		TEST(connections_in_all),
		TEST(stopping_finishes_what_is_being_answered),
		TEST(an_answer_that_is_kept_back),
		TEST(stopping_keeps_nothing_back),
		TEST(addresses),
		TEST(certificates_that_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
