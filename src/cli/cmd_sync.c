#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/hub_common.h"
#include "store/read/settings.h"
#include "sync/http_transport.h"
#include "sync/replica_store.h"
#include "sync/stick.h"

static const struct option_spec OPTIONS[] = {
	HUB_URL_OPTIONS,
	{0},
};

static bool is_url(const char *text) { return str_starts(text, "http://") || str_starts(text, "https://"); }

static void say_counts(struct out *out, size_t sent, size_t received) {
	char text[2][CLI_COUNT_MAX];
	strbuf_addf(&out->text, "sent %s, received %s\n", cli_count(text[0], (int64_t)sent, "record", "records"),
		    cli_count(text[1], (int64_t)received, "record", "records"));
}

static void say_odd(const struct exchange_report *r) {
	if (r->wrong != 0) {
		cli_say("%zu run%s could not be taken: %s", r->wrong, r->wrong == 1 ? "" : "s", r->why);
	}
	if (r->later != 0) {
		cli_say("what a station recorded beyond a day's share is not taken there today; the rest follows on another day "
			"(\"turnout list EVENT stations\" there says whose)");
	}
	if (r->later_here != 0) {
		cli_say("what a station recorded beyond a day's share is not taken today; the rest follows on another day "
			"(\"turnout list EVENT stations\" says whose, \"turnout set EVENT quota\" how much that is)");
	}
	if (r->branched) {
		cli_say("a log came in two branches; \"turnout conflicts\" shows it");
	}
}

struct visit {
	struct store *store;
	const struct replica *replica;
	struct http_client *client;
	const char *url;
	struct exchange_report report;
};

static bool exchange_round(struct visit *v, struct exchange *x, struct err *err) {
	struct http_client_answer answer = {.status = 0};
	struct exchange_report before = v->report;
	bool ok = http_transport_run(x, v->client, v->url, &answer, err);
	exchange_report(x, &v->report);
	v->report.sent += before.sent;
	v->report.received += before.received;
	if (v->report.wrong == 0) { /* else the first of the later round is as good */
		v->report.wrong = before.wrong;
		str_copy(v->report.why, sizeof v->report.why, before.why);
	}
	v->report.later += before.later;
	v->report.later_here += before.later_here;
	v->report.branched = v->report.branched || before.branched;
	http_client_answer_fini(&answer);
	return ok;
}

/* The clock of a keeper that is sure of its own anchors what this device wrote in this boot, and the keeper hears of that too. */
static bool take_clock(struct visit *v, struct exchange *x, struct err *err) {
	struct err wrong = {0};
	const struct exchange_report *r = &v->report;
	if (!r->keeper || !r->has_clock || !r->clock_sure) {
		return true;
	}
	if (!store_anchor_hub(v->store, r->clock_ahead_ms, &wrong)) {
		cli_say("the clock of %s was not taken: %s", v->url, wrong.text);
		return true;
	}
	exchange_begin(x, false); /* nothing is asked where nothing was written */
	return exchange_round(v, x, err);
}

static bool run_url(struct visit *v, const struct args *args, struct out *out, struct err *err) {
	struct http_client_options options = {.ca_file = args_value(args, "ca")};
	const struct exchange_report *r = &v->report;
	struct exchange *x = exchange_open(v->replica);
	bool ok = http_client_open(&options, &v->client, err) && exchange_round(v, x, err) && take_clock(v, x, err);
	exchange_close(x);
	http_client_close(v->client);
	if (r->sent != 0 || r->received != 0 || ok) {
		say_counts(out, r->sent, r->received);
	}
	say_odd(r);
	if (!ok) {
		return false;
	}
	if (!r->keeper) {
		return err_set(err, ERR_REFUSED, "%s is neither a hub of this event nor its organiser: nobody acknowledged what was sent",
			       v->url);
	}
	strbuf_addf(&out->text, "%s holds everything of this file\n", v->url);
	return r->acknowledged || err_set(err, ERR_BUSY, "%s has not acknowledged everything; run it again", v->url);
}

static bool show(void *context, const struct stick_way *way) {
	struct progress *p = context;
	p->what = way->step <= STICK_READING_AGAIN ? "reading" : "writing";
	progress_show(p, way->done, way->count);
	return true;
}

