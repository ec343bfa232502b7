#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static void line(const char *level, const char *part, const char *fmt, va_list ap) {
	char text[1024];
	vsnprintf(text, sizeof text, fmt, ap);
	fprintf(stderr, "%s%s: %s\n", level, part, text);
}

void log_info(const char *part, const char *fmt, ...) {
	va_list ap;
	va_start(ap, fmt);
	line("", part, fmt, ap);
	va_end(ap);
}

void log_warn(const char *part, const char *fmt, ...) {
	va_list ap;
	va_start(ap, fmt);
	line("warning: ", part, fmt, ap);
	va_end(ap);
}
