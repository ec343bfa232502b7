/* Does a name fit what somebody typed, how well, and why: word by word, in any order, each word of the name for one word that was typed. */
#ifndef TURNOUT_EVENT_NAME_MATCH_H
#define TURNOUT_EVENT_NAME_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "event/given_names.h"
#include "event/name_key.h"

#define NAME_QUERY_MAX 6    /* words; further ones are not looked at */
#define NAME_WORDS_MAX 12   /* of a name, likewise */
#define NAME_SLIP_LETTERS 3 /* a shorter word has no slips */

/* What a word of a name is to one that was typed. */
enum name_fit {
	NAME_FIT_EXACT,     /* the same letters, as they are folded (event/fold.h) */
	NAME_FIT_BEGINNING, /* the first of them */
	NAME_FIT_SPELLING,  /* it sounds the same, or begins so: in another alphabet or way of spelling (event/name_key.h) */
	NAME_FIT_FORM,      /* a short form of it, or the other way round (event/given_names.h) */
	NAME_FIT_SLIP,      /* one letter too many, too few, another, or two neighbours swapped (Damerau 1964) */
	NAME_FIT_NONE
};
const char *name_fit_word(enum name_fit fit); /* exact, beginning, spelling, form, slip */

struct name_query_word {
	const char *text; /* folded */
	size_t letters;
	bool held_down; /* one letter again and again: it is taken as it stands */
	struct name_sounds sounds;
	char key[NAME_SOUNDS_MAX + 1];
	struct name_sounds open[NAME_OPEN_MAX]; /* when it goes on */
	size_t open_count;
	struct given_groups groups;
};

struct name_query { /* for name_query_fini */
	char *text;
	struct name_query_word words[NAME_QUERY_MAX];
	size_t count;
	const struct given_names *given; /* borrowed */
};

/* Letters that look like those of another alphabet are taken for these where the word or the text says so (event/script.h); words without a sound are left out. */
void name_query_read(const char *text, const struct given_names *given, struct name_query *out);
void name_query_fini(struct name_query *query);

/* One typed word and one of a name. */
struct name_trial {
	enum name_fit fit; /* NAME_FIT_NONE: neither */
	bool loose;        /* one slip apart, or the same only roughly */
	int cost;
};
/* `word` is folded; `loosely`: also what is loose. */
struct name_trial name_try(const struct name_query *query, size_t which, const char *word, bool loosely);

struct name_fits {
	int cost; /* 0: all words as they stand; of two names the one that costs less fits better */
	struct {
		enum name_fit fit;
		size_t at; /* which word of the name */
	} words[NAME_QUERY_MAX];
};

/* `words` are the name's, folded and parted by single spaces. False when a typed word fits none. At most `slips` words (0 or 1) may be one slip apart, or sound
 * the same only roughly. */
bool name_match(const struct name_query *query, const char *words, int slips, struct name_fits *out);

#endif
