#include <pthread.h>
#include <signal.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "net/listen_address.h"
#include "net/listener.h"
#include "net/router.h"
#include "store/write/erasing.h"
#include "sync/http_transport.h"
#include "sync/replica_store.h"

static const struct option_spec OPTIONS[] = {
	{"listen", 0, "ADDRESS:PORT", "where; default [::]:8080, every address of this machine"},
	{0},
};

struct serving {
	struct store *store;
	struct replica replica;
};

static void exchange(void *context, const struct http_request *request, const struct route_values *values, struct http_answer *answer) {
	struct serving *s = context;
	struct respond_note note = {.taken = 0};
	(void)values;
	http_transport_answer(&s->replica, request, answer, &note);
	(void)erasure_clean(s->store); /* when somebody reads the file now, the next exchange does it */
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

/* One thread serves, so the file has one user. */
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

static bool run(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct serving s = {.store = store};
	struct listen_address at;
	struct http_server *server = NULL;
	const char *listen = args_value(args, "listen");
	if (!listen_address_parse(listen ? listen : "[::]:8080", &at, err) || !replica_of_store(store, &s.replica, err)) {
		return false;
	}
	struct http_server_options options = {.address = at.address, .port = at.port, .serve = serve, .context = &s};
	bool ok = http_server_open(&options, &server, err);
	if (ok) {
		at.port = http_server_port(server);
		ok = wait_for_end(&at, out, err);
	}
	http_server_close(server);
	replica_fini(&s.replica);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	sigset_t stop;
	/* Before any thread is made, so that only this one takes them. */
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	struct store *store = cli_open(args, STORE_WRITE, err);
	bool ok = store != NULL && run(store, args, out, err);
	store_close(store);
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
