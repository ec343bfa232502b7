/* What a box is asked before people come: `turnout-kiosk EVENT --self-test`. No window is opened, and nothing is written into the event.
 *
 * Each check says in one line what was found; what helps stands beside what is wrong. Lines come as the checks are done, so one that hangs (a sound
 * server, a camera's driver) is seen to be the one that does. */
#ifndef TURNOUT_KIOSK_SELF_TEST_H
#define TURNOUT_KIOSK_SELF_TEST_H

#include "base/err.h"
#include "kiosk/options.h"

/* Prints all of them on stdout. ERR_REFUSED when there is a fault. */
bool self_test_run(const struct kiosk_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
