/* Names made comparable: what two spellings of one name have in common, for recognising people and for search. */
#ifndef TURNOUT_EVENT_FOLD_H
#define TURNOUT_EVENT_FOLD_H

#include <stdbool.h>

/* The text in case-folded letters and digits, words parted by single spaces: marks dropped (й=и, ї=і, ё=е, é=e), ґ=г, ł=l, ø=o, đ=d, æ=ae and their like,
 * apostrophes, whatever is typed for them (' ʼ ’ ‘ ` ´), and the soft hyphen left out (м'ята = мʼята = мята), other signs taken as spaces. New memory for free(). */
char *fold_text(const char *text);
/* The same with its words in one order, whatever order they stand in: "Приклад Олена" and "Олена Приклад" are one. */
char *fold_words(const char *text);
/* Whether folding leaves nothing of it: signs alone. */
bool fold_is_empty(const char *text);

#endif
