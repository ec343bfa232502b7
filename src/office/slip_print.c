#include "office/slip_print.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/tz.h"
#include "report/roll.h"
#include "store/read/points.h"
#include "store/read/sessions.h"
#include "store/read/settings.h"
#include "store/read/totals.h"
#include "words/dates.h"

#define TAPE_MOST 300.0 /* mm: what is longer nobody carries; the next page goes on */
#define TAPE_LEAST 100.0
#define SHEET_W 210.0
#define SHEET_H 297.0
#define SHEET_EDGE 15.0

const char *const slip_what_names[] = {"day", "inside", NULL};

/* What is read from the file for a slip. */
struct source {
	struct store *store;
	const struct slip_wish *wish;
	struct tongue tongue;
	const struct tally_counts *counts;
	struct sessions sessions;
	struct event_points points;
	struct slip *slip;
	int64_t named; /* of those inside, on the slip */
};

static const char *get(const struct source *s, const char *message) { return tongue_get_in(&s->tongue, "on a slip", message); }

static void add_figure(struct source *s, const char *name, int64_t first, int64_t second) {
	struct strbuf figure = {0};
	strbuf_addf(&figure, second < 0 ? "%lld" : "%lld / %lld", (long long)first, (long long)second);
	slip_add(s->slip, SLIP_FIGURE, name, strbuf_str(&figure));
	strbuf_fini(&figure);
}

/* --- the day --------------------------------------------------------------------------------------------------------------------------------- */

static void add_bars(struct source *s) {
	struct tally_span span = tally_span(s->counts->quarters);
	int first = span.first / 4 * 4; /* from the full hour on */
	if (span.first >= 0) {
		slip_add(s->slip, SLIP_HEADING, get(s, MARK("on a slip", "Arrivals per quarter of an hour")), NULL);
		slip_add_bars(s->slip, &(struct slip_bars){s->counts->quarters + first, first, span.last - first + 1});
	}
}

static void add_categories(struct source *s) {
	bool any = false;
	for (size_t i = 0; i < s->counts->category_count; i++) {
		const struct tally_category *k = &s->counts->categories[i];
		if (k->arrived == 0 && k->expected == 0) {
			continue;
		}
		if (!any) {
			slip_add(s->slip, SLIP_HEADING, get(s, MARK("on a slip", "By category: came / expected")), NULL);
		}
		any = true;
		add_figure(s, k->name[0] != '\0' ? k->name : get(s, MARK("on a slip", "Without a category")), k->arrived, k->expected);
	}
}

static void add_sessions(struct source *s) {
	bool any = false;
	for (size_t i = 1; i < s->counts->place_count; i++) {
		const struct tally_place_count *p = &s->counts->places[i];
		const struct session_row *session = sessions_by_id(&s->sessions, p->key);
		if (session == NULL || p->visited == 0) {
			continue;
		}
		if (!any) {
			slip_add(s->slip, SLIP_HEADING, get(s, MARK("on a slip", "Sessions: visited")), NULL);
		}
		any = true;
		add_figure(s, session_text(&session->session, SESSION_TITLE), p->visited, -1);
	}
}

static void add_points(struct source *s) {
	bool any = false;
	const char *language = words_code(s->tongue.words, s->tongue.language);
	for (size_t i = 1; i < s->counts->place_count; i++) {
		const struct tally_place_count *p = &s->counts->places[i];
		int point = event_points_find(&s->points, p->key);
		if (p->given == 0) {
			continue;
		}
		if (!any) {
			slip_add(s->slip, SLIP_HEADING, get(s, MARK("on a slip", "Handed out")), NULL);
		}
		any = true;
		add_figure(s, point >= 0 ? point_name(&s->points.items[point], language) : p->key, p->given, -1);
	}
}

static void add_day(struct source *s) {
	const struct tally_counts *c = s->counts;
	add_figure(s, get(s, MARK("on a slip", "Came")), c->arrived, -1);
	add_figure(s, get(s, MARK("on a slip", "Here now")), c->here, -1);
	add_figure(s, get(s, MARK("on a slip", "Expected")), c->expected, -1);
	add_figure(s, get(s, MARK("on a slip", "Missing")), c->expected - c->of_them, -1);
	add_figure(s, get(s, MARK("on a slip", "Came without being expected")), c->arrived - c->of_them, -1);
	add_bars(s);
	add_categories(s);
	add_sessions(s);
	add_points(s);
}

/* --- who is inside ---------------------------------------------------------------------------------------------------------------------------- */

static bool add_person(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	struct source *s = context;
	const char *organisation = person_text(&row->person, PERSON_ORGANISATION);
	slip_add(s->slip, SLIP_TICK, person_text(&row->person, PERSON_NAME),
		 organisation[0] != '\0' ? organisation : person_text(&row->person, PERSON_COMMUNITY));
	s->named++;
	return true;
}

static bool add_inside(struct source *s, struct totals *totals, struct err *err) {
	struct strbuf more = {0};
	add_figure(s, get(s, MARK("on a slip", "Here now")), s->counts->here, -1);
	bool ok = roll_each(s->store, totals, TOTALS_HERE, 0, add_person, s, err);
	int64_t unnamed = s->counts->here - s->named;
	if (ok && unnamed > 0) {
		words_fill_number(&more,
				  tongue_get_n(&s->tongue, "{n} more is here by a badge without a name in this file",
					       "{n} more are here by badges without a name in this file", (long)unnamed),
				  unnamed);
		slip_add(s->slip, SLIP_NOTE, strbuf_str(&more), NULL);
	}
	strbuf_fini(&more);
	return ok;
}

