#include "kiosk/sdl/fallback.h"

#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"

#define SORTED_MAX 12  /* lists of fonts: one for each face and language */
#define FOUND_MAX 1024 /* clusters that are remembered */
#define CLUSTER_MAX 24 /* bytes of one that is */

struct sorted {
	enum face face;
	const char *language; /* a constant; NULL: none */
	FcFontSet *fonts;
	FcCharSet *all; /* what they draw together */
};

struct file {
	char *path;
	int index;
	bool emboldened;
};

/* A cluster that was asked for. */
struct found {
	enum face face;
	uint32_t script;
	int number;
	uint8_t n;
	char cluster[CLUSTER_MAX];
};

struct fallback {
	FcConfig *config;
	struct sorted sorted[SORTED_MAX];
	size_t count;
	struct {
		struct file *items;
		size_t count, cap;
	} files;                       /* as many as fonts are installed, at most */
	struct found found[FOUND_MAX]; /* each at its hash; another one with that hash takes its place */
};

/* The languages for which fontconfig knows who draws a script well, those that pango has in mind with canvas.c's. Chinese characters belong to
 * several, and stand for none. */
static const struct {
	hb_script_t script;
	const char *language;
} LANGUAGES[] = {
	{HB_SCRIPT_ARABIC, "ar"},     {HB_SCRIPT_ARMENIAN, "hy"}, {HB_SCRIPT_BENGALI, "bn"},   {HB_SCRIPT_CYRILLIC, "uk"},
	{HB_SCRIPT_DEVANAGARI, "hi"}, {HB_SCRIPT_ETHIOPIC, "am"}, {HB_SCRIPT_GEORGIAN, "ka"},  {HB_SCRIPT_GREEK, "el"},
	{HB_SCRIPT_GUJARATI, "gu"},   {HB_SCRIPT_GURMUKHI, "pa"}, {HB_SCRIPT_HANGUL, "ko"},    {HB_SCRIPT_HEBREW, "he"},
	{HB_SCRIPT_HIRAGANA, "ja"},   {HB_SCRIPT_KANNADA, "kn"},  {HB_SCRIPT_KATAKANA, "ja"},  {HB_SCRIPT_KHMER, "km"},
	{HB_SCRIPT_LAO, "lo"},        {HB_SCRIPT_LATIN, "en"},    {HB_SCRIPT_MALAYALAM, "ml"}, {HB_SCRIPT_MONGOLIAN, "mn"},
	{HB_SCRIPT_MYANMAR, "my"},    {HB_SCRIPT_ORIYA, "or"},    {HB_SCRIPT_SINHALA, "si"},   {HB_SCRIPT_SYRIAC, "syr"},
	{HB_SCRIPT_TAMIL, "ta"},      {HB_SCRIPT_TELUGU, "te"},   {HB_SCRIPT_THAANA, "dv"},    {HB_SCRIPT_THAI, "th"},
	{HB_SCRIPT_TIBETAN, "bo"},    {HB_SCRIPT_COMMON, "uk"},
};

static const char *language_of(uint32_t script) {
	for (size_t i = 0; i < COUNT_OF(LANGUAGES); i++) {
		if ((uint32_t)LANGUAGES[i].script == script) {
			return LANGUAGES[i].language;
		}
	}
	return NULL;
}

struct fallback *fallback_open(const struct fonts *fonts) {
	struct fallback *f = xcalloc(1, sizeof *f);
	f->config = fonts->config;
	return f;
}

static void forget_sorted(struct fallback *f) {
	for (size_t i = 0; i < f->count; i++) {
		if (f->sorted[i].fonts != NULL) {
			FcFontSetDestroy(f->sorted[i].fonts);
		}
		if (f->sorted[i].all != NULL) {
			FcCharSetDestroy(f->sorted[i].all);
		}
	}
	f->count = 0;
}

void fallback_close(struct fallback *f) {
	if (f != NULL) {
		forget_sorted(f);
		for (size_t i = 0; i < f->files.count; i++) {
			free(f->files.items[i].path);
		}
		free(f->files.items);
		free(f);
	}
}

/* The pattern that pango makes of the badge's font description. */
static FcPattern *wanted_pattern(const struct fallback *f, enum face face, const char *language) {
	int weight;
	FcPattern *pattern = FcPatternCreate();
	FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)fonts_family(face, &weight));
	FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)fonts_family(FACE_TEXT, NULL));
	FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)fonts_family(FONT_SYMBOLS, NULL));
	FcPatternAddInteger(pattern, FC_WEIGHT, weight);
	FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
	FcPatternAddInteger(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
	FcPatternAddBool(pattern, FC_OUTLINE, FcTrue);
	FcPatternAddString(pattern, FC_LANG, (const FcChar8 *)(language == NULL ? "xx" : language));
	FcConfigSubstitute(f->config, pattern, FcMatchPattern);
	FcDefaultSubstitute(pattern);
	return pattern;
}

