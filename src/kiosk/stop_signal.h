/* SIGTERM, SIGINT and SIGHUP, as systemd and a terminal send them: the only way from outside to end a kiosk that fills the screen. SDL would make
 * the same event of them as of a window that somebody closes (Alt+F4, a macro of a scanner), which ends nothing there. */
#ifndef TURNOUT_KIOSK_STOP_SIGNAL_H
#define TURNOUT_KIOSK_STOP_SIGNAL_H

#include <stdbool.h>

#include "base/err.h"

struct stop_signal;

/* Before any other thread is made, so that only this one takes them. `wake` is called, from its thread, when one came. */
bool stop_signal_open(void (*wake)(void *context), void *context, struct stop_signal **out, struct err *err) TURNOUT_MUST_CHECK;
bool stop_signal_came(const struct stop_signal *stop);
void stop_signal_close(struct stop_signal *stop); /* NULL is fine */

#endif
