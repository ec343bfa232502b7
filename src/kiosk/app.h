/* The kiosk at work: one loop on the main thread that owns SDL and the model, and the two workers beside it. */
#ifndef TURNOUT_KIOSK_APP_H
#define TURNOUT_KIOSK_APP_H

#include "base/err.h"
#include "kiosk/options.h"

/* Runs until somebody ends it. `started_us`: clock_span_us at the program's beginning, for --timings. */
bool app_run(const struct kiosk_options *options, int64_t started_us, struct err *err) TURNOUT_MUST_CHECK;

#endif
