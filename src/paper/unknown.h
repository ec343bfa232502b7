/* Texts with characters that no installed font draws, and what to install for them. */
#ifndef TURNOUT_PAPER_UNKNOWN_H
#define TURNOUT_PAPER_UNKNOWN_H

#include <stddef.h>
#include <stdint.h>

#include "base/mapstr.h"
#include "base/strbuf.h"

struct unknown_texts { /* a zeroed struct is an empty list */
	char **items;  /* each once, in the order in which they came */
	size_t count, cap;
	struct mapstr seen;
	unsigned fonts; /* unknown.c */
};

void unknown_fini(struct unknown_texts *list);
/* A text that is shown in boxes, as its reader would write it: line ends and unbreakable spaces become spaces. */
void unknown_add(struct unknown_texts *list, const char *text);
/* A character that no font draws: what it needs is kept. */
void unknown_character(struct unknown_texts *list, uint32_t character);

/* The Debian packages whose fonts draw those characters, parted by spaces; "" when no package has them (private characters). */
void unknown_packages(const struct unknown_texts *list, struct strbuf *out);

#endif
