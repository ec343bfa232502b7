#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

#define WHOLE (ERR_TEXT_MAX + 1) /* one byte more than is kept: it tells whether the cut would part a character */

bool err_set(struct err *err, enum err_kind kind, const char *fmt, ...) {
	char text[WHOLE];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	err->kind = kind;
	err->has_fault = false;
	str_copy(err->text, sizeof err->text, text);
	return false;
}

bool err_errno(struct err *err, const char *fmt, ...) {
	int saved = errno;
	char what[WHOLE];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	char reason[128];
	return err_set(err, ERR_SYSTEM, "%s: %s", what, strerror_r(saved, reason, sizeof reason));
}

bool err_wrap(struct err *err, const char *fmt, ...) {
	char context[WHOLE];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(context, sizeof context, fmt, ap);
	va_end(ap);
	bool has_fault = err->has_fault;
	err_set(err, err->kind, "%s: %s", context, err->text);
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
