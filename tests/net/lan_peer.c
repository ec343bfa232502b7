/* For the end-to-end tests of networks.
 *
 *   lan_peer EVENT STATION   announces a server that says STATION, finds the others of EVENT and asks each of them. One line whenever something
 *                            changed: "now STATE PEER=URL,URL … ", sorted; and "asked URL: ANSWER" for each new URL. Until SIGTERM.
 *   lan_peer get URL         one question; "result N: what was answered or went wrong". SIGTERM gives it up. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mailbox.h"
#include "base/str.h"
#include "net/discover.h"
#include "net/http_client.h"
#include "net/http_server.h"

static const char *const states[] = {"off", "looking", "announced"};

static void serve(void *context, const struct http_request *request, struct http_answer *answer) {
	answer->status = str_eq(request->path, "/who") ? 200 : 404;
	answer->type = "text/plain";
	strbuf_adds(&answer->body, context);
}

static int fail(const struct err *err) {
	printf("error: %s\n", err->text);
	return 1;
}

static void wake(void *context) {
	void *token = xmalloc(1);
	if (!mailbox_put(context, token)) {
		free(token);
	}
}

static void ask(struct http_client *client, const char *url) {
	struct err err = {0};
	struct http_client_answer answer = {0};
	char *who = xasprintf("%s/who", url);
	bool ok = http_client_get(client, who, &answer, &err);
	printf("asked %s: %s\n", url, ok ? strbuf_str(&answer.body) : err.text);
	http_client_answer_fini(&answer);
	free(who);
}

/* Tells what is known when it differs from `before`, which is then that. */
static void tell(struct discover *d, struct http_client *client, struct strbuf *before) {
	static struct discover_peer peers[DISCOVER_PEERS_MAX];
	struct strbuf now = {0};
	size_t n = discover_peers(d, peers, DISCOVER_PEERS_MAX);
	strbuf_addf(&now, "now %s", states[discover_state(d)]);
	for (size_t i = 0; i < n; i++) {
		strbuf_addf(&now, " %s=", peers[i].station);
		for (size_t u = 0; u < peers[i].url_count; u++) {
			strbuf_addf(&now, "%s%s", u > 0 ? "," : "", peers[i].urls[u]);
		}
	}
	if (!str_eq(strbuf_str(&now), strbuf_str(before))) {
		puts(strbuf_str(&now));
		for (size_t i = 0; i < n; i++) {
			for (size_t u = 0; u < peers[i].url_count; u++) {
				if (strstr(strbuf_str(before), peers[i].urls[u]) == NULL) {
					ask(client, peers[i].urls[u]);
				}
			}
		}
		strbuf_reset(before);
		strbuf_adds(before, strbuf_str(&now));
	}
	strbuf_fini(&now);
}

static int take_part(const char *event, char *station, const sigset_t *stop) {
	struct err err = {0};
	struct http_server *server;
	struct http_client *client;
	struct discover *d;
	struct strbuf before = {0};
	struct http_server_options http = {.address = "::", .serve = serve, .context = station};
	struct http_client_options direct = {.direct = true};
	if (!http_server_open(&http, &server, &err) || !http_client_open(&direct, &client, &err)) {
		return fail(&err);
	}
	struct mailbox *news = mailbox_open(16, NULL, NULL);
	struct discover_options options = {
		.event = event, .station = station, .port = http_server_port(server), .wake = wake, .context = news};
	if (!discover_open(&options, &d, &err)) {
		return fail(&err);
	}
	struct timespec at_once = {0};
	while (sigtimedwait(stop, NULL, &at_once) < 0) {
		tell(d, client, &before);
		free(mailbox_take(news, 50));
	}
	discover_close(d);
	mailbox_close(news, NULL);
	http_client_close(client);
	http_server_close(server);
	strbuf_fini(&before);
	puts("ended");
	return 0;
}

static void *wait_stop(void *context) {
	sigset_t stop;
	int number;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigwait(&stop, &number);
	http_client_abort(context);
	return NULL;
}

static int get(const char *url) {
	struct err err = {0};
	struct http_client *client;
	struct http_client_options options = {.connect_ms = 600000, .total_ms = 600000, .stall_s = 600, .direct = true};
	struct http_client_answer answer = {0};
	pthread_t thread;
	if (!http_client_open(&options, &client, &err) || pthread_create(&thread, NULL, wait_stop, client) != 0) {
		return fail(&err);
	}
	puts("asking");
	bool ok = http_client_get(client, url, &answer, &err);
	printf("result %d: %s\n", answer.result, ok ? strbuf_str(&answer.body) : err.text);
	pthread_kill(thread, SIGTERM);
	pthread_join(thread, NULL);
	http_client_answer_fini(&answer);
	http_client_close(client);
	return 0;
}

int main(int argc, char **argv) {
	sigset_t stop;
	setlinebuf(stdout);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	if (argc != 3) {
		puts("error: lan_peer EVENT STATION, or lan_peer get URL");
		return 2;
	}
	return str_eq(argv[1], "get") ? get(argv[2]) : take_part(argv[1], argv[2], &stop);
}