/* --- all of it --------------------------------------------------------------------------------------------------------------------------------- */

static void add_head(struct source *s) {
	struct strbuf text = {0}, when = {0}, clock = {0};
	char *title = setting_get(s->store, "title");
	slip_add(s->slip, SLIP_TITLE,
		 s->wish->what == SLIP_INSIDE ? get(s, MARK("on a slip", "Who is inside"))
					      : get(s, MARK("on a slip", "The day in figures")),
		 NULL);
	slip_add(s->slip, SLIP_NOTE, str_or_empty(title), NULL);
	date_long(&text, &s->tongue, s->wish->day);
	/* When it was printed: also the day, as a slip of yesterday may be printed today. */
	int64_t today = tz_local_day(store_tz(s->store), s->wish->now);
	date_clock(&clock, store_tz(s->store), s->wish->now);
	date_at(&when, &s->tongue, strbuf_str(&clock));
	strbuf_adds(&text, " · ");
	words_fill_one(&text, get(s, MARK("on a slip", "printed {when}")), "when", strbuf_str(&when));
	if (today != s->wish->day) {
		strbuf_adds(&text, ", ");
		date_day(&text, &s->tongue, today);
	}
	slip_add(s->slip, SLIP_NOTE, strbuf_str(&text), NULL);
	free(title);
	strbuf_fini(&text);
	strbuf_fini(&when);
	strbuf_fini(&clock);
}

bool slip_read(struct store *store, const struct words *words, const struct slip_wish *wish, struct slip *out, struct err *err) {
	struct source s = {.store = store, .wish = wish, .tongue = label_tongue(store, words), .slip = out};
	struct totals *totals = NULL;
	*out = (struct slip){0};
	bool ok = totals_open(store, wish->day, &totals, err) && sessions_load(store, &s.sessions, err) &&
		  event_points_load(store, &s.points, err);
	if (ok) {
		s.counts = totals_counts(totals);
		add_head(&s);
	}
	if (ok && wish->what == SLIP_INSIDE) {
		ok = add_inside(&s, totals, err);
	} else if (ok) {
		add_day(&s);
	}
	sessions_fini(&s.sessions);
	event_points_fini(&s.points);
	totals_close(totals);
	if (!ok) {
		slip_fini(out);
	}
	return ok;
}

/* --- its pages --------------------------------------------------------------------------------------------------------------------------------- */

struct drawn {
	const struct slip *slip;
	const struct slip_plan *plan;
};

static bool draw(const void *what, struct canvas *c, const struct label_place *place, size_t page, struct err *err) {
	(void)err;
	const struct drawn *d = what;
	slip_draw(c, d->slip, d->plan, place, page);
	return true;
}

/* On tape as long as it is; where the printer does not take that, on shorter pieces. */
static bool fit(struct canvas *c, const struct slip *slip, enum label_size size, const struct printer_state *state, struct label_place *out,
		struct err *err) {
	double length = label_spec(size)->height / 100.0, most = TAPE_MOST;
	if (label_spec(size)->most == 0) {
		return label_print_fit(size, length, state, out, err);
	}
	for (bool ok = false; !ok; most *= 0.75) {
		length = slip_length(c, slip, size, most);
		ok = label_print_fit(size, length, state, out, err);
		if (!ok && most <= TAPE_LEAST) {
			return false;
		}
	}
	return true;
}

bool slip_page_make(const struct slip *slip, enum label_size size, const struct printer_state *state, struct label_page *out,
		    enum printer_trouble *trouble, struct err *err) {
	const struct canvas_options options = {.format = CANVAS_PDF, .width = 100, .height = 100};
	struct canvas *c = NULL;
	struct label_place place;
	struct slip_plan plan = {0};
	*out = (struct label_page){.format = ""};
	*trouble = PRINTER_WRONG_MEDIA;
	bool ok = canvas_open(&options, &c, err) && fit(c, slip, size, state, &place, err);
	if (ok) {
		slip_plan(c, slip, &place, &plan);
		const struct drawn drawn = {slip, &plan};
		const struct label_art art = {.title = "Slip", .what = &drawn, .draw = draw, .pages = plan.pages};
		ok = label_page_of(&art, &place, state, out, trouble, err);
	}
	slip_plan_fini(&plan);
	canvas_close(c);
	return ok;
}

bool slip_sheets(const struct slip *slip, struct strbuf *out, struct err *err) {
	const struct label_place place = {.page_w = SHEET_W,
					  .page_h = SHEET_H,
					  .width = SHEET_W,
					  .height = SHEET_H,
					  .left = SHEET_EDGE,
					  .top = SHEET_EDGE,
					  .right = SHEET_EDGE,
					  .bottom = SHEET_EDGE};
	const struct canvas_options options = {.format = CANVAS_PDF, .width = SHEET_W, .height = SHEET_H};
	struct canvas *c = NULL;
	struct slip_plan plan = {0};
	if (!canvas_open(&options, &c, err)) {
		return false;
	}
	slip_plan(c, slip, &place, &plan);
	const struct drawn drawn = {slip, &plan};
	const struct label_art art = {.title = "Slip", .what = &drawn, .draw = draw, .pages = plan.pages};
	bool ok = label_art_pdf(&art, &place, out, err);
	slip_plan_fini(&plan);
	canvas_close(c);
	return ok;
}
