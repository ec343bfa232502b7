#include "event/yes_no.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"

/* As fold_text has them. */
static const struct {
	const char *word;
	enum yes_no means;
} WORDS[] = {
	{"yes", YES_NO_YES},     {"y", YES_NO_YES},   {"true", YES_NO_YES}, {"1", YES_NO_YES},      {"так", YES_NO_YES}, {"т", YES_NO_YES},
	{"істина", YES_NO_YES},  {"да", YES_NO_YES},  {"д", YES_NO_YES},    {"истина", YES_NO_YES}, {"x", YES_NO_YES},   {"х", YES_NO_YES},
	{"no", YES_NO_NO},       {"n", YES_NO_NO},    {"false", YES_NO_NO}, {"0", YES_NO_NO},       {"ні", YES_NO_NO},   {"ни", YES_NO_NO},
	{"хибність", YES_NO_NO}, {"хиба", YES_NO_NO}, {"нет", YES_NO_NO},   {"н", YES_NO_NO},       {"ложь", YES_NO_NO},
};

enum yes_no yes_no_read(const char *text) {
	enum yes_no found = YES_NO_NEITHER;
	char *folded = fold_text(text);
	for (size_t i = 0; i < COUNT_OF(WORDS) && found == YES_NO_NEITHER; i++) {
		found = str_eq(folded, WORDS[i].word) ? WORDS[i].means : YES_NO_NEITHER;
	}
	free(folded);
	return found;
}
