/* People's words for the keys of fields, those of persons, sessions and the event: "name_latin", "speakers", "dates". */
#ifndef TURNOUT_WORDS_FIELDS_H
#define TURNOUT_WORDS_FIELDS_H

#include "words/words.h"

/* In English, and of what is no field of ours (a column of the organiser's), the key itself: commands take it so. */
const char *words_field(const struct tongue *tongue, const char *key);

#endif
