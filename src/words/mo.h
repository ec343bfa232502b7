/* One compiled gettext catalogue (.mo), read into memory. Format: GNU gettext manual, "The Format of GNU MO Files". */
#ifndef TURNOUT_WORDS_MO_H
#define TURNOUT_WORDS_MO_H

#include <stddef.h>

#include "base/err.h"
#include "words/plural.h"

#define MO_FILE_MAX ((size_t)4 << 20) /* bytes of a catalogue */

struct mo;

/* Takes the bytes (a copy is made). Every offset is checked; ERR_INPUT says what is wrong. */
bool mo_parse(const void *data, size_t n, struct mo **out, struct err *err) TURNOUT_MUST_CHECK;
void mo_free(struct mo *mo); /* NULL is fine */

/* The translation of a message ("context\004text" with a context), or NULL. `form`: which plural form, 0 for those without. */
const char *mo_get(const struct mo *mo, const char *message, unsigned form);

/* Which form the number n takes in this catalogue's language. */
unsigned mo_plural(const struct mo *mo, unsigned long n);

#endif
