/* The index of names: which people have a word that sounds so (event/name_key.h). It is made of view_person, enters no digest, and is the same on all boxes only
 * as far as it finds the same people. Who is erased or removed leaves nothing in it. */
#ifndef TURNOUT_STORE_VIEW_FIND_INDEX_H
#define TURNOUT_STORE_VIEW_FIND_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "event/name_match.h"

struct store;

#define FIND_LESS_MOST 24 /* letters: a longer word has no slips, as a very short one (NAME_SLIP_LETTERS) */

/* The words of one person, as find_posting holds them beside each of them: numbers of this machine's byte order, as the index never leaves it. */
struct find_ids {
	int32_t items[NAME_WORDS_MAX];
	size_t count;
};
bool find_ids_have(const struct find_ids *ids, int32_t id);

/* A person's names as they are now: NULL or "" where they have none (or are gone). Nothing is written where they are as they were. */
bool find_index_put(struct store *store, const char *id, const char *name, const char *latin, struct err *err) TURNOUT_MUST_CHECK;
/* Of somebody whom no record spoke of until now. */
bool find_index_add(struct store *store, const char *id, const char *name, const char *latin, struct err *err) TURNOUT_MUST_CHECK;

/* The keys of a folded word without one of its letters, one after the other; returns how many there are, neighbours never the same. */
struct find_less {
	char keys[FIND_LESS_MOST][NAME_SOUNDS_MAX + 1];
	size_t count;
};
size_t find_index_less(const char *word, struct find_less *out);

#endif
