#include "import/people_export.h"

#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/base45.h"
#include "base/str.h"
#include "import/person_value.h"
#include "store/read/people.h"

#define FOLDED_BLANKS_MAX 4 /* that a badge lost */

static bool is_id(const char *text) { return strlen(text) == PERSON_ID_LEN && text[strspn(text, "0123456789abcdef")] == '\0'; }

/* The column of ids, or -1. Other systems have columns of that name, too, with numbers in them. */
static int find_ids(const struct table *t, const struct people_layout *layout) {
	for (size_t c = 0; c < layout->width; c++) {
		size_t ids = 0, others = 0;
		for (size_t row = layout->first; row < layout->end && str_eq(table_cell(t, layout->header, c), "id"); row++) {
			const char *cell = table_cell(t, row, c);
			ids += is_id(cell);
			others += *cell != '\0' && !is_id(cell);
		}
		if (ids != 0 && others == 0) {
			return (int)c;
		}
	}
	return -1;
}

static void describe_column(const char *header, size_t column, struct people_layout *out) {
	enum { SURE = 7 }; /* the highest rank there is */
	enum person_field field = person_field_find(header);
	out->rank[column] = SURE;
	out->target[column] = field != PERSON_FIELD_COUNT                                     ? (int)field
			      : out->id == (int)column || str_eq(header, PERSON_BADGE_COLUMN) ? PEOPLE_NUMBER
											      : PEOPLE_OTHER;
	if (str_starts(header, PERSON_CUSTOM_PREFIX) && header[strlen(PERSON_CUSTOM_PREFIX)] != '\0') {
		char *name = xstrdup(header + strlen(PERSON_CUSTOM_PREFIX));
		free(out->name[column]);
		out->name[column] = name;
	}
}

bool people_export_find(const struct table *t, struct people_layout *out) {
	out->id = find_ids(t, out);
	for (size_t c = 0; out->id >= 0 && c < out->width; c++) {
		char *header = xstrdup(person_cell_text(out->name[c]));
		free(out->name[c]);
		out->name[c] = header;
		describe_column(table_cell(t, out->header, c)[0] != '\0' ? out->name[c] : "", c, out);
	}
	return out->id >= 0;
}

void people_export_keep(const struct table *t, const struct people_layout *layout, size_t row, struct people_cells *out) {
	*out = (struct people_cells){.id = xstrdup(table_cell(t, row, (size_t)layout->id))};
	for (size_t c = 0; c < layout->width; c++) {
		int target = layout->target[c];
		if (target >= 0 && target < PERSON_FIELD_COUNT && out->text[target] == NULL) {
			out->text[target] = xstrdup(person_cell_text(table_cell(t, row, c)));
		}
	}
}

/* Base45 has the blank among its signs, and cells are kept with one blank for several (base/utf8.h), so one badge in some dozens comes back shorter
 * than it went out: by one sign as a rule, by more than a few never. */
static bool is_folded_badge(const char *code) {
	size_t n = strlen(code), whole = str_starts(code, "TO1") ? CODE_TEXT_MAX - 1 : str_starts(code, "TO0") ? CODE_SHORT_CHARS : 0;
	return n < whole && n + FOLDED_BLANKS_MAX >= whole && strchr(code, ' ') != NULL && strspn(code, BASE45_ALPHABET) == n;
}

bool people_export_is_badge(const char *code) {
	struct code parts;
	enum code_kind kind = code_parse(code, &parts);
	return kind == CODE_SIGNED || kind == CODE_SHORT || (kind == CODE_MALFORMED && is_folded_badge(code));
}
