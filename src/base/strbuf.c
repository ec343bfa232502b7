#include "base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void strbuf_fini(struct strbuf *sb) {
	free(sb->data);
	*sb = (struct strbuf){0};
}

void strbuf_reset(struct strbuf *sb) { strbuf_truncate(sb, 0); }

void strbuf_truncate(struct strbuf *sb, size_t len) {
	if (len <= sb->len && sb->data != NULL) {
		sb->len = len;
		sb->data[len] = '\0';
	}
}

void strbuf_reserve(struct strbuf *sb, size_t more) {
	size_t need = sb->len + more + 1;
	if (need <= sb->cap) {
		return;
	}
	size_t cap = sb->cap ? sb->cap : 64;
	while (cap < need) {
		cap *= 2;
	}
	sb->data = xrealloc(sb->data, cap, 1);
	sb->cap = cap;
}

void strbuf_add(struct strbuf *sb, const void *data, size_t n) {
	strbuf_reserve(sb, n);
	if (n != 0) {
		memcpy(sb->data + sb->len, data, n);
	}
	sb->len += n;
	sb->data[sb->len] = '\0';
}

void strbuf_grown(struct strbuf *sb, size_t more) {
	sb->len += more;
	sb->data[sb->len] = '\0';
}

void strbuf_adds(struct strbuf *sb, const char *text) { strbuf_add(sb, text, strlen(text)); }

void strbuf_addc(struct strbuf *sb, char c) { strbuf_add(sb, &c, 1); }

void strbuf_addf(struct strbuf *sb, const char *fmt, ...) {
	va_list ap;
	va_start(ap, fmt);
	strbuf_addv(sb, fmt, ap);
	va_end(ap);
}

void strbuf_addv(struct strbuf *sb, const char *fmt, va_list ap) {
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	if (n > 0) {
		strbuf_reserve(sb, (size_t)n);
		vsnprintf(sb->data + sb->len, (size_t)n + 1, fmt, again);
		sb->len += (size_t)n;
	}
	va_end(again);
}

const char *strbuf_str(const struct strbuf *sb) { return sb->data ? sb->data : ""; }

char *strbuf_detach(struct strbuf *sb) {
	strbuf_reserve(sb, 0);
	sb->data[sb->len] = '\0';
	char *text = sb->data;
	*sb = (struct strbuf){0};
	return text;
}
