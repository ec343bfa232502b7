#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "base/tz.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/own_standing.h"
#include "event/admission.h"
#include "event/registration.h"
#include "store/read/audit.h"
#include "store/read/came.h"
#include "store/read/checkins.h"
#include "store/read/conflicts.h"
#include "store/read/helps.h"
#include "store/read/people.h"
#include "store/read/retention.h"
#include "store/read/settings.h"

static const struct option_spec OPTIONS[] = {
	{"json", 0, NULL, "as a JSON object"},
	{0},
};

/* A fact of the event: text, or a number where `text` is NULL. */
struct fact {
	const char *key;
	const char *label;
	char *text; /* owned */
	int64_t number;
};

struct facts {
	struct fact items[28];
	size_t count;
	struct checkins books;
	struct came came;
	char *warnings[8];
	size_t warning_count;
};

static void add_setting(struct facts *f, struct store *store, const char *key) {
	char *value = setting_get(store, key);
	f->items[f->count++] = (struct fact){key, key, value ? value : xstrdup(""), 0};
}

static void add_number(struct facts *f, const char *key, const char *label, int64_t number) {
	f->items[f->count++] = (struct fact){key, label, NULL, number};
}

static void warn(struct facts *f, char *text) { f->warnings[f->warning_count++] = text; }

static bool count_conflict(void *context, const struct conflict *c, struct err *err) {
	(void)c;
	(void)err;
	(*(int64_t *)context)++;
	return true;
}

/* Visitors who asked for a person at some box, and nobody said that they went. */
static bool warn_of_calls(struct store *store, struct facts *f, struct err *err) {
	struct helps helps;
	struct strbuf text = {0};
	if (!helps_load(store, &helps, err)) {
		return false;
	}
	if (helps.open == 0) {
		return true;
	}
	for (size_t i = 0; i < helps.count; i++) {
		char digits[9];
		struct civil at = tz_civil(store_tz(store), helps.items[i].utc);
		str_hex(helps.items[i].station.b, 4, digits);
		strbuf_addf(&text, "%s%s since %02d:%02d", i > 0 ? ", " : "", helps.items[i].name[0] != '\0' ? helps.items[i].name : digits,
			    at.hour, at.minute);
	}
	warn(f, xasprintf("help is wanted at %s%s", strbuf_str(&text), helps.open > helps.count ? ", …" : ""));
	strbuf_fini(&text);
	return true;
}

static bool gather_warnings(struct store *store, struct facts *f, struct err *err) {
	int64_t conflicts = 0;
	char count[CLI_COUNT_MAX];
	const char *standing;
	if (!own_standing(store, &standing, err)) {
		return false;
	}
	if (standing != NULL) {
		warn(f, xstrdup(standing));
	}
	if (!warn_of_calls(store, f, err) || !conflicts_each_in(store, &f->books, count_conflict, &conflicts, err)) {
		return false;
	}
	if (store_warning(store)[0] != '\0') {
		warn(f, xstrdup(store_warning(store)));
	}
	if (conflicts != 0) {
		warn(f, xasprintf("%s to look at (turnout conflicts)", cli_count(count, conflicts, "thing", "things")));
	}
	char *key = xasprintf("%s.key", store_path(store));
	if (store_is_purged(store)) {
		warn(f, xstrdup("the personal data of this copy was purged: it signs nobody in and exchanges no more"));
	} else if (!file_exists(key)) {
		warn(f,
		     xstrdup("the organiser's key is not here: this copy signs people in, but only an editor's box can change the event"));
	}
	free(key);
	return true;
}

/* What becomes of the personal data of a copy on which something is set. It is erased by boxes alone, never by this command or a server. */
static char *retention_words(const struct retention *r) {
	char day[TZ_TEXT_MAX];
	tz_format_date(r->day, day);
	switch (r->state) {
	case RETENTION_OWN: return xasprintf("kept in the organiser's own file; boxes erase it on %s", day);
	case RETENTION_NO_LAST_DAY: return xstrdup("kept: the event has no last day (turnout set EVENT dates)");
	case RETENTION_WAITS: return xasprintf("a box erases it on %s", day);
	case RETENTION_UNSENT: return xasprintf("due since %s: a box erases it as soon as all is acknowledged", day);
	case RETENTION_UNVOUCHED:
		return xasprintf("due since %s: a box erases it as soon as a time server or a hub confirms the date", day);
	case RETENTION_DUE: return xasprintf("due since %s: a box erases it at once", day);
	case RETENTION_ERASED: return xasprintf("erased on %s", day);
	case RETENTION_NONE: break;
	}
	return NULL;
}

static bool add_retention(struct facts *f, struct store *store, struct err *err) {
	struct retention retention;
	if (!retention_look(store, &retention, err)) {
		return false;
	}
	if (retention.state != RETENTION_NONE) {
		f->items[f->count++] = (struct fact){"personal_data", "personal data", retention_words(&retention), 0};
	}
	return true;
}

