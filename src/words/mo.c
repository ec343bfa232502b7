/* GNU gettext manual, "The Format of GNU MO Files". All offsets are checked once, when the file is parsed, so that looking up need not. */
#include "words/mo.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define MAGIC 0x950412deU
#define MESSAGES_MAX 20000

struct mo {
	unsigned char *data; /* the file and a NUL */
	size_t size;
	bool swapped;
	uint32_t count, originals, translations;
	struct plural *plural;
};

static uint32_t word_at(const struct mo *mo, size_t offset) {
	uint32_t v;
	memcpy(&v, mo->data + offset, sizeof v);
	return mo->swapped ? __builtin_bswap32(v) : v;
}

/* A table entry is length and offset; the text ends with a NUL that the length does not count. */
static bool text_ok(const struct mo *mo, size_t entry) {
	uint32_t length = word_at(mo, entry), offset = word_at(mo, entry + 4);
	return offset < mo->size && length < mo->size - offset && mo->data[(size_t)offset + length] == '\0';
}

static const char *text_at(const struct mo *mo, size_t entry, size_t *length) {
	*length = word_at(mo, entry);
	return (const char *)mo->data + word_at(mo, entry + 4);
}

static bool check(struct mo *mo, struct err *err) {
	if (mo->size < 28 || (word_at(mo, 0) != MAGIC && __builtin_bswap32(word_at(mo, 0)) != MAGIC)) {
		return err_set(err, ERR_INPUT, "this is no gettext catalogue");
	}
	mo->swapped = word_at(mo, 0) != MAGIC;
	mo->count = word_at(mo, 8);
	mo->originals = word_at(mo, 12);
	mo->translations = word_at(mo, 16);
	size_t table = (size_t)mo->count * 8;
	if (word_at(mo, 4) >> 16 > 1 || mo->count > MESSAGES_MAX || mo->originals > mo->size || table > mo->size - mo->originals ||
	    mo->translations > mo->size || table > mo->size - mo->translations) {
		return err_set(err, ERR_INPUT, "the catalogue's tables lie outside the file");
	}
	for (uint32_t i = 0; i < mo->count; i++) {
		if (!text_ok(mo, mo->originals + (size_t)i * 8) || !text_ok(mo, mo->translations + (size_t)i * 8)) {
			return err_set(err, ERR_INPUT, "message %u of the catalogue lies outside the file", i + 1);
		}
	}
	return true;
}

static bool read_plural(struct mo *mo, struct err *err) {
	const char *header = mo_get(mo, "", 0);
	/* "nplurals=" before it does not hold "plural=". Without a rule English's is taken, as gettext does. */
	const char *rule = header != NULL ? strstr(header, "plural=") : NULL;
	if (rule == NULL) {
		rule = "plural=n!=1;";
	}
	rule += strlen("plural=");
	return plural_parse(rule, strcspn(rule, ";\n"), &mo->plural, err);
}

bool mo_parse(const void *data, size_t n, struct mo **out, struct err *err) {
	if (n > MO_FILE_MAX) {
		return err_set(err, ERR_INPUT, "the catalogue is longer than %zu bytes", MO_FILE_MAX);
	}
	struct mo *mo = xcalloc(1, sizeof *mo);
	mo->data = xcalloc(1, n + 1);
	memcpy(mo->data, data, n);
	mo->size = n + 1;
	if (!check(mo, err) || !read_plural(mo, err)) {
		mo_free(mo);
		return false;
	}
	*out = mo;
	return true;
}

void mo_free(struct mo *mo) {
	if (mo != NULL) {
		plural_free(mo->plural);
		free(mo->data);
		free(mo);
	}
}

const char *mo_get(const struct mo *mo, const char *message, unsigned form) {
	uint32_t low = 0, high = mo->count;
	while (low < high) { /* originals are sorted bytewise; a plural's original begins with its singular and a NUL */
		uint32_t middle = low + (high - low) / 2;
		size_t length;
		int order = strcmp(message, text_at(mo, mo->originals + (size_t)middle * 8, &length));
		if (order == 0) {
			const char *text = text_at(mo, mo->translations + (size_t)middle * 8, &length);
			const char *end = text + length;
			for (; form > 0 && text < end; form--) {
				text += strlen(text) + 1;
			}
			return text < end ? text : NULL;
		}
		if (order < 0) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return NULL;
}

unsigned mo_plural(const struct mo *mo, unsigned long n) { return plural_form(mo->plural, n); }
