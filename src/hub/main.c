/* turnout-hub: keeps the records of many events and gives each station what it lacks. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/option.h"
#include "base/str.h"
#include "hub/db_files.h"
#include "hub/db_pg.h"
#include "hub/hub.h"
#include "hub/limits.h"
#include "net/address.h"
#include "net/listen_address.h"
#include "store/file/quota.h"
#include "sync/enrolment.h"

#define KEEP_FREED ((size_t)4 * 1024 * 1024) /* a message of the largest kind and what is made of it */

static const char help[] =
	"turnout-hub --store WHERE [options]: keeps events and gives each station what it lacks\n"
	"\n"
	"  --store DIR                  a folder, made when it is missing: an event file an event; nothing to set up\n"
	"  --store postgresql://USER@HOST/DATABASE\n"
	"                               a database that is there already (\"createdb\"): the hub makes its tables. Several hubs may\n"
	"                               share it. Password: ~/.pgpass or PGPASSWORD, not the command line; what may stand in the\n"
	"                               address is said by PostgreSQL (\"Connection URIs\"); postgres:// is the same\n"
	"  --listen ADDRESS:PORT        default 127.0.0.1:8080; port 0 takes a free one\n"
	"  --tls-cert FILE --tls-key FILE  PEM: speak https\n"
	"  --proxy ADDRESS[/BITS]       a proxy before this hub, whose X-Forwarded-For or Forwarded is believed; it must write it.\n"
	"                               May be given several times; nobody else's is believed\n"
	"  --threads N                  requests answered at once, 1 to 64; default 8\n"
	"  --quota \"WHAT=N …\"          how much of one station is taken a day, and in all; what is beyond waits for another day:\n"
	"                               logs=1000 records=100000 bytes=64M all-logs=2000 all-bytes=192M, of all stations of an event\n"
	"                               event-bytes=1G, and stations=2000 that join by one invitation. Those are what holds without it;\n"
	"                               a hundredth of each is taken whatever is going on\n"
	"  --help\n"
	"\n"
	"When it serves for the first time it prints the admin token, once: publishing events and pairing stations need it.\n"
	"Ready when it prints \"listening on\". Ends on SIGTERM and SIGINT; what is being answered then is\n"
	"broken off, undone, and asked for again later.\n"
	"\n"
	"GET  /healthz      200 and \"ok\" when the store can write, else 503\n"
	"GET  /metrics      Prometheus text\n"
	"GET  /v1/hub       the hub's key\n"
	"POST /v1/exchange  stations; POST /v1/door  turnout publish, pair, enroll\n"
	"\n"
	"Exit status: 0 done, 1 refused or failed, 2 wrong usage.\n";

struct hub_options {
	const char *store, *listen, *certificate, *key;
	int64_t threads;
	struct quota quota;
	struct address_ranges proxies;
};

static int wrong(const char *what) {
	log_line("turnout-hub: %s; see turnout-hub --help", what);
	return 2;
}

static bool open_store(const struct hub_options *options, struct hub_db *out, struct err *err) {
	const char *where = options->store;
	if (str_starts(where, "postgresql://") || str_starts(where, "postgres://")) {
		return hub_db_pg_open(where, (unsigned)options->threads, &options->quota, out, err);
	}
	if (strstr(where, "://") != NULL) {
		return err_set(err, ERR_USAGE, "\"%s\" is no store this hub knows: give a folder, or postgresql://…", where);
	}
	return hub_db_files_open(where, &options->quota, out, err);
}

/* Signals are taken by this thread alone: they were blocked before any other was made. */
static void wait_for_end(void) {
	sigset_t stop;
	int number;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	sigwait(&stop, &number);
}

static void block_signals(void) {
	sigset_t stop;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	/* A client that hangs up must not end the hub: writing to it just fails. */
	signal(SIGPIPE, SIG_IGN);
	/* Nor a limit on the length of files: it is a disk that is full. */
	signal(SIGXFSZ, SIG_IGN);
}

/* The store holds only the token's hash by now. */
static bool tell_token(const char *token, struct err *err) {
	if (token[0] == '\0') {
		return true;
	}
	printf("admin token: %s\nIt is told this once. Keep it: publishing and pairing need it.\n", token);
	return fflush(stdout) == 0 ||
	       err_errno(err, "the admin token could not be printed, and nobody knows it now; deploy/hub/README.md says "
			      "how the hub makes another one");
}

