/* What tells people apart in an import, as compared: folded names, lower-case addresses, digits of phones; and the texts by which they are looked
 * up, from which the ids of new people derive. */
#ifndef TURNOUT_IMPORT_PEOPLE_TRAITS_H
#define TURNOUT_IMPORT_PEOPLE_TRAITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mapstr.h"
#include "base/strbuf.h"
#include "import/arena.h"

/* From the strongest to the weakest. */
enum level { LEVEL_KEY, LEVEL_CODE, LEVEL_EMAIL, LEVEL_PHONE, LEVEL_NAME, LEVEL_COUNT };

struct traits {           /* NULL: not there */
	const char *name; /* folded */
	const char *key, *code, *email, *phone;
	const char *group; /* name, organisation, community */
};

/* Owns the texts of the traits that it makes. A zeroed struct is empty. */
struct traits_maker {
	struct arena texts;
	struct mapstr folds; /* text -> its place in `folded` */
	struct {
		const char **items;
		size_t count, cap;
	} folded;
};

struct traits_raw { /* as a file or the roster has them; NULL or "": nothing */
	const char *name, *key, *code, *email, *phone, *organisation, *community;
};

struct traits traits_make(struct traits_maker *maker, const struct traits_raw *raw);
/* The text folded (event/fold.h), or as it is where nothing is left of it; "" of nothing. Kept, and made once of one text. */
const char *traits_fold(struct traits_maker *maker, const char *text);
void traits_maker_fini(struct traits_maker *maker);

/* The text by which somebody is looked up at that level; false when they have none. `key`: the header of the key column. */
bool traits_key(const struct traits *traits, enum level level, const char *key, struct strbuf *out);

#endif
