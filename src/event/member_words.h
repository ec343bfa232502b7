/* Texts in several languages among the members of a flat object of texts: "name:uk" is the name in Ukrainian, "name" the one in no language. */
#ifndef TURNOUT_EVENT_MEMBER_WORDS_H
#define TURNOUT_EVENT_MEMBER_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"

/* Is that member (`key`: "name:uk", "name") the text called so, in whatever language? */
bool member_is_words(const char *key, const char *name);
/* In exactly that language, or (NULL) in none; NULL: there is none, or it is empty. */
const char *member_words_in(const struct json *set, const char *name, const char *language);
/* In that language, else without one, else in any; NULL: there is none. */
const char *member_words(const struct json *set, const char *name, const char *language);

/* Things that stand by a number of their own, "order": 0 to ORDER_MAX, with room between. Where the next one goes behind that number. */
#define ORDER_MAX 1000000
int64_t order_behind(int64_t last);

#endif
