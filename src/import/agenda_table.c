#include "import/agenda_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/yes_no.h"
#include "import/agenda_build.h"
#include "import/agenda_row.h"
#include "import/agenda_when.h"
#include "import/alias.h"
#include "import/seats_text.h"

/* The only text of a row, in whatever column; NULL: there are several. */
static const char *only_cell(const struct agenda_row *r) {
	const struct table_row *row = &r->t->rows[r->row];
	const char *only = NULL;
	for (size_t c = 0; c < row->count; c++) {
		const char *cell = r->t->cells[row->first + c];
		if (*cell != '\0' && only != NULL) {
			return NULL;
		}
		only = *cell != '\0' ? cell : only;
	}
	return only;
}

/* A row of nothing but a day's title. */
static enum agenda_date read_day_row(struct agenda_row *r) {
	const char *only = only_cell(r);
	return only != NULL ? agenda_dates_take_title(&r->dates, only) : AGENDA_DATE_WRONG;
}

/* Tables of several days often have the header again for each. */
static bool begins_with(const char *text, const char *const *words, size_t n) {
	bool hit = false;
	if (*text == '\0') {
		return false;
	}
	char *here = alias_fold(text);
	for (size_t i = 0; i < n && !hit; i++) {
		char *word = alias_fold(words[i]);
		hit = str_starts(here, word);
		free(word);
	}
	free(here);
	return hit;
}

static bool is_cancelled(const char *status) {
	static const char *const words[] = {"cancel", "скасован", "відмінен", "отменен", "отменён", "withdrawn", "rejected"};
	return begins_with(status, words, COUNT_OF(words));
}

/* A column of yes and no. */
static bool set_flag(const struct agenda_row *r, struct session *s, enum session_field field, struct err *err) {
	enum yes_no said = yes_no_read(r->value[field]);
	session_set(s, field, said == YES_NO_NEITHER ? NULL : said == YES_NO_YES ? "yes" : "no");
	return *r->value[field] == '\0' || said != YES_NO_NEITHER || agenda_row_without(r, (int)field, FAULT_NO_YES_OR_NO, err);
}

/* What a session can do without: the seats, whether who comes late is quiet, and whether it has a list. */
static bool set_rest(const struct agenda_row *r, struct session *s, struct err *err) {
	if (!seats_text_read(r->value[TO_CAPACITY], &s->when.capacity) && !agenda_row_without(r, TO_CAPACITY, FAULT_NO_SEATS, err)) {
		return false;
	}
	return set_flag(r, s, SESSION_QUIET, err) && set_flag(r, s, SESSION_LISTED, err);
}

static bool read_session(struct agenda_row *r, struct err *err) {
	struct session *s = agenda_new(r->out, err);
	if (s == NULL || !agenda_when_read(r, &s->when, err)) {
		return false;
	}
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		agenda_set_text(s, (enum session_field)i, r->value[i]);
	}
	agenda_set_room(s, r->value[TO_ROOM]);
	s->cancelled = is_cancelled(r->value[TO_STATUS]);
	agenda_set_uid(s, r->value[TO_UID]);
	return set_rest(r, s, err);
}

static bool read_row(struct agenda_row *r, struct err *err) {
	agenda_row_collect(r);
	enum agenda_date title = read_day_row(r);
	if (title == AGENDA_DATE_NO_YEAR) {
		return fault_fail(err,
				  &(struct fault){.kind = FAULT_DATE_NO_YEAR, .at.line = r->t->rows[r->row].line, .value = only_cell(r)});
	}
	if (title == AGENDA_DATE_READ || table_same_row(r->t, r->row, r->t, r->cols.header)) {
		return true;
	}
	if (yes_no_read(r->value[TO_ALL_DAY]) == YES_NO_YES) {
		r->out->passed_over++;
		return true;
	}
	const char *beyond = table_beyond(r->t, r->row, r->cols.header, r->cols.unheaded);
	if (beyond != NULL && (*r->value[SESSION_TITLE] != '\0' || *r->value[TO_START] != '\0')) {
		struct fault fault = {.kind = FAULT_BEYOND_HEADERS, .at.line = r->t->rows[r->row].line, .value = beyond};
		return fault_fail(err, &fault);
	}
	if (*r->value[SESSION_TITLE] == '\0') {
		/* Notes beside the table are passed over; a time without a title is a mistake. */
		return *r->value[TO_START] == '\0' || agenda_row_fail(r, FAULT_START_NO_TITLE, err);
	}
	return read_session(r, err);
}

static bool try_row(struct agenda_row *r, struct err *err) {
	struct agenda_attempt attempt;
	agenda_attempt_begin(&attempt, r->out);
	return read_row(r, &attempt.err) || agenda_attempt_failed(&attempt, r->opt, NULL, err);
}

bool agenda_from_table(const struct table *t, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		       struct err *err) {
	struct agenda_row *r = xcalloc(1, sizeof *r);
	*r = (struct agenda_row){.t = t, .zone = zone, .opt = opt, .out = out};
	bool ok = agenda_columns_find(t, opt, &r->cols, err);
	if (ok) {
		agenda_dates_decide(&r->dates, t, &r->cols, opt);
		if (r->cols.unheaded != 0 && opt->report != NULL) {
			struct fault wider = table_wider(t, r->cols.header);
			fault_list_add(&opt->report->notes, &wider);
		}
	}
	/* The first day's title may stand above the header. */
	for (r->row = 0; ok && r->row < r->cols.header; r->row++) {
		(void)read_day_row(r);
	}
	for (r->row = r->cols.header + 1; ok && r->row < t->count; r->row++) {
		ok = try_row(r, err);
	}
	agenda_row_fini(r);
	free(r);
	return ok;
}
