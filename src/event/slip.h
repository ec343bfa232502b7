/* Are two words one slip of the finger apart: a letter left out or doubled, changed, or swapped with its neighbour (Damerau 1964)? */
#ifndef TURNOUT_EVENT_SLIP_H
#define TURNOUT_EVENT_SLIP_H

#include <stdbool.h>
#include <stddef.h>

struct slip {
	enum { SLIP_NOT, SLIP_SAME, SLIP_LEFT_OUT, SLIP_CHANGED, SLIP_SWAPPED } kind; /* SLIP_SAME: they do not differ at all */
	size_t letters;                                                               /* of the shorter word */
	bool inside;                                                                  /* first and last letters are the same */
};

/* Symmetric. Words of 64 letters or more are none. */
struct slip slip_between(const char *one, const char *other);

#endif
