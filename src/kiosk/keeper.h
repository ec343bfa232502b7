/* What staff set on the screen, on its way to the disk and to the panel: both are a thread's work (workers/device_worker.h), and what comes of them is heard
 * here. */
#ifndef TURNOUT_KIOSK_KEEPER_H
#define TURNOUT_KIOSK_KEEPER_H

#include "kiosk/workers/device_worker.h"

struct keeper { /* for keeper_close; a zeroed one is closed */
	struct device_worker *worker;
	int brightness; /* as the backlight was told last, per cent; 0: never */
	bool dark;      /* no backlight obeys: the picture has to be dimmed itself */
	bool not_taken; /* something was to be kept, and too many wait; nobody was told yet */
};

bool keeper_open(struct keeper *keeper, mailbox_wake *wake, void *context, struct err *err) TURNOUT_MUST_CHECK;
void keeper_close(struct keeper *keeper); /* what was to be kept is kept */

/* Is kept in a moment; keeper_take says what came of it. */
void keeper_keep(struct keeper *keeper, const struct device_change *changes, size_t count);
/* One answer after the other, until false. *problem: "" or why what was set was not kept, for the log. */
bool keeper_take(struct keeper *keeper, char problem[ERR_TEXT_MAX]);

/* The panel is to be as bright as `wanted`, per cent (0: left alone): its backlight is told when that is another than before. Returns how much light the
 * picture itself is to have, per cent: all of it while a backlight obeys, and in high contrast never so little that it cannot be read. */
int keeper_light(struct keeper *keeper, int wanted, bool high_contrast);

#endif
