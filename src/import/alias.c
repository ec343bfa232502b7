#include "import/alias.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/utf8.h"

char *alias_fold(const char *header) {
	char *folded = utf8_fold_marks(header);
	struct strbuf out = {0};
	const char *at = folded;
	for (uint32_t c = utf8_next(&at); c != 0; c = utf8_next(&at)) {
		bool apostrophe = c >= 0x2B0 && c <= 0x2FF; /* modifier letters: U+02BC is the Ukrainian apostrophe in some programs */
		bool number = c == '#';                     /* "Attendee #" is no attendee */
		if (number || (!apostrophe && (utf8_is_letter(c) || utf8_is_digit(c)))) {
			utf8_append(&out, c);
		}
	}
	free(folded);
	return strbuf_detach(&out);
}

void alias_add(struct mapstr *table, const struct alias *list, size_t n) {
	for (size_t i = 0; i < n; i++) {
		char *key = alias_fold(list[i].header);
		bool made = false;
		int64_t *place = mapstr_place(table, key, &made);
		if (made) {
			/* Field and rank in one number: ranks are below 8. */
			*place = (int64_t)list[i].field * 8 + list[i].rank;
		}
		free(key);
	}
}

struct mapstr alias_table(const struct alias *list, size_t n) {
	struct mapstr table = {0};
	alias_add(&table, list, n);
	return table;
}

static int64_t *find_folded(const struct mapstr *table, const char *header) {
	char *key = alias_fold(header);
	int64_t *place = *key != '\0' ? mapstr_find(table, key) : NULL;
	free(key);
	return place;
}

int alias_find(const struct mapstr *table, const char *header, int *rank) {
	int64_t *place = find_folded(table, header);
	const char *bracket = strpbrk(header, "([");
	/* "Phone (mobile)": without what stands in brackets. */
	if (place == NULL && bracket != NULL && bracket != header) {
		char *head = xstrndup(header, (size_t)(bracket - header));
		place = find_folded(table, head);
		free(head);
	}
	if (place == NULL) {
		return -1;
	}
	if (rank != NULL) {
		*rank = (int)(*place % 8);
	}
	return (int)(*place / 8);
}
