#include "import/places_columns.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/person.h"
#include "import/alias.h"
#include "import/people_header.h"

#define LOOK_ROWS 50 /* the header stands in the first so many */

/* What a list of places says and a list of people does not, beside what both say. */
static const struct alias ALIASES[] = {
	{"Oblast", PLACE_REGION, 1},
	{"Області", PLACE_REGION, 1},
	{"Назва області", PLACE_REGION, 1},
	{"Название области", PLACE_REGION, 1},
	{"Raion", PLACE_DISTRICT, 1},
	{"Rayon", PLACE_DISTRICT, 1},
	{"Назва району", PLACE_DISTRICT, 1},
	{"Название района", PLACE_DISTRICT, 1},
	{"Community", PLACE_COMMUNITY, 1},
	{"Hromada", PLACE_COMMUNITY, 1},
	{"Назва територіальної громади", PLACE_COMMUNITY, 1},
	{"ТГ", PLACE_COMMUNITY, 1},
	{"Територіальні громади", PLACE_COMMUNITY, 1},
	{"Громади", PLACE_COMMUNITY, 1},
	{"Территориальная община", PLACE_COMMUNITY, 1},
	{"Село", PLACE_SETTLEMENT, 1},
	{"Селище", PLACE_SETTLEMENT, 1},
	{"Місто, селище, село", PLACE_SETTLEMENT, 1},
	{"Село, селище, місто", PLACE_SETTLEMENT, 1},
	{"Населені пункти", PLACE_SETTLEMENT, 1},
	{"Назва населеного пункту", PLACE_SETTLEMENT, 1},
	{"Поселок", PLACE_SETTLEMENT, 1},
	{"Название населенного пункта", PLACE_SETTLEMENT, 1},
	{"Village", PLACE_SETTLEMENT, 1},
	{"Settlement name", PLACE_SETTLEMENT, 1},
	{"Municipality", PLACE_COMMUNITY, 1},
};

static const struct {
	const char *key;
	enum person_field field;
} LEVELS[] = {
	[PLACE_REGION] = {"region", PERSON_REGION},
	[PLACE_DISTRICT] = {"district", PERSON_DISTRICT},
	[PLACE_COMMUNITY] = {"community", PERSON_COMMUNITY},
	[PLACE_SETTLEMENT] = {"settlement", PERSON_SETTLEMENT},
};
_Static_assert(COUNT_OF(LEVELS) == PLACE_COUNT, "every level has its key");

struct headers {
	struct mapstr own;
	struct people_headers *people;
};

/* PLACE_COUNT: none. */
static enum place_level find_level(const struct headers *headers, const char *header) {
	int level = alias_find(&headers->own, header, NULL);
	if (level >= 0 || *header == '\0') {
		return level >= 0 ? (enum place_level)level : PLACE_COUNT;
	}
	int field = people_header_find(headers->people, header, NULL);
	for (level = 0; level < PLACE_COUNT && (int)LEVELS[level].field != field; level++) {
	}
	return (enum place_level)level;
}

/* --- which columns ---------------------------------------------------------------------------------------------------------------------- */

/* Of two columns for one level the first is it. */
static void match_row(const struct table *t, size_t row, const struct headers *headers, size_t column[PLACE_COUNT]) {
	for (int level = 0; level < PLACE_COUNT; level++) {
		column[level] = NO_COLUMN;
	}
	for (size_t c = 0; c < t->rows[row].count; c++) {
		enum place_level level = find_level(headers, table_cell(t, row, c));
		if (level != PLACE_COUNT && column[level] == NO_COLUMN) {
			column[level] = c;
		}
	}
}

static bool names_places(const size_t column[PLACE_COUNT]) {
	return column[PLACE_COMMUNITY] != NO_COLUMN || column[PLACE_SETTLEMENT] != NO_COLUMN;
}

/* How many of the headers that the caller named stand in the row. */
static size_t count_mapped(const struct table *t, size_t row, const struct places_options *opt) {
	size_t mapped = 0;
	for (size_t m = 0; m < opt->map_count; m++) {
		char *wanted = alias_fold(opt->maps[m].header);
		bool hit = false;
		for (size_t c = 0; c < t->rows[row].count && !hit && *wanted != '\0'; c++) {
			char *here = alias_fold(table_cell(t, row, c));
			hit = str_eq(here, wanted);
			free(here);
		}
		free(wanted);
		mapped += hit;
	}
	return mapped;
}

