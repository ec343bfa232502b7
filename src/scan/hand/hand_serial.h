/* Scanners on a serial line: RS-232 adapters (/dev/ttyUSB*) and USB's CDC ACM (/dev/ttyACM*). */
#ifndef TURNOUT_SCAN_HAND_HAND_SERIAL_H
#define TURNOUT_SCAN_HAND_HAND_SERIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Opens the line raw, 8 data bits, no parity, one stop bit, no flow control, for us alone; `speed` in baud, one of 9600 to 115200. Returns the
 * descriptor (not waiting), or -1: ERR_NOT_FOUND when nothing is plugged in there. */
int hand_serial_open(const char *path, int speed, struct err *err);

/* Bytes that wait, at most `max`; *gone when the line is no longer there. */
size_t hand_serial_read(int fd, char *out, size_t max, bool *gone);

#endif
