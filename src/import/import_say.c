#include "import/import_say.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/tz.h"
#include "import/people_alias.h"
#include "words/fields.h"

#define GONE_NAMED 5 /* of those who are in a list no more */

/* --- what was found ------------------------------------------------------------------------------------------------------------------- */

static void say_form(const struct people *people, const struct tongue *t, struct strbuf *out) {
	if (people->sheets > 1) {
		words_fill_number(out, tongue_get_n(t, "{n} sheet", "{n} sheets", (long)people->sheets), (int64_t)people->sheets);
		return;
	}
	if (people->sheet != NULL) {
		words_fill_one(out, tongue_get_in(t, "an import", "sheet \"{sheet}\""), "sheet", people->sheet);
		return;
	}
	const char *pattern = people->delimiter == ';'    ? tongue_get_in(t, "an import", "{encoding}, separated by semicolons")
			      : people->delimiter == '\t' ? tongue_get_in(t, "an import", "{encoding}, separated by tabs")
							  : tongue_get_in(t, "an import", "{encoding}, separated by commas");
	words_fill_one(out, pattern, "encoding", people->encoding);
}

/* The columns of one kind, in quotation marks, after `pattern`; nothing when there are none. */
static void say_others(const struct people *people, bool unused, const char *pattern, const struct tongue *t, struct strbuf *out) {
	struct strbuf others = {0};
	for (size_t i = 0; i < people->column_count; i++) {
		const struct people_column *c = &people->columns[i];
		if (unused ? c->unused && !c->id : !c->unused && (c->target == NULL || c->second)) {
			strbuf_adds(&others, others.len != 0 ? ", " : "");
			words_fill_one(&others, tongue_get_in(t, "an import", "\"{header}\""), "header", c->header);
		}
	}
	if (others.len != 0) {
		strbuf_adds(out, "; ");
		words_fill_one(out, pattern, "columns", strbuf_str(&others));
	}
	strbuf_fini(&others);
}

static void say_columns(const struct people *people, const struct tongue *t, struct strbuf *out) {
	const char *before = "; ";
	for (size_t i = 0; i < people->column_count; i++) {
		const struct people_column *c = &people->columns[i];
		if (c->id) {
			strbuf_adds(out, before);
			words_fill_one(out, tongue_get_in(t, "an import", "\"{header}\" says who a row is"), "header", c->header);
			before = ", ";
		} else if (c->sheet && c->target != NULL) {
			strbuf_adds(out, before);
			words_fill_one(out, tongue_get_in(t, "an import", "the sheet's name is {field}"), "field",
				       words_field(t, c->target));
			before = ", ";
		} else if (c->target != NULL) {
			const struct word_value values[] = {{"header", c->header}, {"field", words_field(t, c->target)}};
			strbuf_adds(out, before);
			words_fill(out, tongue_get_in(t, "an import", "\"{header}\" is {field}"), values, COUNT_OF(values));
			before = ", ";
		}
	}
	say_others(people, false, tongue_get_in(t, "an import", "kept as they are (--map FIELD=HEADER says what one is): {columns}"), t,
		   out);
	say_others(people, true, tongue_get_in(t, "an import", "not used: {columns}"), t, out);
}

void import_say_sheets(const struct people *people, const struct tongue *tongue, struct strbuf *out) {
	struct strbuf names = {0};
	if (people->alike_count != 0) {
		size_t all = people->alike_count + 1;
		struct str_number n = str_number((int64_t)all);
		fault_say_names(people->alike, tongue, &names);
		const struct word_value values[] = {{"n", n.text}, {"list", strbuf_str(&names)}};
		words_fill(out,
			   tongue_get_n(tongue, "{n} sheet looks alike; one was read, not {list}: --sheet all takes them together",
					"{n} sheets look alike; one was read, not {list}: --sheet all takes them together", (long)all),
			   values, COUNT_OF(values));
	}
	if (!str_empty(people->unread)) {
		strbuf_adds(out, out->len != 0 ? "; " : "");
		strbuf_reset(&names);
		fault_say_names(people->unread, tongue, &names);
		words_fill_one(out, tongue_get_in(tongue, "an import", "sheets that were not read: {list}"), "list", strbuf_str(&names));
	}
	strbuf_fini(&names);
}

void import_say_found(const struct people *people, const struct tongue *tongue, struct strbuf *out) {
	say_form(people, tongue, out);
	strbuf_adds(out, ", ");
	words_fill_one(out, tongue_get_in(tongue, "an import", "headers in line {line}"), "line",
		       str_number((int64_t)people->header_line).text);
	say_columns(people, tongue, out);
}

