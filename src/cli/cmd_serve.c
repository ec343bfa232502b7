#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "net/lending.h"
#include "net/listen_address.h"
#include "net/listener.h"
#include "net/router.h"
#include "store/log/identity.h"
#include "store/write/erasing.h"
#include "sync/http_transport.h"
#include "sync/replica_store.h"
#include "sync/rescue.h"

static const struct option_spec OPTIONS[] = {
	{"listen", 0, "ADDRESS:PORT", "where; default [::]:8080, every address of this machine"},
	{0},
};

/* The server's thread and the lender's take turns: while the file is lent, an exchange waits for it. */
struct serving {
	const struct args *args;
	pthread_mutex_t turn;
	struct store *store; /* NULL while it is lent, and when it did not come back */
	struct replica replica;
	struct fairness *fairness;
};

static bool open_file(struct serving *s, struct err *err) {
	s->store = cli_open(s->args, STORE_WRITE, err);
	return s->store != NULL && replica_of_store(s->store, &s->replica, err);
}

static void close_file(struct serving *s) {
	replica_fini(&s->replica);
	store_close(s->store);
	s->store = NULL;
	s->replica = (struct replica){0};
}

static bool give(void *context) {
	struct serving *s = context;
	pthread_mutex_lock(&s->turn);
	close_file(s);
	return true;
}

/* A file that does not come back is asked for again with the next exchange. */
static void take_back(void *context) {
	struct serving *s = context;
	struct err err = {0};
	if (!open_file(s, &err)) {
		log_warn("serve", "the file is not back yet: %s", err.text);
	}
	pthread_mutex_unlock(&s->turn);
}

/* A file that was taken away acknowledges nothing; what was in it is kept, and comes back when the file does. */
static void look(struct serving *s) {
	struct err gone = {0};
	if (s->store != NULL && !store_look(s->store, &gone)) {
		rescue_keep(s->store, &gone);
		log_warn("serve", "%s", gone.text);
		close_file(s);
	}
}

static void exchange(void *context, const struct http_request *request, const struct route_values *values, struct http_answer *answer) {
	struct serving *s = context;
	struct respond_note note = {.taken = 0};
	struct err err = {0};
	(void)values;
	pthread_mutex_lock(&s->turn);
	look(s);
	if (s->store == NULL && !open_file(s, &err)) {
		pthread_mutex_unlock(&s->turn);
		log_warn("serve", "%s", err.text);
		http_answer_say(answer, 503, err.kind == ERR_BUSY ? "the event file is in use" : "the event file is missing");
		return;
	}
	http_transport_answer(&s->replica, s->fairness, request, answer, &note);
	(void)erasure_clean(s->store); /* when somebody reads the file now, the next exchange does it */
	pthread_mutex_unlock(&s->turn);
	if (answer->status == 200 && (note.taken != 0 || note.given != 0 || note.refused != NULL)) {
		log_info("serve", "%s: took %zu, gave %zu%s%s", request->client, note.taken, note.given, note.refused ? ", refused: " : "",
			 str_or_empty(note.refused));
	}
	if (answer->status == 200 && note.wrong != 0) {
		log_warn("serve", "%s: %zu wrong run%s: %s", request->client, note.wrong, note.wrong == 1 ? "" : "s", note.why);
	}
}

static void health(void *context, const struct http_request *request, const struct route_values *values, struct http_answer *answer) {
	(void)context, (void)request, (void)values;
	http_answer_say(answer, 200, "ok");
}

static void serve(void *context, const struct http_request *request, struct http_answer *answer) {
	static const struct route routes[] = {{"POST", EXCHANGE_PATH, exchange, EXCHANGE_POSTED}, {NULL, "/healthz", health, NULL}};
	static const struct router router = {routes, COUNT_OF(routes), "there are " EXCHANGE_PATH " and /healthz"};
	router_serve(&router, context, request, answer);
}

/* "Every address" helps nobody who stands before another box. */
static void put_addresses(const struct listen_address *at, struct out *out) {
	char found[LISTENER_ADDRESSES_MAX][ADDRESS_TEXT_MAX];
	bool every = str_eq(at->address, "::") || str_eq(at->address, "0.0.0.0");
	size_t count = every ? listener_addresses(found, LISTENER_ADDRESSES_MAX) : 0;
	for (size_t i = 0; i < count; i++) {
		struct listen_address one = {.port = at->port};
		char url[LISTEN_URL_MAX];
		str_copy(one.address, sizeof one.address, found[i]);
		listen_address_url(&one, "http", url);
		strbuf_addf(&out->text, "others reach it at %s\n", url);
	}
}

static bool wait_for_end(const struct listen_address *at, struct out *out, struct err *err) {
	char url[LISTEN_URL_MAX];
	sigset_t stop;
	int number;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	listen_address_url(at, "http", url);
	strbuf_addf(&out->text, "listening on %s\n", url);
	put_addresses(at, out);
	if (!out_flush(out, err)) {
		return false;
	}
	sigwait(&stop, &number);
	return true;
}

/* Other commands at this machine borrow the file from here; where that cannot be they are refused, as without it. */
static struct lender *open_lender(struct serving *s) {
	struct lender *lender = NULL;
	struct err err = {0};
	char *path = realpath(store_path(s->store), NULL), *state = identity_state_folder();
	const struct lender_options options = {.path = path, .state = state, .give = give, .take_back = take_back, .context = s};
	if (path == NULL || !lender_open(&options, &lender, &err)) {
		log_warn("serve", "other commands cannot write while this runs: %s", err.text);
	}
	free(state);
	free(path);
	return lender;
}

static bool run(struct serving *s, const struct args *args, struct out *out, struct err *err) {
	struct listen_address at;
	struct http_server *server = NULL;
	const char *listen = args_value(args, "listen");
	if (!listen_address_parse(listen ? listen : "[::]:8080", &at, err) || !open_file(s, err)) {
		return false;
	}
	struct http_server_options options = {.address = at.address, .port = at.port, .serve = serve, .context = s};
	bool ok = http_server_open(&options, &server, err);
	if (ok) {
		at.port = http_server_port(server);
		struct lender *lender = open_lender(s);
		ok = wait_for_end(&at, out, err);
		lender_close(lender);
	}
	http_server_close(server);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	sigset_t stop;
	/* Before any thread is made, so that only this one takes them. */
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	struct serving s = {.args = args, .fairness = fairness_open(false)};
	pthread_mutex_init(&s.turn, NULL);
	bool ok = run(&s, args, out, err);
	close_file(&s);
	fairness_close(s.fairness);
	pthread_mutex_destroy(&s.turn);
	return ok;
}

const struct command cmd_serve = {
	.name = "serve",
	.summary = "lets kiosks and other copies exchange with this file over the network, without a hub",
	.usage = "EVENT [--listen ADDRESS:PORT]",
	.details = "For a laptop at the door. Ready when it prints \"listening on\"; ends on Ctrl+C and SIGTERM. Others run \"turnout sync "
		   "EVENT URL\".\n"
		   "Where the organiser's key lies beside the file, what it takes counts as acknowledged.\n"
		   "Everything is sealed with the event's key: whoever does not hold a copy of the event gets nothing.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
