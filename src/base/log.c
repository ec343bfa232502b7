#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/escape.h"

/* In one write, so that the lines of two threads do not mix. */
static void line(const char *level, const char *part, const char *fmt, va_list ap) {
	struct strbuf text = {0}, shown = {0};
	if (part != NULL) {
		strbuf_addf(&text, "%s%s: ", level, part);
	}
	strbuf_addv(&text, fmt, ap);
	escape_add(&shown, ESCAPE_LINE, text.data, text.len);
	strbuf_addc(&shown, '\n');
	fputs(shown.data, stderr);
	strbuf_fini(&text);
	strbuf_fini(&shown);
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

void log_line(const char *fmt, ...) {
	va_list ap;
	va_start(ap, fmt);
	line("", NULL, fmt, ap);
	va_end(ap);
}
