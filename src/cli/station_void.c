#include "cli/station_void.h"

#include <inttypes.h>
#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "cli/common.h"
#include "cli/station_key.h"
#include "store/read/station_logs.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"
#include "store/write/voiding.h"

#define LOG_DIGITS 8  /* of a log, as "turnout list EVENT checkins" shows them */
#define LOGS_SHOWN 5  /* in a sentence */
#define FROM_MANY 100 /* a station of a few days has a handful of logs */

/* "12ab34cd (40 records, 2026-05-14 09:10 to 12:30), …" */
static void say_logs(struct store *store, const struct station_logs *logs, struct strbuf *out) {
	for (size_t i = 0; logs->items != NULL && i < logs->count && i < LOGS_SHOWN; i++) {
		const struct station_log *log = &logs->items[i];
		char hex[2 * HASH_LEN + 1], first[TZ_TEXT_MAX], last[TZ_TEXT_MAX], count[CLI_COUNT_MAX];
		str_hex(log->log.b, HASH_LEN, hex);
		tz_format(store_tz(store), log->first, first);
		tz_format(store_tz(store), log->last, last);
		bool same_day = strncmp(first, last, 10) == 0;
		strbuf_addf(out, "%s%.*s (%s, %s%.10s %.5s to %.*s%s%.5s)", i > 0 ? ", " : "", LOG_DIGITS, hex,
			    cli_count(count, log->records, "record", "records"), log->approximate ? "≈" : "", first, first + 11,
			    same_day ? 0 : 10, last, same_day ? "" : " ", last + 11);
	}
	if (logs->count > LOGS_SHOWN) {
		strbuf_addf(out, ", and %zu more", logs->count - LOGS_SHOWN);
	}
}

static bool refuse_logs(struct store *store, const struct station_logs *logs, const char *why, struct err *err) {
	struct strbuf text = {0};
	say_logs(store, logs, &text);
	err_set(err, ERR_USAGE, "%s; this station's logs: %s", why, logs->count == 0 ? "none" : strbuf_str(&text));
	strbuf_fini(&text);
	return false;
}

/* The one log that begins with these digits; without digits the only one. NULL: none, or several. */
static const struct station_log *find_log(const struct station_logs *logs, const char *digits) {
	const struct station_log *found = NULL;
	size_t hits = 0;
	for (size_t i = 0; logs->items != NULL && i < logs->count; i++) {
		char hex[2 * HASH_LEN + 1];
		str_hex(logs->items[i].log.b, HASH_LEN, hex);
		if (digits == NULL || str_starts(hex, digits)) {
			found = &logs->items[i];
			hits++;
		}
	}
	return hits == 1 ? found : NULL;
}

/* LOG:SEQ, or SEQ where there is one log. */
static bool read_from(struct store *store, const struct station_logs *logs, const char *text, struct void_from *out, struct err *err) {
	const char *colon = strchr(text, ':');
	char digits[2 * HASH_LEN + 1] = "";
	int64_t seq = 0;
	size_t n = colon == NULL ? 0 : (size_t)(colon - text);
	if ((colon != NULL && (n < LOG_DIGITS || n > (size_t)2 * HASH_LEN || strspn(text, "0123456789abcdefABCDEF") != n)) ||
	    !str_to_i64(colon == NULL ? text : colon + 1, &seq) || seq < 1) {
		return err_set(err, ERR_USAGE, "--from is LOG:SEQ, as \"turnout list EVENT checkins\" shows it under \"ref\", not \"%s\"",
			       text);
	}
	for (size_t i = 0; i < n; i++) {
		digits[i] = str_lower_char(text[i]);
	}
	const struct station_log *log = find_log(logs, colon == NULL ? NULL : digits);
	if (log == NULL && colon == NULL) {
		return refuse_logs(store, logs, "a record of which log? Say LOG:SEQ", err);
	}
	if (log == NULL) {
		return refuse_logs(store, logs, "no one log of this station begins with these digits", err);
	}
	if (seq > log->records) {
		/* It would take nothing out: a retired station's records beyond what is held here count for nothing in any case. */
		return refuse_logs(
			store, logs,
			"that log has no such record here; what is still to come of a retired station counts for nothing without "
			"--from, too",
			err);
	}
	*out = (struct void_from){.log = log->log, .seq = (uint64_t)seq};
	return true;
}