void import_say_more(const struct fault_list *bad, const struct tongue *tongue, struct strbuf *out) {
	size_t more = bad->total - bad->count;
	if (more != 0) {
		words_fill_number(out, tongue_get_in(tongue, "an import", "and {n} more like these"), (int64_t)more);
	}
}

/* --- what was done -------------------------------------------------------------------------------------------------------------------- */

static void say_dry_run(bool dry_run, const struct tongue *t, struct strbuf *out) {
	if (dry_run) {
		strbuf_addf(out, "%s: ", tongue_get_in(t, "an import", "dry run, nothing was written"));
	}
}

static void say_changed(size_t changed, size_t unchanged, bool dry_run, const struct tongue *t, struct strbuf *out) {
	const char *pattern =
		dry_run ? tongue_get_in(t, "an import", "{n} would be changed") : tongue_get_in(t, "an import", "{n} changed");
	strbuf_adds(out, ", ");
	words_fill_number(out, pattern, (int64_t)changed);
	strbuf_adds(out, ", ");
	words_fill_number(out, tongue_get_in(t, "an import", "{n} unchanged"), (int64_t)unchanged);
}

/* What there is none of goes unsaid. */
static void say_some(size_t n, const char *pattern, struct strbuf *out) {
	if (n != 0) {
		strbuf_adds(out, ", ");
		words_fill_number(out, pattern, (int64_t)n);
	}
}

static void say_registration(enum registration registration, size_t n, const struct tongue *t, struct strbuf *out) {
	const char *pattern;
	switch (registration) {
	case REGISTRATION_CANCELLED: pattern = tongue_get_in(t, "registrations", "{n} cancelled"); break;
	case REGISTRATION_DECLINED: pattern = tongue_get_in(t, "registrations", "{n} declined"); break;
	case REGISTRATION_WAITING: pattern = tongue_get_in(t, "registrations", "{n} waiting"); break;
	case REGISTRATION_PENDING: pattern = tongue_get_in(t, "registrations", "{n} pending"); break;
	default: return;
	}
	words_fill_number(out, pattern, (int64_t)n);
}

void import_say_refused(const struct people_applied *done, const struct tongue *tongue, struct strbuf *out) {
	struct strbuf why = {0};
	size_t all = 0;
	for (int i = REGISTRATION_COUNT - 1; i >= 0; i--) {
		if (done->registrations[i] != 0 && !registration_admits((enum registration)i)) {
			strbuf_adds(&why, all != 0 ? ", " : "");
			say_registration((enum registration)i, done->registrations[i], tongue, &why);
			all += done->registrations[i];
		}
	}
	struct str_number n = str_number((int64_t)all);
	const struct word_value values[] = {{"n", n.text}, {"why", strbuf_str(&why)}};
	if (all != 0) {
		words_fill(out, tongue_get_n(tongue, "{n} person is not let in: {why}", "{n} people are not let in: {why}", (long)all),
			   values, COUNT_OF(values));
	}
	strbuf_fini(&why);
}

void import_say_confirmed(const struct people_applied *done, const struct tongue *tongue, struct strbuf *out) {
	if (done->confirmed != 0) {
		words_fill_number(out,
				  tongue_get_n(tongue, "{n} person whom somebody confirmed by hand stays confirmed",
					       "{n} people whom somebody confirmed by hand stay confirmed", (long)done->confirmed),
				  (int64_t)done->confirmed);
	}
}

static const char *added_pattern(size_t n, bool dry_run, const struct tongue *t) {
	return dry_run ? tongue_get_n(t, "{n} person would be added", "{n} people would be added", (long)n)
		       : tongue_get_n(t, "{n} person added", "{n} people added", (long)n);
}

static const char *joined_pattern(size_t n, bool dry_run, const struct tongue *t) {
	return dry_run ? tongue_get_n(t, "{n} would be joined with who is there", "{n} would be joined with who are there", (long)n)
		       : tongue_get_n(t, "{n} joined with who was there", "{n} joined with who were there", (long)n);
}

static const char *bad_row_pattern(size_t n, bool dry_run, const struct tongue *t) {
	return dry_run ? tongue_get_n(t, "{n} bad row would be left out", "{n} bad rows would be left out", (long)n)
		       : tongue_get_n(t, "{n} bad row left out", "{n} bad rows left out", (long)n);
}

static const char *bad_entry_pattern(size_t n, bool dry_run, const struct tongue *t) {
	return dry_run ? tongue_get_n(t, "{n} bad entry would be left out", "{n} bad entries would be left out", (long)n)
		       : tongue_get_n(t, "{n} bad entry left out", "{n} bad entries left out", (long)n);
}