static const struct sorted *sorted_for(struct fallback *f, enum face face, const char *language) {
	for (size_t i = 0; i < f->count; i++) {
		if (f->sorted[i].face == face && f->sorted[i].language == language) {
			return &f->sorted[i];
		}
	}
	if (f->count == SORTED_MAX) {
		forget_sorted(f);
	}
	FcResult result;
	struct sorted *s = &f->sorted[f->count++];
	FcPattern *pattern = wanted_pattern(f, face, language);
	*s = (struct sorted){.face = face, .language = language};
	s->fonts = FcFontSort(f->config, pattern, FcTrue, &s->all, &result);
	FcPatternDestroy(pattern);
	return s;
}

/* Pictures of letters and of colours cannot be made as large as a screen wants them; HarfBuzz shapes OpenType alone. */
static bool is_usable(FcPattern *font) {
	FcBool scalable = FcFalse, colour = FcFalse;
	FcChar8 *format = NULL;
	FcPatternGetBool(font, FC_SCALABLE, 0, &scalable);
	FcPatternGetBool(font, FC_COLOR, 0, &colour);
	FcPatternGetString(font, FC_FONTFORMAT, 0, &format);
	return scalable && !colour && (str_eq((const char *)format, "TrueType") || str_eq((const char *)format, "CFF"));
}

/* The first of the fonts that has the n bytes' characters. */
static FcPattern *first_with(const struct sorted *s, const char *text, size_t n) {
	for (int i = 0; s->fonts != NULL && i < s->fonts->nfont; i++) {
		FcPattern *font = s->fonts->fonts[i];
		FcCharSet *set;
		const char *at = text;
		bool has = FcPatternGetCharSet(font, FC_CHARSET, 0, &set) == FcResultMatch && is_usable(font);
		while (has && at < text + n) {
			uint32_t c = utf8_next(&at);
			has = FcCharSetHasChar(set, c) || utf8_is_unseen(c);
		}
		if (has) {
			return font;
		}
	}
	return NULL;
}

/* Its number among the files; what fontconfig's rules say of it (a bold face that is made of another) comes with it. */
static int number_of(struct fallback *f, const struct sorted *s, FcPattern *font) {
	FcPattern *pattern = wanted_pattern(f, s->face, s->language), *ready = FcFontRenderPrepare(f->config, pattern, font);
	FcChar8 *path = NULL;
	FcBool emboldened = FcFalse;
	int index = 0, number = -1;
	FcPatternGetBool(ready, FC_EMBOLDEN, 0, &emboldened);
	FcPatternGetInteger(ready, FC_INDEX, 0, &index);
	if (FcPatternGetString(ready, FC_FILE, 0, &path) == FcResultMatch) {
		for (size_t i = 0; i < f->files.count && number < 0; i++) {
			const struct file *known = &f->files.items[i];
			bool same = known->index == index && known->emboldened == (emboldened == FcTrue);
			number = same && str_eq(known->path, (const char *)path) ? (int)i : -1;
		}
		if (number < 0) {
			ARRAY_GROW(&f->files, items);
			number = (int)f->files.count++;
			f->files.items[number] = (struct file){xstrdup((const char *)path), index, emboldened == FcTrue};
		}
	}
	FcPatternDestroy(ready);
	FcPatternDestroy(pattern);
	return number;
}

static int look_for(struct fallback *f, const struct wanted_font *wanted) {
	const struct sorted *s = sorted_for(f, wanted->face, language_of(wanted->script));
	const char *next = wanted->text;
	uint32_t first = utf8_next(&next);
	/* Asked of all together first: what none has may come in hundreds. */
	if (s->all == NULL || !FcCharSetHasChar(s->all, first)) {
		return -1;
	}
	FcPattern *font = first_with(s, wanted->text, wanted->n);
	if (font == NULL) {
		font = first_with(s, wanted->text, (size_t)(next - wanted->text));
	}
	return font == NULL ? -1 : number_of(f, s, font);
}

int fallback_find(struct fallback *f, const struct wanted_font *wanted) {
	if (wanted->n > CLUSTER_MAX) {
		return look_for(f, wanted);
	}
	uint32_t hash = wanted->script * 31 + (uint32_t)wanted->face;
	for (size_t i = 0; i < wanted->n; i++) {
		hash = hash * 31 + (uint8_t)wanted->text[i];
	}
	struct found *found = &f->found[hash % FOUND_MAX];
	if (found->n != wanted->n || found->face != wanted->face || found->script != wanted->script ||
	    memcmp(found->cluster, wanted->text, wanted->n) != 0) {
		*found = (struct found){.face = wanted->face, .script = wanted->script, .n = (uint8_t)wanted->n};
		memcpy(found->cluster, wanted->text, wanted->n);
		found->number = look_for(f, wanted);
	}
	return found->number;
}

struct font_file fallback_file(const struct fallback *f, int number) {
	const struct file *file = &f->files.items[number];
	return (struct font_file){file->path, file->index, file->emboldened};
}