static bool gather(struct store *store, struct facts *f, struct err *err) {
	static const char *const settings[] = {"title", "place", "dates", "timezone", "languages"};
	struct audit_status s = {0};
	size_t registrations[REGISTRATION_COUNT];
	size_t not_let_in = 0;
	if (!audit_status(store, &s, err) || !checkins_load(store, &f->books, err) || !came_count(store, &f->books, &f->came, err) ||
	    !people_registrations(store, registrations, err)) {
		return false;
	}
	for (size_t i = 0; i < COUNT_OF(settings); i++) {
		add_setting(f, store, settings[i]);
	}
	add_number(f, "people", "people", s.people);
	for (int i = 0; i < REGISTRATION_COUNT; i++) {
		not_let_in += registration_admits((enum registration)i) ? 0 : registrations[i];
	}
	add_number(f, "not_let_in", "of them not let in", (int64_t)not_let_in);
	add_number(f, "badges", "badges issued", s.badges);
	add_number(f, "sessions", "sessions", s.sessions);
	add_number(f, "expected", "people expected", f->came.expected);
	add_number(f, "came_of_expected", "of them came", f->came.of_them);
	add_number(f, "came", "people who came", f->came.people);
	add_number(f, "checkins", "check-ins", checkins_counted(&f->books));
	add_number(f, "unknown", "unknown codes", store_tally(store, outcome_word(OUTCOME_UNKNOWN)));
	add_number(f, "not_a_badge", "scans of other codes", store_tally(store, outcome_word(OUTCOME_NOT_A_BADGE)));
	add_number(f, "records", "records", s.records);
	add_number(f, "unsigned", "of them unsigned", s.unsigned_records);
	add_number(f, "logs", "logs", s.logs);
	add_number(f, "stations", "stations", s.stations);
	if (!add_retention(f, store, err)) {
		return false;
	}
	if (not_let_in != 0) {
		struct strbuf why = {0};
		cli_registrations(registrations, &why);
		warn(f, xasprintf("not let in, and without a badge: %s (turnout list EVENT people)", strbuf_str(&why)));
		strbuf_fini(&why);
	}
	return gather_warnings(store, f, err);
}

static void print_json(const struct facts *f, struct strbuf *out) {
	struct json_writer w = {.out = out, .pretty = true};
	json_open(&w, NULL, '{');
	for (size_t i = 0; i < f->count; i++) {
		if (f->items[i].text != NULL) {
			json_put_text(&w, f->items[i].key, f->items[i].text);
		} else {
			json_put_int(&w, f->items[i].key, f->items[i].number);
		}
	}
	json_open(&w, "came_by_day", '[');
	for (size_t i = 0; i < f->came.count; i++) {
		char day[TZ_TEXT_MAX];
		tz_format_date(f->came.days[i].day, day);
		json_open(&w, NULL, '{');
		json_put_text(&w, "day", day);
		json_put_int(&w, "people", f->came.days[i].people);
		json_close(&w, '}');
	}
	json_close(&w, ']');
	json_put_int(&w, "came_day_unknown", f->came.dayless);
	json_open(&w, "warnings", '[');
	for (size_t i = 0; i < f->warning_count; i++) {
		json_put_text(&w, NULL, f->warnings[i]);
	}
	json_close(&w, ']');
	json_close(&w, '}');
	strbuf_addc(out, '\n');
}

/* Below the number of all: on which days they came. Somebody who came on two days is counted on both. */
static void print_days(const struct came *came, struct strbuf *out) {
	for (size_t i = 0; i < came->count; i++) {
		char day[TZ_TEXT_MAX];
		tz_format_date(came->days[i].day, day);
		strbuf_addf(out, "  on %-12s %" PRId64 "\n", day, came->days[i].people);
	}
	if (came->dayless != 0) {
		strbuf_addf(out, "  day not known   %" PRId64 "\n", came->dayless);
	}
}

static void print_text(const struct facts *f, struct strbuf *out) {
	for (size_t i = 0; i < f->count; i++) {
		strbuf_addf(out, "%-17s ", f->items[i].label);
		if (f->items[i].text != NULL) {
			strbuf_addf(out, "%s\n", f->items[i].text[0] ? f->items[i].text : "-");
		} else {
			strbuf_addf(out, "%" PRId64 "\n", f->items[i].number);
		}
		if (str_eq(f->items[i].key, "came")) {
			print_days(&f->came, out);
		}
	}
	for (size_t i = 0; i < f->warning_count; i++) {
		strbuf_addf(out, "warning: %s\n", f->warnings[i]);
	}
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct facts f = {0};
	struct store *store = store_open(args_operand(args, 0), STORE_READ, "turnout status", err);
	bool ok = store != NULL && gather(store, &f, err);
	store_close(store);
	if (ok && args_has(args, "json")) {
		out->exact = true;
		print_json(&f, &out->text);
	} else if (ok) {
		print_text(&f, &out->text);
	}
	for (size_t i = 0; i < f.count; i++) {
		free(f.items[i].text);
	}
	came_fini(&f.came);
	checkins_fini(&f.books);
	for (size_t i = 0; i < f.warning_count; i++) {
		free(f.warnings[i]);
	}
	return ok;
}

const struct command cmd_status = {
	.name = "status",
	.summary = "says what is in the file: the event, people, who came, sessions, check-ins, records, and what to look at",
	.usage = "EVENT [--json]",
	.details = "Who came is counted once, whatever they were signed in to and however often; walk-ins came, but were not expected. A "
		   "day goes on\n"
		   "after midnight while a session of its evening runs. Check-ins are those that let somebody in: no refusals, no repeats, "
		   "and none "
		   "that\n"
		   "were undone (turnout list EVENT checkins shows all). Things to look at are those that somebody can settle: people who "
		   "may be "
		   "one\n"
		   "(\"alike\" in turnout conflicts) are not counted.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
