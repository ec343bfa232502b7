#include "import/people_columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/alias.h"
#include "import/fault.h"
#include "import/people_content.h"
#include "import/people_export.h"
#include "import/people_header.h"

#define HEADER_MAX 1000 /* bytes of a header as a column's name; longer ones are cut */
#define LOOK_ROWS 100   /* the header stands in the first so many */

struct found { /* what the aliases see in one row */
	bool name, email;
	int fields;
};

void people_layout_fini(struct people_layout *layout) {
	for (size_t i = 0; layout->name != NULL && i < layout->width; i++) {
		free(layout->name[i]);
	}
	free(layout->name);
	free(layout->target);
	free(layout->rank);
	free(layout->second);
	free(layout->statuses);
	*layout = (struct people_layout){0};
}

static struct found look_at(const struct table *t, size_t row, const struct people_headers *headers) {
	struct found found = {0};
	bool seen[PEOPLE_TARGET_COUNT] = {false};
	for (size_t c = 0; c < t->rows[row].count; c++) {
		int target = people_header_find(headers, table_cell(t, row, c), NULL);
		if (target >= 0 && !seen[target]) {
			seen[target] = true;
			found.fields++;
		}
	}
	found.name = seen[PERSON_NAME] || seen[PEOPLE_FAMILY] || seen[PEOPLE_GIVEN];
	found.email = seen[PERSON_EMAIL];
	return found;
}

static bool has_header(const struct table *t, size_t row, const char *header) {
	char *wanted = alias_fold(header);
	bool found = false;
	for (size_t c = 0; c < t->rows[row].count && !found; c++) {
		char *here = alias_fold(table_cell(t, row, c));
		found = *here != '\0' && str_eq(here, wanted);
		free(here);
	}
	free(wanted);
	return found;
}

static bool has_all_maps(const struct table *t, size_t row, const struct people_options *opt) {
	for (size_t m = 0; m < opt->map_count; m++) {
		if (!has_header(t, row, opt->maps[m].header)) {
			return false;
		}
	}
	return opt->map_count > 0;
}

/* Zoom's webinar report: a line "Attendee Details", then that section's header. The section goes on to the next such title. */
static bool find_section(const struct table *t, struct people_layout *out) {
	for (size_t row = 0; row + 1 < t->count; row++) {
		if (t->rows[row].count == 1 && str_eq_nocase(table_cell(t, row, 0), "Attendee Details")) {
			out->header = row + 1;
			out->end = row + 2;
			while (out->end < t->count &&
			       !(t->rows[out->end].count == 1 && str_ends_nocase(table_cell(t, out->end, 0), " Details"))) {
				out->end++;
			}
			return true;
		}
	}
	return false;
}

/* Lists have titles and notes above the header: it is the first row with a name and something else that is known, or with all headers that
 * the caller named. Only where there is none is a row with a name alone taken, or the first row. */
static void find_header(const struct table *t, const struct people_options *opt, const struct people_headers *headers,
			struct people_layout *out) {
	size_t named = SIZE_MAX; /* the first row with a name and nothing else */
	out->header = SIZE_MAX;
	out->end = t->count;
	if (find_section(t, out)) {
		return;
	}
	for (size_t row = 0; row < t->count && row < LOOK_ROWS && out->header == SIZE_MAX; row++) {
		struct found found = look_at(t, row, headers);
		if ((found.name && (found.email || found.fields >= 2)) || has_all_maps(t, row, opt)) {
			out->header = row;
		}
		named = found.name && named == SIZE_MAX ? row : named;
	}
	if (out->header == SIZE_MAX) {
		out->header = named != SIZE_MAX ? named : 0;
	}
}

/* Custom columns are kept under their header: two with one header get told apart. */
static void name_columns(const struct table *t, struct people_layout *out) {
	struct mapstr seen = {0};
	out->name = xcalloc(out->width, sizeof *out->name);
	for (size_t c = 0; c < out->width; c++) {
		char header[HEADER_MAX + 1];
		str_copy(header, sizeof header, table_cell(t, out->header, c));
		char *name = *header != '\0' ? xstrdup(header) : xasprintf("Column %zu", c + 1);
		bool made = false;
		int64_t *times = mapstr_place(&seen, name, &made);
		for (int64_t k = ++*times; k > 1 && !made; k++) {
			free(name);
			name = *header != '\0' ? xasprintf("%s (%lld)", header, (long long)k)
					       : xasprintf("Column %zu (%lld)", c + 1, (long long)k);
			mapstr_place(&seen, name, &made);
		}
		out->name[c] = name;
	}
	mapstr_fini(&seen);
}

/* The column with that header (first one), or -1. */
static int find_column(const struct people_layout *layout, const char *header) {
	char *wanted = alias_fold(header);
	int column = -1;
	for (size_t c = 0; c < layout->width && column < 0 && *wanted != '\0'; c++) {
		char *here = alias_fold(layout->name[c]);
		column = str_eq(here, wanted) ? (int)c : -1;
		free(here);
	}
	free(wanted);
	return column;
}

static bool no_column(const struct people_layout *layout, struct fault *fault, struct err *err) {
	struct strbuf names = {0};
	for (size_t c = 0; c < layout->width; c++) {
		fault_add_name(&names, layout->name[c]);
	}
	fault->other = strbuf_str(&names);
	fault_fail(err, fault);
	strbuf_fini(&names);
	return false;
}

