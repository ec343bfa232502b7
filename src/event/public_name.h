/* A name on a screen that everybody sees: the given name, and the initial of the family name. */
#ifndef TURNOUT_EVENT_PUBLIC_NAME_H
#define TURNOUT_EVENT_PUBLIC_NAME_H

#include "event/given_names.h"

/* "Коваль Олена Петрівна" and "Олена Коваль" are "Олена К.". Which word is the given name, the table of given names says (of two the one that stands first); where it
 * knows none, of a Cyrillic name the second word, as lists are written, of others the first. Names of one word stand as they are. New memory for free(). */
char *public_name(const char *name, const struct given_names *given);

#endif
