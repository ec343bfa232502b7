/* The light behind a panel, where the kernel has it in hand (/sys/class/backlight). */
#ifndef TURNOUT_STATION_BACKLIGHT_H
#define TURNOUT_STATION_BACKLIGHT_H

#include <stdbool.h>

#include "base/err.h"

/* Where backlights are; the variable TURNOUT_BACKLIGHT names another folder, which tests make. */
const char *backlight_folder(void);

/* Sets every backlight in the folder that may be written to that part of its light, per cent; never to none at all. Returns how many. 0: there is none,
 * or none may be written, and *err says which: ERR_NOT_FOUND, ERR_REFUSED. */
int backlight_set(const char *folder, int percent, struct err *err);

#endif
