#include "sync/http_transport.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"

static char *exchange_url(const char *base) {
	const char *scheme = strstr(base, "://");
	size_t least = scheme != NULL ? (size_t)(scheme - base) + 3 : 0, n = strlen(base);
	while (n > least && base[n - 1] == '/') {
		n--;
	}
	return xasprintf("%.*s" EXCHANGE_PATH, (int)n, base);
}

/* What nginx and Go's servers answer to http where they speak https. */
static bool wants_https(const struct http_client_answer *answer) {
	const char *body = strbuf_str(&answer->body);
	return answer->status == 400 && (strstr(body, "sent to HTTPS port") != NULL || strstr(body, "to an HTTPS server") != NULL);
}

/* What another status than 200 says. The sentence is the other side's: cut to a line. */
static bool status_error(const char *url, struct http_client_answer *answer, struct err *err) {
	char sentence[200];
	if (wants_https(answer)) {
		answer->result = HTTP_CLIENT_WRONG_URL;
		return err_set(err, ERR_USAGE, "%s speaks https: write https:// instead of http:// in its address", url);
	}
	str_copy(sentence, sizeof sentence, strbuf_str(&answer->body));
	sentence[strcspn(sentence, "\r\n")] = '\0';
	bool text = str_starts(answer->type, "text/plain") && sentence[0] != '\0';
	enum err_kind kind = answer->status == 429 || answer->status >= 500 ? ERR_BUSY
			     : answer->status == 426                        ? ERR_VERSION
			     : answer->status == 404                        ? ERR_NOT_FOUND
									    : ERR_REFUSED;
	return err_set(err, kind, "%s answered %u%s%s", url, answer->status, text ? ": " : "", text ? sentence : "");
}

/* A request under way in a thread of its own. */
struct posting {
	struct http_client *client;
	const char *url;
	const struct strbuf *request;
	struct http_client_answer *answer;
	struct err err;
	bool ok;
};

static void *post(void *context) {
	struct posting *p = context;
	p->ok = http_client_post(p->client, p->url, p->request->data, p->request->len, p->answer, &p->err);
	return NULL;
}

/* Sends a request in a thread of its own, which touches `p` alone; meanwhile this thread makes the next one, when it can be known. Without
 * a second thread it is just sent. */
static bool post_and_prepare(struct exchange *x, struct posting *p, struct err *err) {
	pthread_t thread;
	struct err ahead = {0};
	if (!exchange_has_more(x) || pthread_create(&thread, NULL, post, p) != 0) {
		post(p);
		err_give(err, &p->err);
		return p->ok;
	}
	bool prepared = exchange_ahead(x, &ahead);
	pthread_join(thread, NULL);
	err_give(err, p->ok ? &ahead : &p->err);
	return p->ok && prepared;
}

static bool one_request(struct exchange *x, struct http_client *client, const char *url, struct http_client_answer *answer,
			struct err *err) {
	struct strbuf request = {0};
	if (!exchange_request(x, &request, err) || exchange_state(x) == EXCHANGE_DONE) {
		strbuf_fini(&request);
		return exchange_state(x) == EXCHANGE_DONE;
	}
	struct posting posting = {.client = client, .url = url, .request = &request, .answer = answer};
	struct err failed = {0};
	bool ok = post_and_prepare(x, &posting, &failed);
	strbuf_fini(&request);
	if (!ok || answer->status != 200) {
		exchange_broken(x);
		return ok ? status_error(url, answer, err) : err_give(err, &failed);
	}
	struct err wrong = {0};
	if (!exchange_answer(x, (struct octets){answer->body.data, answer->body.len}, &wrong)) {
		err_give(err, &wrong);
		return err_wrap(err, "%s", url);
	}
	return true;
}

bool http_transport_run(struct exchange *x, struct http_client *client, const char *base, struct http_client_answer *answer,
			struct err *err) {
	char *url = exchange_url(base);
	bool ok = true;
	while (ok && exchange_state(x) != EXCHANGE_DONE) {
		ok = one_request(x, client, url, answer, err);
	}
	free(url);
	return ok;
}

static unsigned status_of(const struct err *err) {
	switch (err->kind) {
	case ERR_INPUT: return 400;
	case ERR_REFUSED: return 403;
	case ERR_NOT_FOUND: return 404;
	case ERR_VERSION: return 426;
	default: return 503;
	}
}

static void put_failure(const struct http_request *request, const struct err *err, struct http_answer *answer) {
	unsigned status = status_of(err);
	http_answer_say(answer, status, status == 503 ? "this side cannot write now; try again later" : err->text);
	if (status == 503) {
		http_answer_header(answer, "Retry-After", "10");
	}
	log_warn("sync", "an exchange with %s failed: %s", request->client, err->text);
}

#define TOLD_LATE_MS 2000 /* so long who asks too much waits to be told so: the connection can be used for nothing else meanwhile */

static void put_later(int64_t wait_ms, struct http_answer *answer) {
	char seconds[24];
	snprintf(seconds, sizeof seconds, "%lld", (long long)(wait_ms + 999) / 1000);
	http_answer_say(answer, 429, "this station asks for more than its share of the time; try again later");
	http_answer_header(answer, "Retry-After", seconds);
	answer->keep_back_ms = wait_ms < TOLD_LATE_MS ? wait_ms : TOLD_LATE_MS;
}

/* What was signed is put down to its sender, also where it is no request. False: it was not answered. */
static bool answer_opened(const struct replica *replica, struct fairness *fairness, struct fairness_asker *asker,
			  struct opened_request *opened, struct http_answer *answer, struct respond_note *note, struct err *err) {
	struct public_key who;
	note->sender = asker->sender = opened->sender;
	asker->bytes = opened->text.len;
	int64_t wait_ms = fairness_enter(fairness, asker, &who, clock_mono());
	if (wait_ms > 0) {
		put_later(wait_ms, answer);
		return true;
	}
	answer->status = 200;
	answer->type = EXCHANGE_TYPE;
	bool ok = respond_to(replica, opened, &answer->body, note, err);
	int64_t cost_us = fairness_cost_us(asker->bytes, ok ? answer->body.len : 0) + (note->pushed_out ? FAIRNESS_VIEWS_US : 0);
	answer->keep_back_ms = fairness_leave(fairness, &who, ok && note->refused == NULL, cost_us, clock_mono());
	return ok;
}

void http_transport_answer(const struct replica *replica, struct fairness *fairness, const struct http_request *request,
			   struct http_answer *answer, struct respond_note *note) {
	struct respond_note own = {.taken = 0};
	struct opened_request opened;
	struct fairness_asker asker = {.bytes = request->body_len};
	struct err err = {0};
	struct octets body = {request->body, request->body_len};
	note = note != NULL ? note : &own;
	*note = (struct respond_note){.taken = 0};
	bool claims = envelope_claims(&replica->keys, body, &asker.sender, asker.once);
	int64_t wait_ms = claims ? fairness_wait_ms(fairness, &asker, clock_mono()) : 0;
	if (wait_ms > 0) {
		note->sender = asker.sender;
		put_later(wait_ms, answer);
		return;
	}
	if (!respond_open(replica, body, &opened, &err) || !answer_opened(replica, fairness, &asker, &opened, answer, note, &err)) {
		put_failure(request, &err, answer);
	}
	strbuf_fini(&opened.text);
}
