/* What reads codes for the kiosk: the camera's threads (scan/camera/worker), the hand scanners' (scan/hand/hand_worker), and what the device remembers about
 * both, and about itself (station/device). */
#ifndef TURNOUT_KIOSK_WORKERS_SCANNING_H
#define TURNOUT_KIOSK_WORKERS_SCANNING_H

#include "scan/camera/worker.h"
#include "scan/hand/hand_worker.h"
#include "station/device.h"

struct scanning;

struct scanning_options {
	const char *camera; /* as in scan/camera/source_open.h; "auto": the remembered one, else the best */
	bool blind;         /* codes are not read from the camera */
	bool shared;        /* the screen is not ours alone, nor are the keyboards */
	mailbox_wake *wake;
	void *context;
};

/* Settings that cannot be understood are logged and passed over. */
bool scanning_open(const struct scanning_options *options, struct scanning **out, struct err *err) TURNOUT_MUST_CHECK;
void scanning_close(struct scanning *s); /* NULL is fine */

/* The source (scan/camera/source_open.h) that `--camera` means on this device: "auto" is the remembered camera. For free(). */
char *scanning_source(const struct device_settings *device, const char *camera);

const struct device_settings *scanning_device(const struct scanning *s);

/* The next message of the camera, or code of a hand scanner, for free(); NULL when there is none. */
struct scan_message *scanning_take(struct scanning *s);
struct hand_message *scanning_take_hand(struct scanning *s);

/* The camera's threads, for scan_worker_pulse. */
struct scan_worker *scanning_camera(const struct scanning *s);

void scanning_want_preview(struct scanning *s, bool wanted);
/* The camera's latest picture when it was not taken yet, else NULL; the scanning's until the next call. */
const struct scan_preview *scanning_preview(struct scanning *s);

/* Another camera for this time, as in scan/camera/source_open.h; what names no source is the path of a file. */
void scanning_switch(struct scanning *s, const char *source);
/* Asks for the cameras there are: SCAN_CAMERAS comes. */
void scanning_look(struct scanning *s);
/* The box is set otherwise from now on: another camera is taken, its picture turned. Whoever calls has it kept, too (kiosk/workers/device_worker.h). False,
 * and nothing is changed, for what is no value. */
bool scanning_set(struct scanning *s, const struct device_change *changes, size_t count, struct err *err) TURNOUT_MUST_CHECK;

#endif
