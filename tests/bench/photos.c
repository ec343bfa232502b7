#include "bench/photos.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"

#define MANIFEST_MAX ((size_t)16 << 20)
#define BETWEEN "\\x1e" /* stands between several right texts, as these four characters */

void photos_fini(struct photos *photos) {
	for (size_t i = 0; i < photos->count; i++) {
		struct photo *p = &photos->items[i];
		for (size_t k = 0; k < p->text_count; k++) {
			free(p->texts[k]);
		}
		free(p->texts);
		free(p->path);
		free(p->category);
		image_fini(&p->image);
	}
	free(photos->items);
	*photos = (struct photos){.count = 0};
}

/* --- texts ----------------------------------------------------------------------------------------------------------------------------------- */

/* Python's str.isspace for what is no ASCII. */
static bool is_wide_space(uint32_t c) {
	return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
	       c == 0x205F || c == 0x3000;
}

static bool is_space(uint32_t c) { return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31) || is_wide_space(c); }

void photo_fold(const char *line, struct strbuf *out) {
	bool gap = false;
	size_t from = out->len;
	while (*line != '\0') {
		uint32_t c = utf8_next(&line);
		if (c == '\\' && *line != '\0') { /* what stands behind is a control character's letter, or itself */
			c = utf8_next(&line);
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == '0' ? 0 : c;
		}
		if (is_space(c)) {
			gap = true;
		} else if (c >= 32 && c < 127) {
			if (gap && out->len != from) {
				strbuf_addc(out, ' ');
			}
			strbuf_addc(out, (char)c);
			gap = false;
		}
	}
}

bool photo_is_right(const struct photo *photo, const char *line) {
	struct strbuf folded = {0};
	bool right = false;
	photo_fold(line, &folded);
	for (size_t i = 0; i < photo->text_count; i++) {
		right = right || str_eq(photo->texts[i], strbuf_str(&folded));
	}
	strbuf_fini(&folded);
	return right;
}

/* --- the manifest ----------------------------------------------------------------------------------------------------------------------------- */

static void add_texts(struct photo *p, char *texts) {
	while (texts != NULL) {
		char *end = strstr(texts, BETWEEN);
		struct strbuf folded = {0};
		if (end != NULL) {
			*end = '\0';
		}
		photo_fold(texts, &folded);
		p->texts = xrealloc(p->texts, p->text_count + 1, sizeof *p->texts);
		p->texts[p->text_count++] = xstrdup(strbuf_str(&folded));
		strbuf_fini(&folded);
		texts = end == NULL ? NULL : end + strlen(BETWEEN);
	}
}

static bool add_photo(struct photos *photos, const char *folder, char *line, struct err *err) {
	static const char *const truths[] = {
		[PHOTO_GIVEN] = "given", [PHOTO_DERIVED] = "derived", [PHOTO_UNREAD] = "unread", [PHOTO_NONE] = "none"};
	char *fields[5];
	if (str_split(line, '\t', fields, 5) != 5) {
		return err_set(err, ERR_INPUT, "a line of the manifest has no five fields: %s", line);
	}
	struct photo p = {.path = file_join(folder, fields[0]), .category = xstrdup(fields[2])};
	bool known = false;
	for (size_t i = 0; i < COUNT_OF(truths); i++) {
		if (str_eq(truths[i], fields[1])) {
			p.truth = (enum photo_truth)i;
			known = true;
		}
	}
	if ((p.truth == PHOTO_GIVEN || p.truth == PHOTO_DERIVED) && fields[4][0] != '\0') {
		add_texts(&p, fields[4]);
	}
	ARRAY_GROW(photos, items);
	photos->items[photos->count++] = p;
	return (known || err_set(err, ERR_INPUT, "the manifest knows a truth \"%s\"", fields[1])) &&
	       image_load(p.path, &photos->items[photos->count - 1].image, err);
}

bool photos_load(const char *folder, struct photos *out, struct err *err) {
	char *path = file_join(folder, "manifest.tsv");
	struct strbuf file = {0};
	*out = (struct photos){.count = 0};
	bool ok = file_read(path, MANIFEST_MAX, &file, err);
	bool head = true;
	char *line = ok ? file.data : NULL;
	while (ok && line != NULL && *line != '\0') {
		char *end = strchr(line, '\n');
		if (end != NULL) {
			*end = '\0';
		}
		ok = head || add_photo(out, folder, line, err);
		head = false;
		line = end == NULL ? NULL : end + 1;
	}
	strbuf_fini(&file);
	free(path);
	if (!ok) {
		photos_fini(out);
	}
	return ok;
}
