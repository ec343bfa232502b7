#include "sync/worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "base/worker.h"
#include "sync/http_transport.h"

#define COMMANDS_MAX 32
#define MESSAGES_MAX 64
#define WAIT_MOST_MS 60000

enum command_kind { COMMAND_GIVE, COMMAND_POKE, COMMAND_NOW };

struct command {
	enum command_kind kind;
	size_t count;
	struct sync_peer peers[];
};

struct peer {
	struct sync_peer_state state;
	struct rounds rounds;
	struct exchange *exchange; /* NULL before the first visit */
	size_t url;                /* that is tried next */
	size_t tried;              /* URLs that failed in a row */
	bool asked;                /* for a round now, and not over yet */
};

struct sync_worker {
	struct worker worker;
	struct sync_worker_options options;
	struct http_client *client;
	/* Of the thread alone: */
	struct http_client_answer answer;
	struct replica replica;
	bool has_replica;
	struct peer *peers;
	size_t peer_count;
	bool now; /* a SYNC_ROUND is owed */
	size_t sent, received;
};

static int64_t now_ms(void) { return clock_mono().v; }

/* --- telling ------------------------------------------------------------------------------------------------------------------------ */

static void post(struct sync_worker *w, enum sync_message_kind kind) {
	struct sync_message *m = xcalloc(1, sizeof *m + w->peer_count * sizeof m->peers[0]);
	m->kind = kind;
	m->sent = w->sent;
	m->received = w->received;
	m->peer_count = w->peer_count;
	for (size_t i = 0; i < w->peer_count; i++) {
		m->peers[i] = w->peers[i].state;
	}
	if (!mailbox_put_wait(w->worker.out, m)) {
		free(m);
	}
}

static void end_round(struct sync_worker *w) {
	for (size_t i = 0; i < w->peer_count; i++) {
		if (w->peers[i].asked) {
			return;
		}
	}
	if (w->now) {
		w->now = false;
		post(w, SYNC_ROUND);
	}
}

/* --- who there is ------------------------------------------------------------------------------------------------------------------- */

static bool same_peer(const struct sync_peer *a, const struct sync_peer *b) {
	bool same = str_eq(a->id, b->id) && a->url_count == b->url_count;
	for (size_t i = 0; same && i < a->url_count; i++) {
		same = str_eq(a->urls[i], b->urls[i]);
	}
	return same;
}

static struct peer *find_peer(struct peer *peers, size_t count, const struct sync_peer *peer) {
	for (size_t i = 0; i < count; i++) {
		if (same_peer(&peers[i].state.peer, peer)) {
			return &peers[i];
		}
	}
	return NULL;
}

/* Takes over what is known of peers that stay. */
static void give(struct sync_worker *w, const struct command *c) {
	struct peer *peers = xcalloc(c->count + 1, sizeof *peers);
	size_t count = 0;
	for (size_t i = 0; i < c->count; i++) {
		if (c->peers[i].url_count == 0 || find_peer(peers, count, &c->peers[i]) != NULL) {
			continue;
		}
		struct peer *old = find_peer(w->peers, w->peer_count, &c->peers[i]);
		if (old != NULL) {
			peers[count] = *old;
			old->exchange = NULL;
		} else {
			peers[count].state.peer = c->peers[i];
		}
		count++;
	}
	for (size_t i = 0; i < w->peer_count; i++) {
		exchange_close(w->peers[i].exchange);
	}
	free(w->peers);
	w->peers = peers;
	w->peer_count = count;
	post(w, SYNC_PEERS);
}

static void obey(struct sync_worker *w, const struct command *c) {
	switch (c->kind) {
	case COMMAND_GIVE: give(w, c); break;
	case COMMAND_POKE:
		for (size_t i = 0; i < w->peer_count; i++) {
			rounds_poke(&w->peers[i].rounds, now_ms());
		}
		break;
	case COMMAND_NOW:
		w->now = true;
		w->sent = w->received = 0;
		for (size_t i = 0; i < w->peer_count; i++) {
			rounds_hurry(&w->peers[i].rounds, now_ms());
			w->peers[i].asked = true;
		}
		break;
	}
	end_round(w);
}

