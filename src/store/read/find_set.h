/* What a typed word may mean: the words of the index of names that it fits, and how well. */
#ifndef TURNOUT_STORE_READ_FIND_SET_H
#define TURNOUT_STORE_READ_FIND_SET_H

#include <stdint.h>

#include "base/err.h"
#include "event/name_match.h"

struct store;

#define FIND_SET_MAX 100000 /* words; more than one letter begins in a roster of a million */

struct find_hit {
	int32_t id; /* of the word in the index */
	int cost;   /* struct name_trial */
};

struct find_set {               /* a zeroed one is empty; for find_set_fini */
	struct find_hit *items; /* by id, each once */
	size_t count, cap;
	int least; /* cost of any; INT_MAX when there is none */
	bool cut;  /* there were more */
};

/* `loosely`: also words that are one slip apart, or sound the same only roughly. */
bool find_set_read(struct store *store, const struct name_query *query, size_t which, bool loosely, struct find_set *out,
		   struct err *err) TURNOUT_MUST_CHECK;
void find_set_fini(struct find_set *set);

/* NULL: the word is not among them. */
const struct find_hit *find_set_get(const struct find_set *set, int32_t id);

/* About how many people have one of them; counted only as far as `most`. */
bool find_set_size(struct store *store, const struct find_set *set, size_t most, size_t *size, struct err *err) TURNOUT_MUST_CHECK;

#endif
