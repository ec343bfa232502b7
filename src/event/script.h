/* Letters of one alphabet that look like those of another: Iрина with a Latin I, Олeна with a Latin e. */
#ifndef TURNOUT_EVENT_SCRIPT_H
#define TURNOUT_EVENT_SCRIPT_H

#include <stdbool.h>

/* The folded name (event/fold.h) with each word in the alphabet that it is meant to be of: of a word that could be of either, that of the whole name.
 * *cyrillic, where it is not NULL: the name is written in that alphabet, as far as its letters tell. New memory for free(). */
char *name_in_one_script(const char *name, bool *cyrillic);

/* The same for a text all of whose words could be of the other alphabet: Capa for Сара. NULL when one could not. */
char *name_in_other_script(const char *name);

#endif
