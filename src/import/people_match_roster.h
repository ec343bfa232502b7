/* The second step of matching (people_match.h): the people of the file, as they are gathered, among those of the roster. */
#ifndef TURNOUT_IMPORT_PEOPLE_MATCH_ROSTER_H
#define TURNOUT_IMPORT_PEOPLE_MATCH_ROSTER_H

#include "import/people_matcher.h"

void matcher_match_roster(struct matcher *m);

#endif
