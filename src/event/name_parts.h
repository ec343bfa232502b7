/* A name taken apart: its words, each judged by itself. What is no part of a name is left out: titles, what stands in brackets, Jr. */
#ifndef TURNOUT_EVENT_NAME_PARTS_H
#define TURNOUT_EVENT_NAME_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "event/given_names.h"

#define NAME_PARTS_MAX 12 /* words; further ones are left out */

enum name_part_kind {
	NAME_OPEN,       /* nothing tells */
	NAME_GIVEN,      /* it is a given name; so are some family names */
	NAME_FAMILY,     /* by its end */
	NAME_PATRONYMIC, /* by its end, which no family name has */
	NAME_VICH,       /* likewise, but there are family names with it: Петрович */
	NAME_INITIAL,
	NAME_PARTICLE, /* van, де */
};

struct name_part {
	char *text, *folded; /* folded: event/script.h */
	enum name_part_kind kind;
	bool dot; /* behind it */
};

struct name_parts { /* for name_parts_fini */
	char *text; /* what the parts point into */
	struct name_part items[NAME_PARTS_MAX];
	size_t count;
	size_t before_comma; /* how many are; 0: there is no comma */
	bool more;           /* something was left out */
};

void name_parts_read(const char *name, const struct given_names *given, struct name_parts *out);
void name_parts_fini(struct name_parts *parts);

size_t name_parts_count(const struct name_parts *parts, enum name_part_kind kind);
/* No initial and no particle. */
bool name_part_is_core(const struct name_part *part);

#endif
