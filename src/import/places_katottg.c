#include "import/places_katottg.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "import/alias.h"
#include "import/places_columns.h"

#define LOOK_ROWS 50 /* titles stand above the header */
#define CODE_HEAD "UA"

enum { TO_CATEGORY = KATOTTG_LEVELS, TO_NAME, TO_COUNT };

static const struct alias ALIASES[] = {
	{"Перший рівень", 0, 1},       {"Другий рівень", 1, 1},     {"Третій рівень", 2, 1},
	{"Четвертий рівень", 3, 1},    {"Додатковий рівень", 4, 1}, {"Категорія об’єкта", TO_CATEGORY, 1},
	{"Назва об’єкта", TO_NAME, 1},
};

bool katottg_find(const struct table *t, struct katottg_columns *out) {
	struct mapstr aliases = alias_table(ALIASES, COUNT_OF(ALIASES));
	bool found = false;
	for (size_t row = 0; row < t->count && row < LOOK_ROWS && !found; row++) {
		size_t column[TO_COUNT];
		for (int i = 0; i < TO_COUNT; i++) {
			column[i] = NO_COLUMN;
		}
		for (size_t c = 0; c < t->rows[row].count; c++) {
			int target = alias_find(&aliases, table_cell(t, row, c), NULL);
			if (target >= 0) {
				column[target] = c;
			}
		}
		out->header = row;
		out->category = column[TO_CATEGORY];
		out->name = column[TO_NAME];
		memcpy(out->code, column, sizeof out->code);
		found = column[0] != NO_COLUMN && out->category != NO_COLUMN && out->name != NO_COLUMN;
	}
	mapstr_fini(&aliases);
	return found;
}

/* --- a row ------------------------------------------------------------------------------------------------------------------------------ */

enum category {
	CATEGORY_NONE,
	CATEGORY_REGION,
	CATEGORY_CITY,
	CATEGORY_DISTRICT,
	CATEGORY_COMMUNITY,
	CATEGORY_SETTLEMENT,
	CATEGORY_CITY_PART
};

/* Lists that went through many hands have letters of the other alphabet that look the same. */
static enum category category_of(const char *letter) {
	static const struct {
		const char *latin, *cyrillic;
		enum category category;
	} letters[] = {
		{"O", "О", CATEGORY_REGION},     {"K", "К", CATEGORY_CITY},       {"P", "Р", CATEGORY_DISTRICT},
		{"H", "Н", CATEGORY_COMMUNITY},  {"M", "М", CATEGORY_SETTLEMENT}, {"T", "Т", CATEGORY_SETTLEMENT},
		{"X", "Х", CATEGORY_SETTLEMENT}, {"C", "С", CATEGORY_SETTLEMENT}, {"B", "В", CATEGORY_CITY_PART},
	};
	for (size_t i = 0; i < COUNT_OF(letters); i++) {
		if (str_eq(letter, letters[i].latin) || str_eq(letter, letters[i].cyrillic)) {
			return letters[i].category;
		}
	}
	return CATEGORY_NONE;
}

struct reading {
	const struct table *t;
	const struct katottg_columns *columns;
	struct mapstr rows;    /* of each code */
	struct mapstr peopled; /* codes of the communities that have a settlement */
	struct places *out;
};

static const char *code_at(const struct reading *r, size_t row, int level) {
	size_t column = r->columns->code[level];
	const char *code = column == NO_COLUMN ? "" : table_cell(r->t, row, column);
	return str_starts(code, CODE_HEAD) ? code : "";
}

/* The level of the row's own code; -1: it is a title or a note. */
static int own_level(const struct reading *r, size_t row) {
	int level = KATOTTG_LEVELS - 1;
	while (level >= 0 && *code_at(r, row, level) == '\0') {
		level--;
	}
	return level;
}

static const char *name_at(const struct reading *r, size_t row) { return table_cell(r->t, row, r->columns->name); }
static enum category category_at(const struct reading *r, size_t row) { return category_of(table_cell(r->t, row, r->columns->category)); }

static void index_codes(struct reading *r) {
	for (size_t row = r->columns->header + 1; row < r->t->count; row++) {
		int level = own_level(r, row);
		bool made = false;
		if (level >= 0) {
			int64_t *at = mapstr_place(&r->rows, code_at(r, row, level), &made);
			*at = made ? (int64_t)row : *at; /* a city's district has its city's code in some editions */
		}
	}
}

/* --- names ------------------------------------------------------------------------------------------------------------------------------ */

/* The list has adjectives ("Зарічненська"), which need their noun to be read as what they are. Names that are whole stay: "Автономна Республіка Крим". */
static char *full_name(const char *name, enum category category) {
	const char *ending = category == CATEGORY_DISTRICT ? "ький" : "ька";
	const char *noun = category == CATEGORY_REGION      ? "область"
			   : category == CATEGORY_DISTRICT  ? "район"
			   : category == CATEGORY_COMMUNITY ? "громада"
							    : NULL;
	return noun != NULL && str_ends(name, ending) ? xasprintf("%s %s", name, noun) : xstrdup(name);
}

