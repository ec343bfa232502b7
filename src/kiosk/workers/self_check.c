#include "kiosk/workers/self_check.h"

#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/alloc.h"

static void saying_fini(struct self_saying *saying) {
	for (size_t i = 0; i < saying->count; i++) {
		free(saying->values[i].value);
	}
	*saying = (struct self_saying){.message = NULL};
}

void self_checked_fini(struct self_checked *checked) {
	saying_fini(&checked->text);
	saying_fini(&checked->help);
	strbuf_fini(&checked->detail);
}

void self_value(struct self_saying *saying, const char *name, const char *format, ...) {
	struct strbuf value = {0};
	va_list args;
	if (saying->count == SELF_VALUES_MAX) {
		return;
	}
	va_start(args, format);
	strbuf_addv(&value, format, args);
	va_end(args);
	saying->values[saying->count].name = name;
	saying->values[saying->count++].value = xstrdup(strbuf_str(&value));
	strbuf_fini(&value);
}

void self_say(struct self_checked *out, enum self_verdict verdict, const char *text, const char *help) {
	out->verdict = verdict;
	out->text.message = text;
	out->help.message = help;
}

void self_say_why(struct self_checked *out, const char *text, const struct err *why, const char *help) {
	self_say(out, SELF_FAULT, text, help);
	strbuf_adds(&out->detail, why->text);
}

void self_saying_add(struct strbuf *out, const struct self_saying *saying, const struct tongue *tongue) {
	struct word_value values[SELF_VALUES_MAX];
	if (saying->message == NULL) {
		return;
	}
	for (size_t i = 0; i < saying->count; i++) {
		values[i] = (struct word_value){saying->values[i].name, saying->values[i].value};
	}
	words_fill(out, tongue_get_in(tongue, SELF_CONTEXT, saying->message), values, saying->count);
}

bool self_wait(const struct self_subject *subject, int ms) {
	struct pollfd stop = {.fd = subject->stop_fd, .events = POLLIN}; /* poll passes over a negative one */
	return poll(&stop, 1, ms) == 0;
}
