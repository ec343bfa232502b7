/* A name on a screen that everybody sees: the given name, and the initial of the family name. */
#ifndef TURNOUT_EVENT_PUBLIC_NAME_H
#define TURNOUT_EVENT_PUBLIC_NAME_H

#include "event/given_names.h"

/* "Коваль Олена Петрівна", "Олена Коваль" and "КОВАЛЬ, олена" are "Олена К.". A word stands in full only where something says that it is the given name: the
 * table of given names, a patronymic behind it, a comma before it, or a family name beside it that is known by its end. Where nothing does, or two words may be
 * it ("Захар Роман"), there are initials alone: no family name is shown for a guess. Titles, what stands in brackets, and particles (van, де) are passed
 * over. A name of one word stands as it is. New memory for free(). */
char *public_name(const char *name, const struct given_names *given);

#endif
