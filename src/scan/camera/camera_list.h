/* The cameras that there are, and which of them is meant. Pure.
 *
 * A camera's id is what stays when it is plugged in again or the machine is started: the name that its driver gives it and, in brackets, the
 * socket it is in (V4L2's card and bus_info): "HD Webcam C270 [usb-0000:00:14.0-2]". Numbers of /dev/videoN go from one to the other. */
#ifndef TURNOUT_SCAN_CAMERA_CAMERA_LIST_H
#define TURNOUT_SCAN_CAMERA_CAMERA_LIST_H

#include <stdbool.h>
#include <stddef.h>

#define CAMERA_ID_MAX 80 /* 31 bytes of a name, 31 of a bus, and what stands between */
#define CAMERAS_MAX 16

struct camera_entry {
	char path[32];          /* /dev/videoN */
	char id[CAMERA_ID_MAX]; /* UTF-8, no control characters */
	bool external;          /* on a cable, not built into the machine's lid */
};

struct camera_list { /* a zeroed struct is empty */
	struct camera_entry items[CAMERAS_MAX];
	size_t count;
};

/* Fills an entry from the driver's texts, which need not end in a NUL within their 32 bytes nor be UTF-8. */
void camera_entry_make(struct camera_entry *out, const char *path, const unsigned char card[32], const unsigned char bus[32]);

/* Finds the camera that a text means: its id, its path, or its name alone when it is in another socket now. -1: it is not there. */
int camera_list_find(const struct camera_list *list, const char *text);

/* The order in which "auto" tries them: the remembered one (NULL or "": none is), then external ones, then the others, each in the list's
 * order. Fills positions and returns how many there are. */
size_t camera_list_order(const struct camera_list *list, const char *remembered, size_t out[CAMERAS_MAX]);

#endif
