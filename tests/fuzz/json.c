/* Objects of texts read without a tree: what json_each_text tells is what json_parse reads. Whoever calls it knows that the text is UTF-8. */
#include "fuzz/world.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"

struct member {
	char *key, *value;
};

struct members {
	struct member *items;
	size_t count, cap;
};

static void note(void *context, const char *key, const char *value) {
	struct members *m = context;
	ARRAY_GROW(m, items);
	m->items[m->count++] = (struct member){xstrdup(key), xstrdup(value)};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	struct err err = {0};
	struct members m = {.count = 0};
	char *text = xstrndup((const char *)data, n);
	bool plain = utf8_valid(text, strlen(text), NULL) && json_each_text(text, note, &m);
	struct json *parsed = json_parse(text, strlen(text), &err);
	bool doubled = false;
	for (size_t i = 0; plain && i < m.count; i++) {
		for (size_t k = 0; k < i; k++) {
			doubled = doubled || str_eq(m.items[i].key, m.items[k].key);
		}
	}
	fuzz_assert(!plain || doubled || parsed != NULL);
	for (size_t i = 0; plain && !doubled && i < m.count; i++) {
		fuzz_assert(str_eq(json_get_text(parsed, m.items[i].key), m.items[i].value));
	}
	for (size_t i = 0; i < m.count; i++) {
		free(m.items[i].key);
		free(m.items[i].value);
	}
	free(m.items);
	json_free(parsed);
	free(text);
	return 0;
}