static bool read_all_from(struct store *store, const struct args *args, const struct public_key *key, struct void_from from[FROM_MANY],
			  size_t *count, struct err *err) {
	struct station_logs logs;
	bool ok = station_logs_load(store, key, &logs, err);
	size_t cursor = 0;
	const char *text;
	*count = 0;
	while (ok && (text = args_next(args, "from", &cursor)) != NULL) {
		ok = *count < FROM_MANY || err_set(err, ERR_USAGE, "--from can be given %d times", FROM_MANY);
		ok = ok && read_from(store, &logs, text, &from[*count], err);
		*count += ok;
	}
	station_logs_fini(&logs);
	return ok;
}

struct retiring {
	struct public_key key;
	bool is_void;
	bool part;    /* only what it wrote from some record on is void: what it wrote before counts, in the organiser's own words */
	bool news;    /* it was not retired before */
	bool cut_off; /* its invitation was closed without it, so nothing of it counted */
};

/* One that was retired before may be taken out of the books all the same. An invitation may have been closed first, without it: whoever says from which record
 * on a station is not believed believes it up to there, in whatever order they say both. */
static bool retire(struct store *store, struct retiring *r, struct err *err) {
	enum station_verdict verdict;
	if (!role_verdict(store, &r->key, &verdict, err) || !invitation_cut_off(store, &r->key, &r->cut_off, err)) {
		return false;
	}
	r->news = !r->is_void || verdict != VERDICT_RETIRED;
	return (!r->news || role_retire(store, &r->key, err)) && (!r->part || invitation_readmit(store, &r->key, err));
}

static void say_retired(const struct retiring *r, struct out *out) {
	const char *more =
		r->is_void ? ": it signs nobody in any more; hubs and boxes learn of it with their next exchange"
		: r->cut_off
			? ": nothing of it counts, as its invitation was closed without it; \"restore\" puts back what it wrote up to here"
			: ": what it wrote up to here counts, later records do not; hubs and boxes learn of it with their next exchange";
	if (r->news) {
		station_put_key(out, "retired", &r->key, more);
	}
	if (r->cut_off && r->is_void) {
		strbuf_addf(&out->text, "its invitation was closed without it: %s\n",
			    r->part ? "what it wrote before is in the books again" : "nothing of it counted before either");
	}
}

static bool put_effect(struct store *store, const struct public_key *key, struct out *out, struct err *err) {
	struct void_effect effect;
	char scans[CLI_COUNT_MAX], people[CLI_COUNT_MAX], hex[2 * KEY_LEN + 1];
	if (!station_void_effect(store, key, &effect, err)) {
		return false;
	}
	str_hex(key->b, KEY_LEN, hex);
	strbuf_addf(&out->text, "out of the books: %s and %s of it (turnout station EVENT restore %.8s puts them back)\n",
		    cli_count(scans, effect.checkins, "check-in", "check-ins"), cli_count(people, effect.walkins, "walk-in", "walk-ins"),
		    hex);
	if (effect.left != 0) {
		strbuf_addf(&out->text, "in the books: %s of it as before\n",
			    cli_count(scans, effect.left, "check-in stays", "check-ins stay"));
	}
	return true;
}

bool station_retire(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct void_from from[FROM_MANY];
	struct retiring r = {.is_void = args_has(args, "void"), .part = args_has(args, "from")};
	size_t count = 0;
	if (!station_takes_only(args, (const char *const[]){"void", "from", NULL}, err)) {
		return false;
	}
	if (r.part && !r.is_void) {
		return err_set(err, ERR_USAGE, "--from belongs to --void");
	}
	if (!station_find_key(store, args_operand(args, 2), &r.key, err) || !read_all_from(store, args, &r.key, from, &count, err) ||
	    !retire(store, &r, err)) {
		return false;
	}
	say_retired(&r, out);
	return !r.is_void || (station_void(store, &r.key, count == 0 ? NULL : from, count, err) && put_effect(store, &r.key, out, err));
}

/* What a retired station lost with its invitation comes back, too: it cannot be added any more, so nothing else would bring it. */
static bool put_back(struct store *store, const struct public_key *key, struct err *err) {
	enum station_verdict verdict;
	bool cut_off = false;
	if (!role_verdict(store, key, &verdict, err) || !invitation_cut_off(store, key, &cut_off, err)) {
		return false;
	}
	if (verdict != VERDICT_RETIRED || !cut_off) {
		return station_restore(store, key, err);
	}
	struct err nothing = {0};
	if (!invitation_readmit(store, key, err)) {
		return false;
	}
	return station_restore(store, key, &nothing) || nothing.kind == ERR_REFUSED || err_give(err, &nothing);
}

bool station_put_back(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct public_key key;
	if (!station_find_key(store, args_operand(args, 2), &key, err) || !put_back(store, &key, err)) {
		return false;
	}
	station_put_key(out, "restored", &key, ": its check-ins and walk-ins are in the books again, as far as they counted before");
	return true;
}
