#include "base/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>

bool charset_known(const char *name) {
	iconv_t cd = iconv_open("UTF-8", name);
	if (cd == (iconv_t)-1) {
		return false;
	}
	iconv_close(cd);
	return true;
}

bool charset_to_utf8(const char *name, const char *bytes, size_t n, struct strbuf *out, size_t *stop) {
	iconv_t cd = iconv_open("UTF-8", name);
	if (cd == (iconv_t)-1) {
		return false;
	}
	char *in = (char *)(uintptr_t)bytes; /* iconv's signature lacks the const; it does not write there */
	size_t left = n;
	while (left > 0) {
		/* A guess: E2BIG, when it was too little, only makes another round. */
		strbuf_reserve(out, left * 2 + 64);
		char *to = out->data + out->len;
		size_t room = out->cap - out->len - 1;
		size_t before = room;
		size_t done = iconv(cd, &in, &left, &to, &room);
		out->len += before - room;
		if (done == (size_t)-1 && errno != E2BIG) {
			break;
		}
	}
	strbuf_reserve(out, 1);
	out->data[out->len] = '\0';
	iconv_close(cd);
	*stop = n - left;
	return true;
}
