#include "event/fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"

static bool is_apostrophe(uint32_t c) {
	return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x2018 || c == 0x00B4 || c == '`' || c == 0x00AD;
}

static bool is_word(uint32_t c) {
	if (c < 0x80) {
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	}
	return utf8_is_letter(c) || utf8_is_digit(c);
}

char *fold_text(const char *text) {
	char *folded = utf8_fold_marks(text);
	struct strbuf out = {0};
	bool gap = false;
	const char *at = folded;
	for (uint32_t c = utf8_next(&at); c != 0; c = utf8_next(&at)) {
		if (is_apostrophe(c)) {
			continue;
		}
		if (!is_word(c)) {
			gap = true;
			continue;
		}
		if (gap && out.len != 0) {
			strbuf_addc(&out, ' ');
		}
		gap = false;
		utf8_append(&out, c == 0x0491 ? 0x0433 : c); /* ґ has no decomposition in Unicode */
	}
	free(folded);
	return strbuf_detach(&out);
}