/* --- visiting ----------------------------------------------------------------------------------------------------------------------- */

static bool same_state(const struct sync_peer_state *a, const struct sync_peer_state *b) {
	return a->up == b->up && a->trouble == b->trouble && a->known == b->known && crypto_key_eq(&a->key, &b->key) &&
	       str_eq(a->name, b->name);
}

/* Told and logged once for each change, not for each try. */
static void note_state(struct sync_worker *w, struct peer *p, const struct sync_peer_state *state) {
	bool news = !same_state(state, &p->state);
	bool turned = state->up != p->state.up || state->trouble != p->state.trouble;
	p->state = *state;
	if (turned && state->up) {
		log_info("sync", "%s answers", p->state.peer.urls[p->url]);
	} else if (turned) {
		log_warn("sync", "%s", state->problem);
	}
	if (news) {
		post(w, SYNC_PEERS);
	}
}

static void note_failure(struct sync_worker *w, struct peer *p, enum trouble trouble, const struct err *err) {
	struct sync_peer_state state = p->state;
	state.up = false;
	state.trouble = trouble;
	str_copy(state.problem, sizeof state.problem, err->text);
	p->url = (p->url + 1) % p->state.peer.url_count;
	if (++p->tried < p->state.peer.url_count) {
		p->rounds.due_ms = now_ms(); /* the next way to it, after those peers that are up */
		return;
	}
	struct round_failure failure = {.now_ms = now_ms(), .retry_after_s = w->answer.retry_after_s};
	crypto_random(&failure.random, sizeof failure.random);
	rounds_failed(&p->rounds, &w->options.pace, &failure);
	p->tried = 0;
	p->asked = false;
	note_state(w, p, &state);
}

static void note_success(struct sync_worker *w, struct peer *p, const struct exchange_report *report, bool whole) {
	const struct replica_source *source = &w->options.source;
	struct sync_peer_state state = p->state;
	state.up = true;
	state.trouble = w->options.wants_keeper && !report->keeper ? TROUBLE_NO_KEEPER : report->later_own ? TROUBLE_PACED : TROUBLE_NONE;
	state.problem[0] = '\0';
	state.known = true;
	state.key = report->peer;
	if (whole) {
		state.name[0] = '\0';
		if (source->name_of != NULL) {
			source->name_of(source->context, &state.key, state.name, sizeof state.name);
		}
		if (report->keeper && report->has_clock && report->clock_sure && source->keeper_clock != NULL) {
			source->keeper_clock(source->context, report->clock_ahead_ms);
		}
	}
	rounds_done(&p->rounds, &w->options.pace, whole, now_ms());
	p->tried = 0;
	p->asked = false;
	note_state(w, p, &state);
}

static bool open_replica(struct sync_worker *w, struct err *err) {
	const struct replica_source *source = &w->options.source;
	w->has_replica = w->has_replica || source->open(source->context, &w->replica, err);
	return w->has_replica;
}

static void visit(struct sync_worker *w, struct peer *p) {
	struct err err = {0};
	struct exchange_report report;
	bool whole = rounds_whole(&p->rounds, now_ms());
	w->answer.retry_after_s = -1;
	if (!open_replica(w, &err)) {
		note_failure(w, p, TROUBLE_OWN, &err);
		return;
	}
	if (p->exchange == NULL) {
		p->exchange = exchange_open(&w->replica);
	}
	exchange_begin(p->exchange, whole);
	bool ok = http_transport_run(p->exchange, w->client, p->state.peer.urls[p->url], &w->answer, &err);
	exchange_report(p->exchange, &report);
	w->sent += report.sent;
	w->received += report.received;
	if (ok) {
		note_success(w, p, &report, whole);
	} else if (!mailbox_stopped(w->worker.in)) {
		note_failure(w, p, trouble_of(p->exchange, &w->answer, &err), &err);
	}
}

