/* turnout-hub: watches over the event files of a folder and tells about them over HTTP. It reads them only, so it may run beside the
 * program that writes them. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/log.h"
#include "base/str.h"
#include "hub/watch.h"
#include "sync/http_server.h"

static const char help[] = "turnout-hub FOLDER [--listen ADDRESS] [--port N]: tells about the event files of a folder\n"
			   "\n"
			   "  --listen ADDRESS   IP address, default 127.0.0.1\n"
			   "  --port N           default 8080; 0 takes a free one and says which\n"
			   "  --help\n"
			   "\n"
			   "GET /healthz     200 and \"ok\" when all files can be read, else 503 and what is wrong\n"
			   "GET /metrics     Prometheus text: people, badges, sessions, check-ins, records, stations of each event\n"
			   "GET /v1/events   JSON: file, event, title, people, checkins\n"
			   "\n"
			   "Ends on SIGTERM and SIGINT. Exit status: 0 done, 1 refused or failed, 2 wrong usage.\n";

struct hub_options {
	const char *folder, *address;
	uint16_t port;
};

static void serve(void *context, const struct http_request *request, struct http_answer *answer) {
	const struct hub_options *options = context;
	const char *method = request->method, *path = request->path;
	struct watch watch;
	struct err err;
	answer->type = "text/plain; charset=utf-8";
	answer->status = 200;
	if (!str_eq(method, "GET") && !str_eq(method, "HEAD")) {
		answer->status = 405;
		strbuf_adds(&answer->body, "only GET is answered here\n");
	} else if (!str_eq(path, "/healthz") && !str_eq(path, "/metrics") && !str_eq(path, "/v1/events")) {
		answer->status = 404;
		strbuf_adds(&answer->body, "there are /healthz, /metrics and /v1/events\n");
	} else if (!watch_read(options->folder, &watch, &err)) {
		answer->status = 503;
		strbuf_addf(&answer->body, "%s\n", err.text);
	} else {
		if (str_eq(path, "/metrics")) {
			answer->type = "text/plain; version=0.0.4; charset=utf-8";
			watch_metrics(&watch, &answer->body);
		} else if (str_eq(path, "/v1/events")) {
			answer->type = "application/json";
			watch_json(&watch, &answer->body);
		} else {
			answer->status = watch_healthy(&watch) ? 200 : 503;
			watch_health(&watch, &answer->body);
		}
		watch_fini(&watch);
	}
}

static int wrong(const char *what) {
	fprintf(stderr, "turnout-hub: %s; see turnout-hub --help\n", what);
	return 2;
}

static int run(struct hub_options *options) {
	struct err err;
	struct http_server *http;
	struct watch watch;
	sigset_t stop;
	int signal_number;
	/* Before any thread is made, so that only this one takes them. */
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	/* The folder is read once now, so that a wrong one is told at once. */
	bool ok = crypto_init(&err) && watch_read(options->folder, &watch, &err);
	if (ok) {
		watch_fini(&watch);
	}
	struct http_server_options server = {.address = options->address, .port = options->port, .serve = serve, .context = options};
	if (!ok || !http_server_open(&server, &http, &err)) {
		fprintf(stderr, "turnout-hub: %s\n", err.text);
		return err.kind == ERR_USAGE ? 2 : 1;
	}
	log_info("hub", "listening on %s port %u", options->address, http_server_port(http));
	sigwait(&stop, &signal_number);
	http_server_close(http);
	log_info("hub", "stopped");
	return 0;
}

int main(int argc, char **argv) {
	static const struct option table[] = {{"listen", required_argument, NULL, 'l'},
					      {"port", required_argument, NULL, 'p'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	struct hub_options options = {.address = "127.0.0.1", .port = 8080};
	int option;
	int64_t port;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "h", table, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (option == 'l') {
			options.address = optarg;
		} else if (option == 'p' && str_to_i64(optarg, &port) && port >= 0 && port <= 65535) {
			options.port = (uint16_t)port;
		} else {
			return wrong(option == 'p' ? "--port takes a number from 0 to 65535"
						   : "that option is not known or lacks its value");
		}
	}
	if (optind + 1 != argc) {
		return wrong(optind == argc ? "which folder?" : "one folder at a time");
	}
	options.folder = argv[optind];
	return run(&options);
}
