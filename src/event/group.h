/* Groups of people that come together and are signed in together: those whose delegation, organisation or community is the same. Pure. */
#ifndef TURNOUT_EVENT_GROUP_H
#define TURNOUT_EVENT_GROUP_H

struct person;

/* In the order in which somebody's own group is looked for: whoever has a delegation came with it. */
enum group_kind { GROUP_DELEGATION, GROUP_ORGANISATION, GROUP_COMMUNITY, GROUP_KINDS };

const char *group_kind_word(enum group_kind kind); /* "delegation", "organisation", "community" */
enum group_kind group_kind_find(const char *word); /* GROUP_KINDS when there is none */

/* What theirs is called; "": they are in none. A delegation is a column of the organiser's own with that name, in English, Ukrainian or Russian. */
const char *group_of(const struct person *person, enum group_kind kind);

#endif
