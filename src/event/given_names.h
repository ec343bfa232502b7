/* Given names and their short and familiar forms (assets/names/given.tsv): Саша, Сашко and Alex are Олександр, Саша is Олександра as well. */
#ifndef TURNOUT_EVENT_GIVEN_NAMES_H
#define TURNOUT_EVENT_GIVEN_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "event/name_key.h"

struct given_names;

struct given_names *given_names_open(void);
void given_names_close(struct given_names *names); /* NULL is fine */

/* Names that a word may be a form of: numbers of groups. Most words are none. */
#define GIVEN_GROUPS_MAX 32
struct given_groups {
	unsigned short items[GIVEN_GROUPS_MAX];
	size_t count;
};

/* By how it sounds, so that all spellings of a form are found. */
void given_names_find(const struct given_names *names, const struct name_sounds *sounds, struct given_groups *out);
bool given_groups_meet(const struct given_groups *a, const struct given_groups *b);

/* The keys of all forms of a group, one by one: NULL after the last. */
const char *given_names_form(const struct given_names *names, unsigned short group, size_t index);

#endif
