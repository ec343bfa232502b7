#include "store/read/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "store/file/state.h"

struct reading {
	place_each_fn *each;
	void *context;
};

static bool read_district(void *context, struct stmt *row, struct err *err) {
	const struct reading *reading = context;
	struct place place = {str_or_empty(stmt_col_text(row, 0)), str_or_empty(stmt_col_text(row, 1)), "", ""};
	char *lines = xstrdup(str_or_empty(stmt_col_text(row, 2)));
	bool ok = true;
	for (char *line = lines, *next; ok && line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL) {
			*next++ = '\0';
		}
		char *tab = strchr(line, '\t');
		if (tab != NULL) {
			*tab++ = '\0';
		}
		place.community = line;
		place.settlement = tab == NULL ? "" : tab;
		ok = reading->each(reading->context, &place, err);
	}
	free(lines);
	return ok;
}

bool places_each(struct store *store, place_each_fn *each, void *context, struct err *err) {
	struct reading reading = {each, context};
	return db_each(store->db, "SELECT region, district, places FROM view_place ORDER BY id", read_district, &reading, err);
}
