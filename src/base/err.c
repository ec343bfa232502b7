#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a full buffer back to the end of its last whole UTF-8 character. */
static void cut_to_character(char *text) {
	size_t n = strlen(text);
	if (n + 1 < ERR_TEXT_MAX) {
		return;
	}
	while (n > 0 && ((unsigned char)text[n - 1] & 0xC0) == 0x80) {
		n--;
	}
	if (n > 0 && ((unsigned char)text[n - 1] & 0x80) != 0) {
		n--;
	}
	text[n] = '\0';
}

bool err_set(struct err *err, enum err_kind kind, const char *fmt, ...) {
	va_list ap;
	va_start(ap, fmt);
	err->kind = kind;
	err->has_fault = false;
	vsnprintf(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	cut_to_character(err->text);
	return false;
}

bool err_errno(struct err *err, const char *fmt, ...) {
	int saved = errno;
	char what[ERR_TEXT_MAX];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	char reason[128];
	return err_set(err, ERR_SYSTEM, "%s: %s", what, strerror_r(saved, reason, sizeof reason));
}

bool err_wrap(struct err *err, const char *fmt, ...) {
	char context[ERR_TEXT_MAX];
	char inner[ERR_TEXT_MAX];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(context, sizeof context, fmt, ap);
	va_end(ap);
	memcpy(inner, err->text, sizeof inner);
	bool has_fault = err->has_fault;
	err_set(err, err->kind, "%s: %s", context, inner);
	err->has_fault = has_fault;
	return false;
}

bool err_give(struct err *err, const struct err *from) {
	struct fault *fault = err->fault;
	*err = *from;
	err->fault = fault;
	err->has_fault = from->has_fault && from->fault == fault;
	return false;
}