struct unit { /* what a row belongs to, itself among it */
	char *region, *district, *community, *settlement;
	const char *community_code;
};

static void unit_fini(struct unit *u) {
	free(u->region);
	free(u->district);
	free(u->community);
	free(u->settlement);
}

static void put_name(struct unit *u, const char *name, enum category category) {
	char **const to[] = {[CATEGORY_REGION] = &u->region,
			     [CATEGORY_CITY] = &u->region,
			     [CATEGORY_DISTRICT] = &u->district,
			     [CATEGORY_COMMUNITY] = &u->community,
			     [CATEGORY_SETTLEMENT] = &u->settlement};
	if (category == CATEGORY_NONE || category == CATEGORY_CITY_PART) {
		return;
	}
	free(*to[category]);
	*to[category] = full_name(name, category);
	if (category == CATEGORY_CITY) {
		free(u->community);
		u->community = xstrdup(name);
	}
}

static bool read_unit(const struct reading *r, size_t row, int own, struct unit *u, struct err *err) {
	for (int level = 0; level <= own; level++) {
		const char *code = code_at(r, row, level);
		if (*code == '\0') {
			continue;
		}
		const int64_t *at = level == own ? NULL : mapstr_find(&r->rows, code);
		if (level != own && at == NULL) {
			struct fault fault = {.kind = FAULT_CODE_NO_PARENT,
					      .at = table_place(r->t, row, r->columns->code[level] + 1),
					      .value = code,
					      .other = name_at(r, row)};
			return fault_fail(err, &fault);
		}
		size_t where = level == own ? row : (size_t)*at;
		enum category category = category_at(r, where);
		put_name(u, name_at(r, where), category);
		u->community_code = category == CATEGORY_COMMUNITY ? code : u->community_code;
	}
	return true;
}

/* --- the list --------------------------------------------------------------------------------------------------------------------------- */

static bool check_row(const struct reading *r, size_t row, struct err *err) {
	struct fault fault = {.at = table_place(r->t, row, r->columns->name + 1), .value = name_at(r, row), .number = PLACE_NAME_MAX};
	fault.kind = *name_at(r, row) == '\0' ? FAULT_ROW_NO_PLACE : FAULT_PLACE_LONG;
	/* A noun may be added to it. */
	return (fault.kind == FAULT_PLACE_LONG && utf8_length(name_at(r, row)) <= PLACE_NAME_MAX - strlen(" громада")) ||
	       fault_fail(err, &fault);
}

static void take_unit(struct reading *r, const struct unit *u) {
	const struct place place = {str_or_empty(u->region), str_or_empty(u->district), str_or_empty(u->community),
				    str_or_empty(u->settlement)};
	places_add(r->out, &place);
}

static bool take_row(struct reading *r, size_t row, int own, struct err *err) {
	struct unit u = {0};
	enum category category = category_at(r, row);
	if (category == CATEGORY_NONE) {
		struct fault fault = {.kind = FAULT_CATEGORY_UNKNOWN,
				      .at = table_place(r->t, row, r->columns->category + 1),
				      .value = table_cell(r->t, row, r->columns->category)};
		fault_list_add(&r->out->bad, &fault);
		return true;
	}
	bool ok = check_row(r, row, err) && read_unit(r, row, own, &u, err);
	if (ok && category == CATEGORY_SETTLEMENT) {
		take_unit(r, &u);
		mapstr_place(&r->peopled, str_or_empty(u.community_code), &(bool){false});
	} else if (ok && category == CATEGORY_CITY) {
		u.settlement = xstrdup(u.region);
		take_unit(r, &u);
	}
	unit_fini(&u);
	return ok;
}

/* A community of which no settlement is listed is a place all the same. */
static bool take_empty_community(struct reading *r, size_t row, int own, struct err *err) {
	struct unit u = {0};
	if (category_at(r, row) != CATEGORY_COMMUNITY || mapstr_find(&r->peopled, code_at(r, row, own)) != NULL) {
		return true;
	}
	bool ok = read_unit(r, row, own, &u, err);
	if (ok) {
		take_unit(r, &u);
	}
	unit_fini(&u);
	return ok;
}

bool katottg_read(const struct table *t, const struct katottg_columns *columns, struct places *out, struct err *err) {
	struct reading r = {.t = t, .columns = columns, .out = out};
	bool ok = true;
	out->official = true;
	index_codes(&r);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t row = columns->header + 1; ok && row < t->count; row++) {
			int own = own_level(&r, row);
			ok = own < 0 || (pass == 0 ? take_row(&r, row, own, err) : take_empty_community(&r, row, own, err));
		}
	}
	mapstr_fini(&r.rows);
	mapstr_fini(&r.peopled);
	return ok;
}
