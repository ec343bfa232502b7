#include "words/collate.h"

#include <stdlib.h>
#include <unicode/ucol.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"

struct collator {
	UCollator *icu;
};

struct collator *collator_open(const char *language, struct err *err) {
	struct collator *c = xcalloc(1, sizeof *c);
	UErrorCode status = U_ZERO_ERROR;
	c->icu = ucol_open(str_or_empty(language), &status);
	if (U_SUCCESS(status)) {
		ucol_setAttribute(c->icu, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
	}
	if (U_FAILURE(status)) {
		collator_close(c);
		err_set(err, ERR_SYSTEM, "the order of the alphabet is not known (ICU: %s)", u_errorName(status));
		return NULL;
	}
	return c;
}

void collator_close(struct collator *c) {
	if (c != NULL) {
		if (c->icu != NULL) {
			ucol_close(c->icu);
		}
		free(c);
	}
}

static bool is_apostrophe(uint32_t c) { return c == '\'' || c == '`' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x00B4; }

/* UTF-16, as ICU takes it. New memory. */
static UChar *units_of(const char *text, int32_t *count) {
	UChar *out = xmalloc((strlen(text) + 1) * sizeof *out); /* no character takes more units than bytes */
	*count = 0;
	for (uint32_t c = utf8_next(&text); c != 0; c = utf8_next(&text)) {
		if (c > 0xFFFF) {
			out[(*count)++] = (UChar)(0xD7C0 + (c >> 10));
			out[(*count)++] = (UChar)(0xDC00 | (c & 0x3FF));
		} else if (!is_apostrophe(c)) {
			out[(*count)++] = (UChar)c;
		}
	}
	return out;
}

void collator_key(const struct collator *c, const char *text, struct strbuf *out) {
	int32_t count = 0;
	UChar *units = units_of(text, &count);
	int32_t n = ucol_getSortKey(c->icu, units, count, NULL, 0);
	strbuf_reserve(out, (size_t)n + 1);
	ucol_getSortKey(c->icu, units, count, (uint8_t *)out->data + out->len, n);
	out->len += n > 0 ? (size_t)n : 0; /* with the zero that ends it */
	out->data[out->len] = '\0';
	free(units);
}
