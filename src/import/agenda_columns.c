#include "import/agenda_columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/agenda_alias.h"
#include "import/cell_zone.h"
#include "import/fault.h"
#include "import/time_text.h"

#define LOOK_ROWS 50 /* the header stands in the first so many */

/* ---- one header ---- */

/* What parts the ways in which a header names one thing. */
static const char *const SEPARATORS[] = {"/", "|", ";", "(", ")", "[", "]", "\n", " або ", " чи ", " или ", " or ", " – ", " — ", " - "};

static size_t next_separator(const char *text, size_t *length) {
	size_t first = strlen(text);
	*length = 0;
	for (size_t i = 0; i < COUNT_OF(SEPARATORS); i++) {
		const char *at = strstr(text, SEPARATORS[i]);
		if (at != NULL && (size_t)(at - text) < first) {
			first = (size_t)(at - text);
			*length = strlen(SEPARATORS[i]);
		}
	}
	return first;
}

/* "Speaker 2": the number of a repeated column does not matter. */
static int find_numbered(const struct mapstr *aliases, const char *header) {
	size_t n = strlen(header);
	while (n > 0 && (str_is_digit(header[n - 1]) || header[n - 1] == ' ')) {
		n--;
	}
	if (n == 0 || header[n] == '\0') {
		return -1;
	}
	char *head = xstrndup(header, n);
	int target = alias_find(aliases, head, NULL);
	free(head);
	return target == SESSION_SPEAKERS ? target : -1;
}

static int find_target(const struct mapstr *aliases, const char *header, int *rank) {
	int target = alias_find(aliases, header, rank);
	target = target < 0 ? find_numbered(aliases, header) : target;
	for (const char *at = header; target < 0 && *at != '\0';) {
		size_t length;
		size_t n = next_separator(at, &length);
		char *part = xstrndup(at, n);
		target = alias_find(aliases, part, rank);
		free(part);
		at += n + length;
	}
	return target;
}

/* ---- the table ---- */

/* Titles and notes may stand above the header: it is the first row that names a title and a time, or all headers that the caller named. */
static bool find_header(const struct table *t, const struct mapstr *aliases, const struct agenda_options *opt, struct agenda_columns *out) {
	for (size_t row = 0; row < t->count && row < LOOK_ROWS; row++) {
		bool title = false;
		bool when = false;
		size_t mapped = 0;
		for (size_t c = 0; c < t->rows[row].count; c++) {
			const char *cell = table_cell(t, row, c);
			int rank = 1;
			int target = find_target(aliases, cell, &rank);
			title = title || target == SESSION_TITLE || (target == SESSION_TRACK && rank == 0);
			when = when || target == TO_START || target == TO_DATE;
			for (size_t m = 0; m < opt->map_count; m++) {
				mapped += str_eq_nocase(opt->maps[m].header, cell);
			}
		}
		if ((title && when) || (opt->map_count != 0 && mapped >= opt->map_count)) {
			out->header = row;
			return true;
		}
	}
	return false;
}

static bool no_column(const struct table *t, const struct agenda_columns *cols, const struct fault *what, struct err *err) {
	struct strbuf names = {0};
	struct fault fault = *what;
	for (size_t c = 0; c < t->rows[cols->header].count; c++) {
		fault_add_name(&names, table_cell(t, cols->header, c));
	}
	fault.at.line = t->rows[cols->header].line;
	fault.other = strbuf_str(&names);
	fault_fail(err, &fault);
	strbuf_fini(&names);
	return false;
}

static bool apply_maps(const struct table *t, const struct agenda_options *opt, struct agenda_columns *cols, struct err *err) {
	for (size_t m = 0; m < opt->map_count; m++) {
		int target = agenda_target_find(opt->maps[m].field);
		if (target < 0) {
			return fault_fail(err, &(struct fault){.kind = FAULT_SESSION_FIELD_UNKNOWN, .value = opt->maps[m].field});
		}
		char *wanted = alias_fold(opt->maps[m].header);
		size_t found = SIZE_MAX;
		for (size_t c = 0; c < cols->width; c++) {
			char *here = alias_fold(table_cell(t, cols->header, c));
			found = found == SIZE_MAX && *wanted != '\0' && str_eq(here, wanted) ? c : found;
			/* The named column is the only one for its field. */
			cols->target[c] = cols->target[c] == target ? -1 : cols->target[c];
			free(here);
		}
		free(wanted);
		if (found == SIZE_MAX) {
			return no_column(t, cols, &(struct fault){.kind = FAULT_NO_COLUMN, .value = opt->maps[m].header}, err);
		}
		cols->target[found] = target;
	}
	return true;
}

static bool has(const struct agenda_columns *cols, int target) {
	for (size_t c = 0; c < cols->width; c++) {
		if (cols->target[c] == target) {
			return true;
		}
	}
	return false;
}

static void match_headers(const struct table *t, const struct mapstr *aliases, struct agenda_columns *cols) {
	size_t stand_in = SIZE_MAX;
	cols->width = t->rows[cols->header].count;
	for (size_t c = 0; c < cols->width; c++) {
		int rank = 1;
		cols->target[c] = find_target(aliases, table_cell(t, cols->header, c), &rank);
		stand_in = stand_in == SIZE_MAX && cols->target[c] == SESSION_TRACK && rank == 0 ? c : stand_in;
	}
	if (stand_in != SIZE_MAX && !has(cols, SESSION_TITLE)) {
		cols->target[stand_in] = SESSION_TITLE;
	}
}

static void report_unused(const struct table *t, const struct agenda_columns *cols, struct agenda_report *report) {
	for (size_t c = 0; report != NULL && c < cols->width; c++) {
		const char *header = table_cell(t, cols->header, c);
		if (cols->target[c] < 0 && *header != '\0') {
			fault_add_name(&report->unused, header);
		}
	}
}

/* Whether the column of dates says the time, too, in one row at least. */
static bool dates_have_times(const struct table *t, const struct agenda_columns *cols) {
	for (size_t c = 0; c < cols->width; c++) {
		for (size_t row = cols->header + 1; cols->target[c] == TO_DATE && row < t->count; row++) {
			struct time_text read;
			char zone[CELL_ZONE_MAX];
			char *text = xstrdup(table_cell(t, row, c));
			(void)cell_zone_cut(text, zone);
			bool has = time_text_read_as(text, &(struct time_reading){.dates = true, .no_year = true}, &read) && read.has_time;
			free(text);
			if (has) {
				return true;
			}
		}
	}
	return false;
}

bool agenda_columns_find(const struct table *t, const struct agenda_options *opt, struct agenda_columns *out, struct err *err) {
	struct mapstr aliases = agenda_aliases();
	bool found = find_header(t, &aliases, opt, out);
	out->unheaded = table_unheaded(t, out->header, t->count);
	match_headers(t, &aliases, out);
	mapstr_fini(&aliases);
	if (!apply_maps(t, opt, out, err)) {
		return false;
	}
	bool title = has(out, SESSION_TITLE);
	if (!found || !title || (!has(out, TO_START) && !dates_have_times(t, out))) {
		return no_column(t, out, &(struct fault){.kind = title ? FAULT_NO_STARTS : FAULT_NO_TITLES}, err);
	}
	report_unused(t, out, opt->report);
	return true;
}
