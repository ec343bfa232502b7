#include "event/group.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"
#include "event/person.h"

static const char *const WORDS[] = {
	[GROUP_DELEGATION] = "delegation", [GROUP_ORGANISATION] = "organisation", [GROUP_COMMUNITY] = "community"};
_Static_assert(COUNT_OF(WORDS) == GROUP_KINDS, "every kind of group has its word");

/* As organisers head the column, folded. */
static const char *const DELEGATION[] = {"delegation", "делегація", "делегация"};

const char *group_kind_word(enum group_kind kind) { return kind < GROUP_KINDS ? WORDS[kind] : ""; }

enum group_kind group_kind_find(const char *word) {
	int i = 0;
	while (i < GROUP_KINDS && !str_eq(WORDS[i], word)) {
		i++;
	}
	return (enum group_kind)i;
}

static bool heads_delegation(const char *column) {
	char *folded = fold_text(column);
	bool heads = false;
	for (size_t i = 0; i < COUNT_OF(DELEGATION); i++) {
		char *word = fold_text(DELEGATION[i]);
		heads = heads || str_eq(folded, word);
		free(word);
	}
	free(folded);
	return heads;
}

static const char *delegation_of(const struct person *person) {
	for (size_t i = 0; i < person->count; i++) {
		if (heads_delegation(person->custom[i].name)) {
			return person->custom[i].value;
		}
	}
	return "";
}

const char *group_of(const struct person *person, enum group_kind kind) {
	switch (kind) {
	case GROUP_DELEGATION: return delegation_of(person);
	case GROUP_ORGANISATION: return person_text(person, PERSON_ORGANISATION);
	case GROUP_COMMUNITY: return person_text(person, PERSON_COMMUNITY);
	case GROUP_KINDS: break;
	}
	return "";
}
