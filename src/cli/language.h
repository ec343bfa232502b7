/* In which language the program says what is wrong: English, unless LANGUAGE names another that there is (a list with colons between, as
 * gettext reads it), or without it the first of LC_ALL, LC_MESSAGES and LANG that says something (POSIX, 8.2). Where that first one is "C" or
 * "POSIX", as scripts set LC_ALL, it is English whatever LANGUAGE says; gettext does so, too. */
#ifndef TURNOUT_CLI_LANGUAGE_H
#define TURNOUT_CLI_LANGUAGE_H

#include "words/words.h"

struct language { /* a zeroed struct is ready */
	struct words *words;
	struct tongue tongue;
};

/* NULL: English. The catalogues are read at the first call that needs them. `language` may be NULL, too. */
const struct tongue *language_tongue(struct language *language);
/* Says on stderr which languages of an event's list ("uk,de") have no catalogue here: on screens English stands in for them. NULL says nothing. */
void language_say_missing(const char *list);

void language_fini(struct language *language);

#endif
