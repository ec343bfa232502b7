#include "event/group.h"

#include "base/alloc.h"
#include "base/str.h"
#include "event/person.h"

static const char *const WORDS[] = {
	[GROUP_DELEGATION] = "delegation", [GROUP_ORGANISATION] = "organisation", [GROUP_COMMUNITY] = "community"};
_Static_assert(COUNT_OF(WORDS) == GROUP_KINDS, "every kind of group has its word");

/* As organisers head the column. */
static const char *const DELEGATION[] = {"delegation", "делегація", "делегация"};

const char *group_kind_word(enum group_kind kind) { return kind < GROUP_KINDS ? WORDS[kind] : ""; }

enum group_kind group_kind_find(const char *word) {
	int i = 0;
	while (i < GROUP_KINDS && !str_eq(WORDS[i], word)) {
		i++;
	}
	return (enum group_kind)i;
}

const char *group_of(const struct person *person, enum group_kind kind) {
	switch (kind) {
	case GROUP_DELEGATION: return str_or_empty(person_custom_headed(person, DELEGATION, COUNT_OF(DELEGATION)));
	case GROUP_ORGANISATION: return person_text(person, PERSON_ORGANISATION);
	case GROUP_COMMUNITY: return person_text(person, PERSON_COMMUNITY);
	case GROUP_KINDS: break;
	}
	return "";
}
