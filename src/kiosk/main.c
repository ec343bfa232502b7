#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "kiosk/app.h"
#include "kiosk/self_test.h"

/* A list of a large event is gone through now and then; glibc, left alone, would keep ever larger pieces of what was freed in its heaps, full of holes. */
#define KEEP_FREED ((size_t)128 * 1024)

int main(int argc, char **argv) {
	int64_t started = clock_span_us();
	alloc_share(2); /* a dozen threads, of which few take memory at the same time */
	alloc_keep_freed(KEEP_FREED);
	struct kiosk_options options;
	struct err err = {0};
	switch (kiosk_options_read(argc, argv, &options)) {
	case OPTIONS_HELP: return 0;
	case OPTIONS_WRONG: return 2;
	case OPTIONS_RUN: break;
	}
	if (!(options.self_test ? self_test_run(&options, &err) : app_run(&options, started, &err))) {
		log_line("turnout-kiosk: %s", err.text);
		return err.kind == ERR_USAGE ? 2 : 1;
	}
	return 0;
}
