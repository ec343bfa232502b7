/* The order of names by a language's own alphabet (Unicode's CLDR, by ICU): Є after Е, І and Ї after И, Ґ after Г in Ukrainian; numbers by their
 * value. Apostrophes do not count, so that Мар'яна stands in one place however hers is typed. */
#ifndef TURNOUT_WORDS_COLLATE_H
#define TURNOUT_WORDS_COLLATE_H

#include "base/err.h"
#include "base/strbuf.h"

struct collator;

/* `language`: two letters; of one that has no order of its own, or NULL, Unicode's common order. */
struct collator *collator_open(const char *language, struct err *err) TURNOUT_MUST_CHECK;
void collator_close(struct collator *collator); /* NULL is fine */

/* Appends bytes by which memcmp orders texts; a zero byte ends them and stands nowhere in them. */
void collator_key(const struct collator *collator, const char *text, struct strbuf *out);

#endif
