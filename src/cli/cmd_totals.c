#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "report/roll.h"
#include "store/read/points.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"

static const struct option_spec OPTIONS[] = {
	{"day", 0, "DATE", "of the event, like 2026-05-14 (today)"},
	{"missing", 0, NULL, "lists those who are expected and have not come on that day"},
	{"here", 0, NULL, "lists those who are here: who came on that day and did not leave"},
	{"json", 0, NULL, "as JSON"},
	{"csv", 0, NULL, "the list of --missing or --here as CSV"},
	{0},
};

#define BAR_WIDE 40 /* characters of the longest bar */

struct names {
	struct sessions sessions;
	struct event_points points;
};

static const char *name_of(const struct names *names, const char *key) {
	const struct session_row *row = sessions_by_id(&names->sessions, key);
	int point = event_points_find(&names->points, key);
	return row != NULL ? session_text(&row->session, SESSION_TITLE) : point >= 0 ? point_name(&names->points.items[point], NULL) : key;
}

static void quarter_text(int quarter, char out[8]) { snprintf(out, 8, "%02d:%02d", quarter / 4 % 24, quarter % 4 * 15); }

/* --- for people ---------------------------------------------------------------------------------------------------------------------------- */

static void say_bars(const struct tally_counts *c, struct strbuf *out) {
	struct tally_span span = tally_span(c->quarters);
	for (int i = span.first; i >= 0 && i <= span.last; i++) {
		char time[8];
		quarter_text(i, time);
		strbuf_addf(out, "%s  ", time);
		for (int64_t k = 0; k < (c->quarters[i] * BAR_WIDE + span.most - 1) / span.most; k++) {
			strbuf_adds(out, "█");
		}
		strbuf_addf(out, " %lld\n", (long long)c->quarters[i]);
	}
}

static void say(const struct totals *totals, const struct names *names, struct strbuf *out) {
	const struct tally_counts *c = totals_counts(totals);
	char day[TZ_TEXT_MAX];
	tz_format_date(totals_of_day(totals), day);
	strbuf_addf(out, "%s: here now %lld, came %lld; of %lld expected %lld came, %lld are missing\n", day, (long long)c->here,
		    (long long)c->arrived, (long long)c->expected, (long long)c->of_them, (long long)(c->expected - c->of_them));
	say_bars(c, out);
	for (size_t i = 0; i < c->category_count; i++) {
		const struct tally_category *k = &c->categories[i];
		if (k->arrived > 0 || k->expected > 0) {
			strbuf_addf(out, "%s: came %lld, of %lld expected %lld\n", k->name[0] != '\0' ? k->name : "without a category",
				    (long long)k->arrived, (long long)k->expected, (long long)k->of_them);
		}
	}
	for (size_t i = 1; i < c->place_count; i++) {
		const struct tally_place_count *p = &c->places[i];
		if (p->given > 0) {
			strbuf_addf(out, "%s: %lld given\n", name_of(names, p->key), (long long)p->given);
		} else if (p->visited > 0) {
			strbuf_addf(out, "%s: inside now %lld, visited %lld\n", name_of(names, p->key), (long long)p->inside,
				    (long long)p->visited);
		}
	}
}

/* --- for programs -------------------------------------------------------------------------------------------------------------------------- */

static void put_quarters(const struct tally_counts *c, struct json_writer *w) {
	json_open(w, "quarters", '[');
	for (int i = 0; i < TALLY_QUARTERS; i++) {
		char time[8];
		if (c->quarters[i] > 0) {
			quarter_text(i, time);
			json_open(w, NULL, '{');
			json_put_text(w, "from", time);
			json_put_bool(w, "next_day", i >= 96);
			json_put_int(w, "arrived", c->quarters[i]);
			json_close(w, '}');
		}
	}
	json_close(w, ']');
}

static void put_categories(const struct tally_counts *c, struct json_writer *w) {
	json_open(w, "categories", '[');
	for (size_t i = 0; i < c->category_count; i++) {
		json_open(w, NULL, '{');
		json_put_text(w, "name", c->categories[i].name);
		json_put_int(w, "arrived", c->categories[i].arrived);
		json_put_int(w, "expected", c->categories[i].expected);
		json_put_int(w, "expected_arrived", c->categories[i].of_them);
		json_close(w, '}');
	}
	json_close(w, ']');
}