/* Titles may stand above it, and in one of them a single word that would be a header, too: it is the row with most of them, of several the first. */
static void find_header(const struct table *t, const struct headers *headers, const struct places_options *opt,
			struct places_columns *out) {
	size_t best = 0;
	for (size_t row = 0; row < t->count && row < LOOK_ROWS; row++) {
		size_t column[PLACE_COUNT];
		size_t known = 0, mapped = count_mapped(t, row, opt);
		match_row(t, row, headers, column);
		for (int level = 0; level < PLACE_COUNT; level++) {
			known += column[level] != NO_COLUMN;
		}
		known = names_places(column) || mapped != 0 ? known + mapped * PLACE_COUNT : 0; /* who named a header means it */
		if (known > best) {
			best = known;
			out->header = row;
		}
	}
	match_row(t, out->header, headers, out->column);
}

/* Names those that there are. */
static bool no_column(const struct table *t, size_t header, const struct fault *what, struct err *err) {
	struct strbuf names = {0};
	struct fault fault = *what;
	for (size_t c = 0; c < t->rows[header].count; c++) {
		const char *cell = table_cell(t, header, c);
		if (*cell != '\0') {
			fault_add_name(&names, cell);
		}
	}
	fault.at = table_place(t, header, 0);
	fault.other = strbuf_str(&names);
	fault_fail(err, &fault);
	strbuf_fini(&names);
	return false;
}

static bool apply_map(const struct table *t, const struct column_map *map, struct places_columns *out, struct err *err) {
	int level = 0;
	while (level < PLACE_COUNT && !str_eq(LEVELS[level].key, map->field)) {
		level++;
	}
	if (level == PLACE_COUNT) {
		return fault_fail(err, &(struct fault){.kind = FAULT_PLACE_FIELD_UNKNOWN, .value = map->field});
	}
	char *wanted = alias_fold(map->header);
	size_t found = NO_COLUMN;
	for (size_t c = 0; c < t->rows[out->header].count && found == NO_COLUMN; c++) {
		char *here = alias_fold(table_cell(t, out->header, c));
		found = *wanted != '\0' && str_eq(here, wanted) ? c : NO_COLUMN;
		free(here);
	}
	free(wanted);
	for (int other = 0; other < PLACE_COUNT; other++) { /* a column that somebody named is nothing else besides */
		out->column[other] = out->column[other] == found ? NO_COLUMN : out->column[other];
	}
	out->column[level] = found;
	return found != NO_COLUMN || no_column(t, out->header, &(struct fault){.kind = FAULT_NO_COLUMN, .value = map->header}, err);
}

/* --- what empty cells mean ------------------------------------------------------------------------------------------------------------ */

/* `outer`: a column further out is one. Then the sheet is made so, however few cells are empty. */
static bool is_carried(const struct table *t, size_t header, size_t column, bool outer) {
	size_t filled = 0, blank = 0;
	for (size_t row = header + 1; row < t->count; row++) {
		const char *cell = table_cell(t, row, column);
		if (*cell != '\0' && row > header + 1 && str_eq(cell, table_cell(t, row - 1, column))) {
			return false;
		}
		filled += *cell != '\0';
		blank += *cell == '\0' && filled != 0;
	}
	return filled != 0 && (outer || blank * 3 >= filled);
}

bool places_columns_find(const struct table *t, const struct places_options *opt, struct places_columns *out, struct err *err) {
	struct headers headers = {alias_table(ALIASES, COUNT_OF(ALIASES)), people_headers_open()};
	*out = (struct places_columns){0};
	find_header(t, &headers, opt, out);
	people_headers_close(headers.people);
	mapstr_fini(&headers.own);
	for (size_t m = 0; m < opt->map_count; m++) {
		if (!apply_map(t, &opt->maps[m], out, err)) {
			return false;
		}
	}
	if (!names_places(out->column)) {
		return no_column(t, out->header, &(struct fault){.kind = FAULT_NO_PLACES}, err);
	}
	bool outer = false;
	for (int level = 0; level < PLACE_SETTLEMENT; level++) {
		size_t column = out->column[level];
		bool innermost = level == PLACE_COMMUNITY && out->column[PLACE_SETTLEMENT] == NO_COLUMN; /* has a name in each row */
		out->carried[level] = !innermost && column != NO_COLUMN && is_carried(t, out->header, column, outer);
		outer = outer || out->carried[level];
	}
	return true;
}
