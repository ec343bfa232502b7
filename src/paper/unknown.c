#include "paper/unknown.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define NO_BREAK "\xC2\xA0"

enum { FONTS_CORE, FONTS_CJK, FONTS_EMOJI, FONTS_NONE };

static const char *const PACKAGES[] = {
	[FONTS_CORE] = "fonts-noto-core", /* almost all living and dead scripts, and signs */
	[FONTS_CJK] = "fonts-noto-cjk",
	[FONTS_EMOJI] = "fonts-noto-color-emoji",
};

/* The blocks of Unicode that are not core's. */
static const struct {
	uint32_t from, to;
	int fonts;
} BLOCKS[] = {
	{0x1100, 0x11FF, FONTS_CJK},     /* Hangul Jamo */
	{0x2E80, 0x9FFF, FONTS_CJK},     /* radicals, kana, bopomofo, ideographs */
	{0xA960, 0xA97F, FONTS_CJK},     /* Hangul Jamo, extended */
	{0xAC00, 0xD7FF, FONTS_CJK},     /* Hangul */
	{0xE000, 0xF8FF, FONTS_NONE},    /* private */
	{0xF900, 0xFAFF, FONTS_CJK},     /* compatibility ideographs */
	{0xFE30, 0xFE4F, FONTS_CJK},     /* vertical forms */
	{0xFF00, 0xFFEF, FONTS_CJK},     /* half and full width */
	{0x1B000, 0x1B16F, FONTS_CJK},   /* more kana */
	{0x1F000, 0x1FAFF, FONTS_EMOJI}, /* pictures */
	{0x20000, 0x3FFFF, FONTS_CJK},   /* more ideographs */
	{0xE0000, 0x10FFFF, FONTS_NONE}, /* tags, private */
};

void unknown_fini(struct unknown_texts *list) {
	for (size_t i = 0; i < list->count; i++) {
		free(list->items[i]);
	}
	free(list->items);
	mapstr_fini(&list->seen);
	*list = (struct unknown_texts){0};
}

void unknown_add(struct unknown_texts *list, const char *text) {
	struct strbuf plain = {0};
	bool made;
	while (*text != '\0') {
		bool unbreakable = str_starts(text, NO_BREAK);
		strbuf_addc(&plain, (char)(unbreakable || *text == '\n' ? ' ' : *text));
		text += unbreakable ? strlen(NO_BREAK) : 1;
	}
	mapstr_place(&list->seen, strbuf_str(&plain), &made);
	if (made) {
		ARRAY_GROW(list, items);
		list->items[list->count++] = strbuf_detach(&plain);
	}
	strbuf_fini(&plain);
}

void unknown_character(struct unknown_texts *list, uint32_t character) {
	int fonts = FONTS_CORE;
	for (size_t i = 0; i < COUNT_OF(BLOCKS); i++) {
		if (character >= BLOCKS[i].from && character <= BLOCKS[i].to) {
			fonts = BLOCKS[i].fonts;
		}
	}
	list->fonts |= 1u << fonts;
}

void unknown_packages(const struct unknown_texts *list, struct strbuf *out) {
	const char *parting = "";
	for (size_t i = 0; i < COUNT_OF(PACKAGES); i++) {
		if ((list->fonts & 1u << i) != 0) {
			strbuf_addf(out, "%s%s", parting, PACKAGES[i]);
			parting = " ";
		}
	}
}