static bool apply_maps(const struct table *t, const struct people_options *opt, struct people_layout *out, struct err *err) {
	bool mapped[500] = {false};
	_Static_assert(TABLE_COLUMNS_MAX <= COUNT_OF(mapped), "a place for every column");
	for (size_t m = 0; m < opt->map_count; m++) {
		int target = people_target_find(opt->maps[m].field);
		if (target == PEOPLE_TARGET_COUNT) {
			return fault_fail(err, &(struct fault){.kind = FAULT_FIELD_UNKNOWN, .value = opt->maps[m].field});
		}
		int column = find_column(out, opt->maps[m].header);
		if (column < 0) {
			struct fault fault = {.kind = FAULT_NO_COLUMN, .at.line = t->rows[out->header].line, .value = opt->maps[m].header};
			return no_column(out, &fault, err);
		}
		if (mapped[column]) {
			return fault_fail(err, &(struct fault){.kind = FAULT_MAPPED_TWICE, .value = out->name[column]});
		}
		for (size_t c = 0; c < out->width; c++) {
			out->target[c] = out->target[c] == target && !mapped[c] ? PEOPLE_OTHER : out->target[c];
		}
		out->target[column] = target;
		/* The highest rank there is (alias.c packs it into three bits): what the caller names goes before any alias. */
		out->rank[column] = 7;
		mapped[column] = true;
	}
	return true;
}

/* A state is a region where no column is surely one. */
static void settle_regions(struct people_layout *out) {
	bool sure = false;
	for (size_t c = 0; c < out->width; c++) {
		sure = sure || (out->target[c] == PERSON_REGION && out->rank[c] > 0);
	}
	for (size_t c = 0; c < out->width && sure; c++) {
		out->target[c] = out->target[c] == PERSON_REGION && out->rank[c] == 0 ? PEOPLE_OTHER : out->target[c];
	}
}

/* Of the columns that mean one field the first of the highest rank is the field's own. */
static void find_seconds(struct people_layout *out) {
	int own[PEOPLE_TARGET_COUNT];
	for (int i = 0; i < PEOPLE_TARGET_COUNT; i++) {
		own[i] = -1;
	}
	for (size_t c = 0; c < out->width; c++) {
		int target = out->target[c];
		if (target != PEOPLE_OTHER && (own[target] < 0 || out->rank[c] > out->rank[own[target]])) {
			own[target] = (int)c;
		}
	}
	for (size_t c = 0; c < out->width; c++) {
		int target = out->target[c];
		bool field = target > PERSON_NAME && target < PERSON_FIELD_COUNT && target != PERSON_REGISTRATION;
		out->second[c] = field && own[target] != (int)c;
	}
}

static bool find_sheet_field(const struct table *t, const struct people_options *opt, struct people_layout *out, struct err *err) {
	out->sheet_field = -1;
	if (opt->sheet_field == NULL) {
		return true;
	}
	int field = person_field_find(opt->sheet_field);
	if (field == PERSON_FIELD_COUNT || field == PERSON_NAME || field == PERSON_CODE) {
		return fault_fail(err, &(struct fault){.kind = FAULT_FIELD_UNKNOWN, .value = opt->sheet_field});
	}
	out->sheet_field = field;
	return t->sheet != NULL || fault_fail(err, &(struct fault){.kind = FAULT_NO_SHEETS});
}

static bool check_layout(const struct table *t, const struct people_options *opt, struct people_layout *out, struct err *err) {
	size_t others = 0;
	bool name = false;
	for (size_t c = 0; c < out->width; c++) {
		others += out->target[c] == PEOPLE_OTHER || out->second[c];
		name = name || out->target[c] == PERSON_NAME || out->target[c] == PEOPLE_FAMILY || out->target[c] == PEOPLE_GIVEN;
	}
	size_t line = t->rows[out->header].line;
	if (!name) {
		return no_column(out, &(struct fault){.kind = FAULT_NO_NAMES, .at.line = line}, err);
	}
	if (others > PERSON_CUSTOM_MAX) {
		return fault_fail(err, &(struct fault){.kind = FAULT_OTHERS_MANY, .at.line = line, .number = PERSON_CUSTOM_MAX});
	}
	out->key = opt->key ? find_column(out, opt->key) : -1;
	if (opt->key != NULL && out->key < 0) {
		return no_column(out, &(struct fault){.kind = FAULT_NO_COLUMN, .at.line = line, .value = opt->key}, err);
	}
	if (out->key >= 0 && out->target[out->key] == PEOPLE_NUMBER) {
		out->target[out->key] = PEOPLE_OTHER; /* it is more than the row's number */
	}
	return true;
}

bool people_layout_find(const struct table *t, const struct people_options *opt, struct people_layout *out, struct err *err) {
	struct people_headers *headers = people_headers_open();
	*out = (struct people_layout){.applicants = opt->applicants};
	find_header(t, opt, headers, out);
	out->first = out->header + 1;
	out->unheaded = table_unheaded(t, out->header, out->end);
	for (size_t row = out->header; row < out->end; row++) {
		bool counts = t->rows[row].count > out->width && table_beyond(t, row, out->header, out->unheaded) == NULL;
		out->width = counts ? t->rows[row].count : out->width;
	}
	name_columns(t, out);
	out->target = xcalloc(out->width, sizeof *out->target);
	out->rank = xcalloc(out->width, sizeof *out->rank);
	out->second = xcalloc(out->width, sizeof *out->second);
	out->statuses = xcalloc(out->width, sizeof *out->statuses);
	for (size_t c = 0; c < out->width; c++) {
		out->target[c] = people_header_find(headers, table_cell(t, out->header, c), &out->rank[c]);
	}
	people_headers_close(headers);
	bool ours = people_export_find(t, out);
	bool ok = apply_maps(t, opt, out, err) && find_sheet_field(t, opt, out, err);
	if (ok) {
		if (!ours) {
			people_content_judge(t, out);
			settle_regions(out);
		}
		find_seconds(out);
		ok = check_layout(t, opt, out, err);
	}
	if (!ok) {
		people_layout_fini(out);
	}
	return ok;
}