/* Sessions and points are told apart by what the event has. */
static void put_places(const struct tally_counts *c, const struct names *names, bool sessions, struct json_writer *w) {
	json_open(w, sessions ? "sessions" : "points", '[');
	for (size_t i = 1; i < c->place_count; i++) {
		const struct tally_place_count *p = &c->places[i];
		if ((sessions_by_id(&names->sessions, p->key) != NULL) != sessions) {
			continue;
		}
		json_open(w, NULL, '{');
		json_put_text(w, sessions ? "id" : "key", p->key);
		json_put_text(w, sessions ? "title" : "name", name_of(names, p->key));
		if (sessions) {
			json_put_int(w, "visited", p->visited);
			json_put_int(w, "inside", p->inside);
		} else {
			json_put_int(w, "given", p->given);
		}
		json_close(w, '}');
	}
	json_close(w, ']');
}

static void put_json(const struct totals *totals, const struct names *names, struct strbuf *out) {
	const struct tally_counts *c = totals_counts(totals);
	struct json_writer w = {.out = out};
	char day[TZ_TEXT_MAX];
	tz_format_date(totals_of_day(totals), day);
	json_open(&w, NULL, '{');
	json_put_text(&w, "day", day);
	json_put_int(&w, "here", c->here);
	json_put_int(&w, "arrived", c->arrived);
	json_put_int(&w, "expected", c->expected);
	json_put_int(&w, "expected_arrived", c->of_them);
	json_put_int(&w, "missing", c->expected - c->of_them);
	put_quarters(c, &w);
	put_categories(c, &w);
	put_places(c, names, true, &w);
	put_places(c, names, false, &w);
	json_close(&w, '}');
	strbuf_addc(out, '\n');
}

/* --- who ------------------------------------------------------------------------------------------------------------------------------------ */

static const struct column COLUMNS[] = {{"id", NULL, 0}, {"name", NULL, 0}};

struct listed {
	struct listing *listing;
	int64_t count;
};

static bool put_person(void *context, const struct person_row *row, struct err *err) {
	struct listed *to = context;
	listing_text(to->listing, row->id);
	listing_text(to->listing, person_text(&row->person, PERSON_NAME));
	to->count++;
	return listing_row(to->listing, err);
}

static bool list(const struct args *args, struct store *store, struct totals *totals, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	enum totals_who who = args_has(args, "here") ? TOTALS_HERE : TOTALS_MISSING;
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct listed to = {.listing = listing_open(out, &options)};
	bool ok = roll_each(store, totals, who, 0, put_person, &to, err) && listing_finish(to.listing, err);
	listing_close(to.listing);
	int64_t unnamed = totals_counts(totals)->here - to.count;
	if (ok && who == TOTALS_HERE && unnamed > 0) {
		cli_say("%lld more are here by badges whose names this file does not know", (long long)unnamed);
	}
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	bool lists = args_has(args, "missing") || args_has(args, "here");
	if (args_has(args, "missing") && args_has(args, "here")) {
		return err_set(err, ERR_USAGE, "--missing or --here, not both");
	}
	if (args_has(args, "csv") && !lists) {
		return err_set(err, ERR_USAGE, "--csv is of a list: with --missing or --here");
	}
	struct store *store = cli_open(args, STORE_READ, err);
	struct totals *totals = NULL;
	struct names names = {0};
	int64_t day = 0;
	bool ok = store != NULL && cli_day(args, store, &day, err) && totals_open(store, day, &totals, err) &&
		  sessions_load(store, &names.sessions, err) && event_points_load(store, &names.points, err);
	if (ok && lists) {
		ok = list(args, store, totals, out, err);
	} else if (ok) {
		(args_has(args, "json") ? put_json : say)(totals, &names, &out->text);
	}
	sessions_fini(&names.sessions);
	event_points_fini(&names.points);
	totals_close(totals);
	store_close(store);
	return ok;
}

const struct command cmd_totals = {
	.name = "totals",
	.summary = "the figures of a day: who is here, came, is expected and missing; by quarter of an hour, category, session and point",
	.usage = "EVENT [--day DATE] [--json]\nEVENT --missing|--here [--day DATE] [--json | --csv]",
	.details = "Everybody counts once, however often and by whichever badge they came. Who walked in was not expected.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