static bool run_folder(const struct replica *replica, const char *folder, struct out *out, struct err *err) {
	struct progress progress = {.what = "reading"};
	struct stick_options options = {.folder = folder, .progress = show, .context = &progress};
	struct stick_report r;
	bool ok = stick_visit(replica, &options, &r, err);
	progress_end(&progress);
	if (ok || r.read != 0 || r.written != 0) {
		say_counts(out, r.written, r.read);
	}
	if (r.damaged != 0) {
		cli_say("%zu file%s on the stick could not be read to the end (%s); what of it is known here was written again", r.damaged,
			r.damaged == 1 ? "" : "s", r.why);
	}
	if (ok && r.newer != 0) {
		cli_say("%zu file%s on the stick %s of a newer Turnout: what is new in %s was not read, and nothing in %s was changed; "
			"install "
			"the newer Turnout here",
			r.newer, r.newer == 1 ? "" : "s", r.newer == 1 ? "is" : "are", r.newer == 1 ? "it" : "them",
			r.newer == 1 ? "it" : "them");
	}
	if (ok) {
		strbuf_addf(&out->text, "%s was written and read back; a stick acknowledges nothing\n", folder);
	}
	return ok;
}

/* "host:8080", as browsers take it. */
static bool looks_like_host(const char *text) {
	const char *colon = strrchr(text, ':');
	return colon != NULL && colon != text && colon[1] != '\0' && colon[1 + strspn(colon + 1, "0123456789")] == '\0' &&
	       (strchr(text, '/') == NULL);
}

/* False for what is neither an address nor a folder, but meant as an address. */
static bool check_target(const char *to, struct err *err) {
	const char *scheme = strstr(to, "://");
	if (file_is_dir(to)) {
		return true;
	}
	if (scheme != NULL && !is_url(to)) {
		return err_set(err, ERR_USAGE, "boxes exchange over http:// and https://, not over %.*s; or name the folder of a stick",
			       (int)(scheme + 3 - to), to);
	}
	if (scheme != NULL && strchr("/?#:@", scheme[3]) == NULL) {
		return true;
	}
	if (scheme != NULL) {
		return err_set(err, ERR_USAGE,
			       "\"%s\" names no hub: an address looks like https://hub.example.org or http://192.0.2.1:8080", to);
	}
	return !looks_like_host(to) ||
	       err_set(err, ERR_USAGE, "\"%s\" is no folder; if it is a hub's address, write http://%s or https://%s", to, to, to);
}

static bool run(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct replica replica = {.self = store};
	bool begun;
	char *hub = args->operand_count > 1 ? NULL : setting_get(store, "hub");
	const char *to = args->operand_count > 1 ? args_operand(args, 1) : hub;
	bool ok = (!str_empty(to) || err_set(err, ERR_USAGE, "this event has no hub yet: name a URL, or the folder of a stick")) &&
		  check_target(to, err) && store_introduce(store, &begun, err) && replica_of_store(store, &replica, err) &&
		  (is_url(to) ? run_url(&(struct visit){.store = store, .replica = &replica, .url = to}, args, out, err)
			      : run_folder(&replica, to, out, err));
	replica_fini(&replica);
	free(hub);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	if (args->operand_count > 2) {
		return err_set(err, ERR_USAGE, "one hub or stick at a time");
	}
	struct store *store = cli_open(args, STORE_WRITE, err);
	bool ok = store != NULL && run(store, args, out, err);
	store_close(store);
	return ok;
}

const struct command cmd_sync = {
	.name = "sync",
	.summary = "gives a hub, another box or a USB stick what it lacks, and takes what is missing here",
	.usage = "EVENT [URL | FOLDER] [--ca FILE]",
	.details = "URL      a hub, or a laptop that runs \"turnout serve\"; without one the hub to which the event was published. Ends "
		   "with 0 only\n"
		   "         when a keeper (hub or organiser) has acknowledged everything of this file.\n"
		   "FOLDER   of a USB stick: ends with 0 when everything was written and read back.\n\n"
		   "Interrupted anywhere it goes on where it was when it is run again.",
	.operands = {"EVENT"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