static void announce(const struct listen_address *at, const struct hub_options *options) {
	char url[LISTEN_URL_MAX];
	listen_address_url(at, options->certificate ? "https" : "http", url);
	printf("listening on %s\n", url);
	fflush(stdout);
}

static bool run(const struct hub_options *options, struct err *err) {
	struct listen_address at;
	struct hub_db db;
	struct hub *hub = NULL;
	struct http_server *server = NULL;
	char token[TOKEN_TEXT_MAX];
	unsigned connections = 0;
	umask(077); /* its key, and all events' keys, are nobody else's to read */
	block_signals();
	if (!listen_address_parse(options->listen, &at, err) || !hub_limits((unsigned)options->threads, &connections, err) ||
	    !open_store(options, &db, err) || !hub_open(&db, &hub, err)) {
		return false;
	}
	struct http_server_options serving = {.address = at.address,
					      .port = at.port,
					      .serve = hub_serve,
					      .context = hub,
					      .certificate_file = options->certificate,
					      .key_file = options->key,
					      .threads = (unsigned)options->threads,
					      .connections = connections,
					      .connections_of_one = connections / 2,
					      .proxies = options->proxies};
	bool ok = http_server_open(&serving, &server, err) && hub_begin(hub, token, err) && tell_token(token, err);
	if (ok) {
		at.port = http_server_port(server);
		announce(&at, options);
		wait_for_end();
		log_info("hub", "stopping");
		hub_end(hub);
	}
	http_server_close(server);
	hub_close(hub);
	return ok;
}

static bool read_proxy(const char *text, struct address_ranges *out) {
	struct err err = {0};
	if (out->count == ADDRESS_RANGES_MAX) {
		err_set(&err, ERR_USAGE, "no more than %d proxies can be named; name their network", ADDRESS_RANGES_MAX);
	} else if (address_range_parse(text, &out->items[out->count], &err)) {
		out->count++;
		return true;
	}
	wrong(err.text);
	return false;
}

static int read_options(int argc, char **argv, struct hub_options *out) {
	static const struct option table[] = {{"listen", required_argument, NULL, 'l'},
					      {"store", required_argument, NULL, 's'},
					      {"tls-cert", required_argument, NULL, 'c'},
					      {"tls-key", required_argument, NULL, 'k'},
					      {"threads", required_argument, NULL, 't'},
					      {"proxy", required_argument, NULL, 'p'},
					      {"quota", required_argument, NULL, 'q'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	int option;
	struct err err = {0};
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":h", table, NULL)) != -1) {
		switch (option) {
		case 'h': fputs(help, stdout); return 0;
		case 'l': out->listen = optarg; break;
		case 's': out->store = optarg; break;
		case 'c': out->certificate = optarg; break;
		case 'k': out->key = optarg; break;
		case 'p':
			if (!read_proxy(optarg, &out->proxies)) {
				return 2;
			}
			break;
		case 'q':
			if (!quota_read(optarg, &out->quota, &err)) {
				return wrong(err.text);
			}
			break;
		case 't':
			if (!str_to_i64(optarg, &out->threads) || out->threads < 1 || out->threads > HTTP_SERVER_THREADS_MAX) {
				return wrong("--threads takes a number from 1 to 64");
			}
			break;
		default: option_refused(option, argv, table, &err); return wrong(err.text);
		}
	}
	if (optind != argc) {
		err_set(&err, ERR_USAGE, "\"%s\" is one argument too many; only options are taken, such as --store DIR", argv[optind]);
		return wrong(err.text);
	}
	if ((out->certificate == NULL) != (out->key == NULL)) {
		return wrong("--tls-cert and --tls-key go together");
	}
	return out->store == NULL ? wrong("where is what it keeps? --store DIR, or --store postgresql://…") : -1;
}

int main(int argc, char **argv) {
	struct hub_options options = {.listen = "127.0.0.1:8080", .threads = 8, .quota = quota_default()};
	struct err err = {0};
	int status = read_options(argc, argv, &options);
	if (status >= 0) {
		return status;
	}
	alloc_keep_freed(KEEP_FREED);
	if (!run(&options, &err)) {
		log_line("turnout-hub: %s", err.text);
		return err.kind == ERR_USAGE ? 2 : 1;
	}
	return 0;
}
