#include "base/log_limit.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/log.h"

#define LINE_MAX_BYTES 1024

void log_limit_init(struct log_limit *limit, const char *part, const char *what) {
	*limit = (struct log_limit){.part = part, .what = what};
	pthread_mutex_init(&limit->busy, NULL);
}

bool log_limit_pass(struct log_limit *limit, struct mono_ms now, bool line, unsigned *left_out) {
	*left_out = 0;
	if (limit->said > 0 && now.v - limit->begun.v >= LOG_LIMIT_MS) {
		*left_out = limit->left_out;
		limit->said = limit->left_out = 0;
	}
	if (!line) {
		return false;
	}
	if (limit->said == 0) {
		limit->begun = now;
	}
	bool pass = limit->said < LOG_LIMIT_LINES;
	limit->said += pass;
	limit->left_out += !pass;
	return pass;
}

static bool pass(struct log_limit *limit, bool line) {
	unsigned left_out = 0;
	pthread_mutex_lock(&limit->busy);
	bool written = log_limit_pass(limit, clock_mono(), line, &left_out);
	pthread_mutex_unlock(&limit->busy);
	if (left_out > 0) {
		log_warn(limit->part, "%s: and %u more like it", limit->what, left_out);
	}
	return written;
}

void log_limit_warn(struct log_limit *limit, const char *fmt, ...) {
	char text[LINE_MAX_BYTES];
	if (!pass(limit, true)) {
		return;
	}
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	log_warn(limit->part, "%s", text);
}

void log_limit_look(struct log_limit *limit) { pass(limit, false); }

void log_limit_fini(struct log_limit *limit) {
	if (limit->left_out > 0) {
		log_warn(limit->part, "%s: and %u more like it", limit->what, limit->left_out);
	}
	pthread_mutex_destroy(&limit->busy);
}
