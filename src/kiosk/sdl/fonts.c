#include "kiosk/sdl/fonts.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

static const struct face_row {
	const char *role, *family;
	int weight; /* fontconfig's */
	const char *package;
} rows[] = {
#include "faces.inc"
};
_Static_assert(COUNT_OF(rows) == FONT_COUNT, "fonts/faces has a line for every face");

static char *find(FcConfig *config, const struct face_row *row) {
	char *path = NULL;
	FcPattern *pattern = FcPatternCreate();
	FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)row->family);
	FcPatternAddInteger(pattern, FC_WEIGHT, row->weight);
	FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
	FcPatternAddInteger(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
	FcObjectSet *wanted = FcObjectSetBuild(FC_FILE, (char *)NULL);
	FcFontSet *set = FcFontList(config, pattern, wanted);
	FcChar8 *file;
	if (set != NULL && set->nfont > 0 && FcPatternGetString(set->fonts[0], FC_FILE, 0, &file) == FcResultMatch) {
		path = xstrdup((const char *)file);
	}
	if (set != NULL) {
		FcFontSetDestroy(set);
	}
	FcObjectSetDestroy(wanted);
	FcPatternDestroy(pattern);
	return path;
}

/* What stands in for a missing face, in order of likeness. */
static char *stand_in(const struct fonts *fonts) {
	static const int order[] = {FACE_MEDIUM, FACE_TEXT, FACE_BOLD, FACE_DISPLAY, FONT_SYMBOLS};
	for (size_t i = 0; i < COUNT_OF(order); i++) {
		if (fonts->path[order[i]] != NULL) {
			return fonts->path[order[i]];
		}
	}
	return NULL;
}

bool fonts_find(struct fonts *fonts, struct err *err) {
	*fonts = (struct fonts){0};
	/* A configuration of our own, not fontconfig's current one, so that it can be freed again. */
	FcConfig *config = FcInitLoadConfigAndFonts();
	struct strbuf missing = {0};
	for (size_t i = 0; i < FONT_COUNT && config != NULL; i++) {
		fonts->path[i] = find(config, &rows[i]);
		if (fonts->path[i] == NULL) {
			strbuf_addf(&missing, "%s%s of weight %d (package %s)", missing.len > 0 ? ", " : "", rows[i].family, rows[i].weight,
				    rows[i].package);
		}
	}
	fonts->config = config;
	str_copy(fonts->missing, sizeof fonts->missing, strbuf_str(&missing));
	strbuf_fini(&missing);
	const char *other = stand_in(fonts);
	if (other == NULL) {
		fonts_fini(fonts);
		return err_set(err, ERR_SYSTEM, "there are no fonts: install the packages %s and %s", rows[0].package,
			       rows[FONT_SYMBOLS].package);
	}
	for (size_t i = 0; i < FONT_COUNT; i++) {
		if (fonts->path[i] == NULL) {
			fonts->path[i] = xstrdup(other);
		}
	}
	return true;
}

void fonts_fini(struct fonts *fonts) {
	for (size_t i = 0; i < FONT_COUNT; i++) {
		free(fonts->path[i]);
	}
	if (fonts->config != NULL) {
		FcConfigDestroy(fonts->config);
	}
	*fonts = (struct fonts){0};
}

const char *fonts_family(int font, int *weight) {
	if (weight != NULL) {
		*weight = rows[font].weight;
	}
	return rows[font].family;
}
