#include "event/keyboard_layout.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/utf8.h"

/* Key by key, the letters of one layout under those of another; first without, then with Shift. */
enum layout { LATIN, UKRAINIAN, RUSSIAN, LAYOUTS };
static const char *const KEYS[LAYOUTS] = {
	[LATIN] = "`qwertyuiop[]\\asdfghjkl;'zxcvbnm,."
		  "~QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>",
	[UKRAINIAN] = "'йцукенгшщзхїґфівапролджєячсмитьбю"
		      "ʼЙЦУКЕНГШЩЗХЇҐФІВАПРОЛДЖЄЯЧСМИТЬБЮ",
	[RUSSIAN] = "ёйцукенгшщзхъ\\фывапролджэячсмитьбю"
		    "ЁЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ",
};

static uint32_t letter_at(enum layout layout, size_t place) {
	const char *at = KEYS[layout];
	uint32_t c = utf8_next(&at);
	while (place-- > 0 && c != 0) {
		c = utf8_next(&at);
	}
	return c;
}

/* The key that gives the letter; false when none does. */
static bool find_key(enum layout layout, uint32_t letter, size_t *place) {
	const char *at = KEYS[layout];
	*place = 0;
	for (uint32_t c = utf8_next(&at); c != 0; c = utf8_next(&at)) {
		if (c == letter) {
			return true;
		}
		(*place)++;
	}
	return false;
}

static char *read_as(const char *text, enum layout typed, enum layout meant) {
	struct strbuf out = {0};
	for (uint32_t c = utf8_next(&text); c != 0; c = utf8_next(&text)) {
		size_t place;
		utf8_append(&out, find_key(typed, c, &place) ? letter_at(meant, place) : c);
	}
	return strbuf_detach(&out);
}

/* Which layouts have all of its letters: one that was typed with another has a letter that this one lacks, or could be of either. */
static bool is_of(const char *text, enum layout layout) {
	bool any = false;
	for (uint32_t c = utf8_next(&text); c != 0; c = utf8_next(&text)) {
		size_t place;
		if (utf8_is_letter(c)) {
			if (!find_key(layout, c, &place)) {
				return false;
			}
			any = true;
		}
	}
	return any;
}

static void add(const char *text, char *reading, char **readings, size_t *count) {
	bool known = strcmp(reading, text) == 0;
	for (size_t i = 0; i < *count && !known; i++) {
		known = strcmp(readings[i], reading) == 0;
	}
	if (known || *count == LAYOUT_READINGS_MAX) {
		free(reading);
	} else {
		readings[(*count)++] = reading;
	}
}

size_t layout_readings(const char *text, char *readings[LAYOUT_READINGS_MAX]) {
	size_t count = 0;
	if (is_of(text, LATIN)) {
		add(text, read_as(text, LATIN, UKRAINIAN), readings, &count);
		add(text, read_as(text, LATIN, RUSSIAN), readings, &count);
		return count;
	}
	bool ukrainian = is_of(text, UKRAINIAN), russian = is_of(text, RUSSIAN);
	if (ukrainian) {
		add(text, read_as(text, UKRAINIAN, LATIN), readings, &count);
		add(text, read_as(text, UKRAINIAN, RUSSIAN), readings, &count);
	}
	if (russian) {
		add(text, read_as(text, RUSSIAN, LATIN), readings, &count);
		add(text, read_as(text, RUSSIAN, UKRAINIAN), readings, &count);
	}
	return count;
}
