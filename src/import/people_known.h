/* Everyone an import may meet, in memory: what the roster has of them now, and what imports last said.
 *
 * "Said" is, field by field, the value that this source set last; where it never set that field, the one that any other source set last.
 * In one log the later record is the last, between logs the one of the later clock. */
#ifndef TURNOUT_IMPORT_PEOPLE_KNOWN_H
#define TURNOUT_IMPORT_PEOPLE_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mapstr.h"
#include "import/arena.h"
#include "store/read/people.h"

struct known_cell {
	const char *now;    /* NULL: nothing */
	const char *said;   /* NULL: no source ever set it; "": cleared */
	int field;          /* known_field() */
	uint32_t edit : 31; /* index in `edits` of what was said */
	uint32_t mine : 1;  /* it was this source */
};

struct known_edit { /* where an edit stands */
	int64_t log, seq, utc_ms;
};

struct known_person {
	char id[PERSON_ID_LEN + 1];
	struct known_cell *cells;
	size_t count, cap;
	bool removed;
	bool sourced; /* some source set something */
	bool mine;    /* this source did */
	size_t root;  /* whom they were joined into in the end (store/view/join.h); nearly always they are themselves */
};

struct known_people {
	struct known_person *items; /* by id */
	size_t count, cap;
	struct mapstr by_id;  /* -> index + 1 */
	struct mapstr fields; /* key in records -> number + 1 */
	int field_count;
	struct {
		struct known_edit *items;
		size_t count, cap;
	} edits;
	struct arena texts;
};

/* Loads everyone. `out` is zeroed before, and freed by known_people_fini also on failure. */
bool known_people_load(struct store *store, const char *source, struct known_people *out, struct err *err) TURNOUT_MUST_CHECK;
void known_people_fini(struct known_people *k);

/* The number of a field by its key in records ("email", "custom:Meal"); the standard ones have their enum person_field. */
int known_field(struct known_people *k, const char *key);
/* NULL when nothing is known of it. */
const struct known_cell *known_cell(const struct known_person *p, int field);
/* What the roster has there now; NULL: nothing. `field` may be -1, which is none. */
const char *known_now(const struct known_person *p, int field);
/* The name, and what tells them from their namesakes: "Приклад Олена (Зарічна)". New memory for free(). */
char *known_describe(const struct known_person *p);
/* The person with that id, or NULL. */
struct known_person *known_person(const struct known_people *k, const char *id);

#endif
