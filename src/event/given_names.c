#include "event/given_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"

static const char *const LINES[] = {
#include "given_names.inc"
};

struct form {
	struct name_sounds sounds;
	char key[NAME_SOUNDS_MAX + 1];
	unsigned short group;
};

struct given_names {
	struct form *items; /* group by group */
	size_t count, cap;
	const struct form **by_key;
	size_t begins[COUNT_OF(LINES) + 1]; /* of each group among the items */
};

static void add_group(struct given_names *names, const char *line, unsigned short group) {
	enum { WORDS = 32 };
	char *folded = fold_text(line), *words[WORDS];
	size_t n = str_split(folded, ' ', words, WORDS);
	names->begins[group] = names->count;
	for (size_t i = 0; i < n; i++) {
		ARRAY_GROW(names, items);
		struct form *form = &names->items[names->count++];
		form->group = group;
		name_sounds_read(words[i], &form->sounds);
		name_key_of(&form->sounds, form->key);
	}
	free(folded);
}

static int by_key(const void *a, const void *b) {
	const struct form *x = *(const struct form *const *)a, *y = *(const struct form *const *)b;
	int order = strcmp(x->key, y->key);
	return order != 0 ? order : (x->group > y->group) - (x->group < y->group);
}

struct given_names *given_names_open(void) {
	struct given_names *names = xcalloc(1, sizeof *names);
	for (size_t i = 0; i < COUNT_OF(LINES); i++) {
		add_group(names, LINES[i], (unsigned short)i);
	}
	names->begins[COUNT_OF(LINES)] = names->count;
	names->by_key = xcalloc(names->count + 1, sizeof *names->by_key);
	for (size_t i = 0; i < names->count; i++) {
		names->by_key[i] = &names->items[i];
	}
	qsort(names->by_key, names->count, sizeof *names->by_key, by_key);
	return names;
}

void given_names_close(struct given_names *names) {
	if (names != NULL) {
		free(names->items);
		free(names->by_key);
		free(names);
	}
}

/* The first that is not before the key. */
static size_t lower(const struct given_names *names, const char *key) {
	size_t from = 0, to = names->count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (strcmp(names->by_key[middle]->key, key) < 0) {
			from = middle + 1;
		} else {
			to = middle;
		}
	}
	return from;
}

void given_names_find(const struct given_names *names, const struct name_sounds *sounds, struct given_groups *out) {
	char key[NAME_SOUNDS_MAX + 1];
	name_key_of(sounds, key);
	out->count = 0;
	for (size_t i = lower(names, key); i < names->count && out->count < GIVEN_GROUPS_MAX; i++) {
		const struct form *form = names->by_key[i];
		if (!str_eq(form->key, key)) {
			break;
		}
		bool again = out->count > 0 && out->items[out->count - 1] == form->group;
		if (!again && name_sounds_fit(&form->sounds, sounds, true)) {
			out->items[out->count++] = form->group;
		}
	}
}

bool given_groups_meet(const struct given_groups *a, const struct given_groups *b) {
	for (size_t i = 0; i < a->count; i++) {
		for (size_t k = 0; k < b->count; k++) {
			if (a->items[i] == b->items[k]) {
				return true;
			}
		}
	}
	return false;
}

const char *given_names_form(const struct given_names *names, unsigned short group, size_t index) {
	size_t at = names->begins[group] + index;
	return at < names->begins[group + 1] ? names->items[at].key : NULL;
}