/* Of those that are due one that was up, so that whoever does not answer delays nobody who does. */
static struct peer *next_due(struct sync_worker *w) {
	struct peer *due = NULL;
	for (size_t i = 0; i < w->peer_count; i++) {
		struct peer *p = &w->peers[i];
		if (rounds_due(&p->rounds, now_ms()) && (due == NULL || (p->rounds.backoff.line_up && !due->rounds.backoff.line_up))) {
			due = p;
		}
	}
	return due;
}

/* Milliseconds until the first peer is due: how long the thread may wait for commands. */
static int until_due(const struct sync_worker *w) {
	int64_t now = now_ms(), wait = WAIT_MOST_MS;
	for (size_t i = 0; i < w->peer_count; i++) {
		int64_t left = w->peers[i].rounds.due_ms - now;
		wait = left < wait ? left : wait;
	}
	return wait < 0 ? 0 : (int)wait;
}

static void *run(void *context) {
	struct sync_worker *w = context;
	while (!mailbox_stopped(w->worker.in)) {
		struct command *c = mailbox_take(w->worker.in, until_due(w));
		for (; c != NULL; c = mailbox_take(w->worker.in, 0)) {
			obey(w, c);
			free(c);
		}
		struct peer *due = mailbox_stopped(w->worker.in) ? NULL : next_due(w);
		if (due != NULL) {
			visit(w, due);
			end_round(w);
		}
	}
	for (size_t i = 0; i < w->peer_count; i++) {
		exchange_close(w->peers[i].exchange);
	}
	if (w->has_replica) {
		w->options.source.close(w->options.source.context, &w->replica);
	}
	return NULL;
}

/* --- from outside ------------------------------------------------------------------------------------------------------------------- */

static void release(struct sync_worker *w) {
	worker_fini(&w->worker, NULL, NULL);
	http_client_close(w->client);
	http_client_answer_fini(&w->answer);
	free(w->peers);
	free(w);
}

bool sync_worker_open(const struct sync_worker_options *options, struct sync_worker **out, struct err *err) {
	struct sync_worker *w = xcalloc(1, sizeof *w);
	w->options = *options;
	struct worker_options worker = {.name = "the thread that exchanges",
					.in_max = COMMANDS_MAX,
					.out_max = MESSAGES_MAX,
					.wake = options->wake,
					.context = options->context,
					.run = run,
					.self = w};
	if (!http_client_open(&options->client, &w->client, err) || !worker_start(&w->worker, &worker, err)) {
		release(w);
		return false;
	}
	*out = w;
	return true;
}

void sync_worker_close(struct sync_worker *w) {
	if (w == NULL) {
		return;
	}
	/* Whatever the thread may wait for is ended: an order, a transfer, its replica. */
	worker_stop(&w->worker);
	http_client_abort(w->client);
	if (w->options.source.stop != NULL) {
		w->options.source.stop(w->options.source.context);
	}
	release(w);
}

static struct command *command(enum command_kind kind, size_t count) {
	struct command *c = xcalloc(1, sizeof *c + count * sizeof c->peers[0]);
	c->kind = kind;
	c->count = count;
	return c;
}

/* Orders go before pokes, of which one is as good as many. */
static void order(struct sync_worker *w, struct command *c) {
	bool ok = c->kind == COMMAND_POKE ? mailbox_put_second(w->worker.in, c) : mailbox_put(w->worker.in, c);
	if (!ok) {
		free(c);
	}
}

void sync_worker_give(struct sync_worker *w, const struct sync_peer *peers, size_t count) {
	struct command *c = command(COMMAND_GIVE, count < SYNC_PEERS_MAX ? count : SYNC_PEERS_MAX);
	for (size_t i = 0; i < c->count; i++) {
		c->peers[i] = peers[i];
	}
	order(w, c);
}

void sync_worker_poke(struct sync_worker *w) { order(w, command(COMMAND_POKE, 0)); }

void sync_worker_now(struct sync_worker *w) { order(w, command(COMMAND_NOW, 0)); }

struct sync_message *sync_worker_take(struct sync_worker *w) {
	return mailbox_take(w->worker.out, 0);
}