static const char *cell_pattern(size_t n, const struct tongue *t) {
	return tongue_get_n(t, "{n} cell to look at", "{n} cells to look at", (long)n);
}

void import_say_people(const struct people_applied *done, bool dry_run, const struct tongue *tongue, struct strbuf *out) {
	say_dry_run(dry_run, tongue, out);
	words_fill_number(out, tongue_get_n(tongue, "{n} row", "{n} rows", (long)done->rows), (int64_t)done->rows);
	strbuf_adds(out, ": ");
	words_fill_number(out, added_pattern(done->added, dry_run, tongue), (int64_t)done->added);
	say_changed(done->changed, done->unchanged, dry_run, tongue, out);
	say_some(done->repeated, tongue_get_n(tongue, "{n} repeated row", "{n} repeated rows", (long)done->repeated), out);
	say_some(done->joined, joined_pattern(done->joined, dry_run, tongue), out);
	say_some(done->bad, bad_row_pattern(done->bad, dry_run, tongue), out);
	say_some(done->notes, cell_pattern(done->notes, tongue), out);
}

/* "A, B and C", or the first few of more. */
static void say_gone_names(const struct people_gone *gone, bool all, const struct tongue *t, struct strbuf *out) {
	size_t joined = all && gone->count > 1 ? gone->count - 1 : gone->count;
	for (size_t i = 0; i < joined && i < GONE_NAMED; i++) {
		strbuf_addf(out, "%s%s", i > 0 ? ", " : "", gone->items[i].name);
	}
	if (joined != gone->count && all) {
		char *list = strbuf_detach(out);
		const struct word_value values[] = {{"list", list}, {"last", gone->items[joined].name}};
		words_fill(out, tongue_get_in(t, "a list", "{list} and {last}"), values, COUNT_OF(values));
		free(list);
	}
}

void import_say_gone(const struct people_applied *done, const struct tongue *tongue, struct strbuf *out) {
	const struct people_gone *gone = &done->gone;
	struct str_number n = str_number((int64_t)gone->total);
	struct strbuf names = {0};
	bool all = gone->total <= GONE_NAMED;
	if (gone->total == 0) {
		return;
	}
	say_gone_names(gone, all, tongue, &names);
	const struct word_value values[] = {{"n", n.text}, {"names", strbuf_str(&names)}};
	const char *listed = tongue_get_n(tongue, "{n} person of this list is no longer in it: {names}",
					  "{n} persons of this list are no longer in it: {names}", (long)gone->total);
	const char *begun = tongue_get_n(tongue, "{n} person of this list is no longer in it; the first of them: {names}",
					 "{n} persons of this list are no longer in it; the first of them: {names}", (long)gone->total);
	words_fill(out, all ? listed : begun, values, COUNT_OF(values));
	if (done->bad != 0) {
		strbuf_adds(out, tongue_get_in(tongue, "an import", " (perhaps only their row was left out)"));
	}
	strbuf_adds(out, tongue_get_in(tongue, "an import", ". An import removes nobody: turnout person EVENT remove PERSON"));
	strbuf_fini(&names);
}

void import_say_doubt(const struct people_doubt *doubt, const struct tongue *tongue, struct strbuf *out) {
	struct fault fault = {.kind = FAULT_LOOKS_LIKE, .at.line = doubt->line, .value = doubt->name, .other = doubt->like};
	fault_say(&fault, tongue, out);
	strbuf_addf(out, " (%s, %s)", doubt->id, doubt->like_id);
}

/* True before and after, at the first import and at the next, until somebody says who they are. */
void import_say_doubts(const struct people_doubts *doubts, const struct tongue *tongue, struct strbuf *out) {
	if (doubts->count == 0) {
		return;
	}
	words_fill_number(out,
			  tongue_get_n(tongue, "{n} row looks like somebody who is there already, and counts as somebody else",
				       "{n} rows look like people who are there already, and count as others", (long)doubts->count),
			  (int64_t)doubts->count);
	strbuf_adds(out, tongue_get_in(tongue, "an import",
				       ". Import with --same if they are the same, with --new if they are others, or settle one by one "
				       "afterwards: turnout person EVENT join ID ID"));
}

void import_say_agenda(const struct agenda_applied *done, bool dry_run, const struct tongue *tongue, struct strbuf *out) {
	const char *added =
		dry_run ? tongue_get_in(tongue, "an import", "{n} would be added") : tongue_get_in(tongue, "an import", "{n} added");
	const char *cancelled = dry_run ? tongue_get_in(tongue, "an import", "{n} would be cancelled")
					: tongue_get_in(tongue, "an import", "{n} cancelled");
	const char *titled = dry_run ? tongue_get_in(tongue, "an import", "the event would take its title")
				     : tongue_get_in(tongue, "an import", "the event took its title");
	say_dry_run(dry_run, tongue, out);
	words_fill_number(out, tongue_get_n(tongue, "{n} session", "{n} sessions", (long)done->sessions), (int64_t)done->sessions);
	strbuf_adds(out, ": ");
	words_fill_number(out, added, (int64_t)done->added);
	say_changed(done->changed, done->unchanged, dry_run, tongue, out);
	strbuf_adds(out, ", ");
	words_fill_number(out, cancelled, (int64_t)done->cancelled);
	say_some(done->left_out, bad_entry_pattern(done->left_out, dry_run, tongue), out);
	say_some(done->cells, cell_pattern(done->cells, tongue), out);
	if (done->titled) {
		strbuf_addf(out, "; %s", titled);
	}
}

static const char *kept_pattern(size_t n, bool dry_run, const struct tongue *t) {
	return dry_run ? tongue_get_n(
				 t, "{n} session that the file does not have would not be cancelled: it may be among the entries left out",
				 "{n} sessions that the file does not have would not be cancelled: they may be among the entries left out",
				 (long)n)
		       : tongue_get_n(t, "{n} session that the file does not have was not cancelled: it may be among the entries left out",
				      "{n} sessions that the file does not have were not cancelled: they may be among the entries left out",
				      (long)n);
}

void import_say_kept(const struct agenda_applied *done, bool dry_run, const struct tongue *tongue, struct strbuf *out) {
	if (done->kept != 0) {
		words_fill_number(out, kept_pattern(done->kept, dry_run, tongue), (int64_t)done->kept);
	}
}

/* "10:00", and the date before it where it is another one there than here. */
static void add_clock(const char *time, bool dated, struct strbuf *out) {
	strbuf_addf(out, "%.*s%s%.5s", dated ? 10 : 0, time, dated ? " " : "", time + strlen("2026-05-14T"));
}

static void say_zone_of(const struct session *s, size_t count, const struct tongue *tongue, struct strbuf *out) {
	char there[TZ_TEXT_MAX], here[TZ_TEXT_MAX];
	struct strbuf time = {0}, place = {0};
	struct str_number n = str_number((int64_t)count);
	tz_format_offset(s->when.start, s->when.offset_min, there);
	tz_format_offset(s->when.start, s->when.place_offset_min, here);
	bool dated = strncmp(there, here, 10) != 0;
	add_clock(there, dated, &time);
	add_clock(here, dated, &place);
	const struct word_value values[] = {{"n", n.text},
					    {"time", strbuf_str(&time)},
					    {"offset", there + strlen("2026-05-14T10:30:00")},
					    {"title", session_text(s, SESSION_TITLE)},
					    {"here", strbuf_str(&place)}};
	words_fill(out,
		   tongue_get_n(tongue, "{n} session is written in another time zone: {time} {offset} of \"{title}\" is {here} here",
				"{n} sessions are written in another time zone: {time} {offset} of \"{title}\" is {here} here",
				(long)count),
		   values, COUNT_OF(values));
	strbuf_fini(&time);
	strbuf_fini(&place);
}

void import_say_zones(const struct agenda *agenda, const struct tongue *tongue, struct strbuf *out) {
	const struct session *first = NULL;
	size_t count = 0;
	for (size_t i = 0; i < agenda->count; i++) {
		const struct session *s = &agenda->items[i];
		bool other = s->when.offset_min != s->when.place_offset_min;
		first = first == NULL && other ? s : first;
		count += other;
	}
	if (first != NULL) {
		say_zone_of(first, count, tongue, out);
	}
}

void import_say_unused(const struct agenda_report *report, const struct tongue *tongue, struct strbuf *out) {
	struct strbuf names = {0};
	fault_say_names(strbuf_str(&report->unused), tongue, &names);
	if (names.len != 0) {
		words_fill_one(out,
			       tongue_get_in(tongue, "an import",
					     "columns that were not understood: {columns} (--map FIELD=HEADER says what one is)"),
			       "columns", strbuf_str(&names));
	}
	strbuf_fini(&names);
}

void import_say_passed_over(size_t entries, const struct tongue *tongue, struct strbuf *out) {
	if (entries != 0) {
		words_fill_number(out,
				  tongue_get_n(tongue, "{n} entry for whole days passed over", "{n} entries for whole days passed over",
					       (long)entries),
				  entries);
	}
}
