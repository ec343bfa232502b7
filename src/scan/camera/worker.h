/* The scanning threads: one takes pictures from a source and shows them, one reads codes in them (scan/track/reading), as much as is worth it
 * (scan/track/effort), lets each through once (scan/track/debounce) and posts them.
 *
 * All functions may be called from any one other thread (the kiosk's). Without a source the thread sleeps and costs nothing. */
#ifndef TURNOUT_SCAN_CAMERA_WORKER_H
#define TURNOUT_SCAN_CAMERA_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mailbox.h"
#include "scan/camera/camera_list.h"
#include "scan/image/turn.h"
#include "scan/track/advice.h"

#define SCAN_PREVIEW_SIDE 640 /* pixels, the longer side at most */
#define SCAN_REASON_MAX 256

struct scan_worker;

enum scan_state {
	SCAN_NONE,     /* the source is "none" */
	SCAN_STARTING, /* a source was chosen and no picture came yet */
	SCAN_OK,       /* pictures come */
	SCAN_LOST,     /* the camera is not there, or the source cannot be opened; `reason` says why. A camera is tried again by itself */
	SCAN_ENDED,    /* a film from standard input, or a broken one, is over */
};

enum scan_kind { SCAN_CODE, SCAN_STATE, SCAN_CAMERAS, SCAN_SEEN };

#define SCAN_SEEN_MS 500 /* SCAN_SEEN comes when something changes, and so often while something is seen */

struct scan_message { /* one allocation, for free() */
	enum scan_kind kind;
	/* SCAN_STATE: */
	enum scan_state state;
	char reason[SCAN_REASON_MAX]; /* UTF-8, English; "" when all is well. In SCAN_OK the source's name */
	/* SCAN_CODE: */
	int64_t taken_us;         /* clock_span_us when the picture was taken */
	struct turn_box box;      /* what bounds the code, in pixels of the picture as it is shown (turned) … */
	int picture_w, picture_h; /* … whose size this is */
	/* SCAN_SEEN, with the picture's size: */
	enum guidance guidance;
	bool marked;                 /* a code is seen, read or not, between these corners: */
	struct turn_spot corners[4]; /* one after the other around it, in pixels of the picture as it is shown; some may lie outside */
	size_t len;                  /* of the payload; 0 of a code that is spread over several symbols */
	char payload[];              /* NUL behind it; NULs may be in it. Of SCAN_CAMERAS a struct camera_list, to be copied out */
};

struct scan_worker_options {
	const char *source; /* see scan/camera/source_open.h */
	mailbox_wake *wake; /* called from the thread after a message or a new preview; may be NULL */
	void *context;
	struct turn turn; /* of previews and boxes */
	bool preview;     /* whether previews are made, until scan_worker_want_preview says otherwise */
	bool blind;       /* nothing is read: to measure what showing costs */
};

/* The source is opened in the thread: a wrong name or file comes as SCAN_LOST. */
bool scan_worker_open(const struct scan_worker_options *options, struct scan_worker **out, struct err *err) TURNOUT_MUST_CHECK;
/* Stops within about 0.3 s. Messages not taken are dropped. NULL is fine. */
void scan_worker_close(struct scan_worker *w);

/* The next message, for free(); NULL when there is none within timeout_ms (0: at once). */
struct scan_message *scan_worker_take(struct scan_worker *w, int timeout_ms);

/* Another source from now on; what was seen is forgotten. */
void scan_worker_switch(struct scan_worker *w, const char *source);
/* Asks for the cameras there are. */
void scan_worker_look(struct scan_worker *w);
/* How the camera's picture is brought upright for people from now on. */
void scan_worker_set_turn(struct scan_worker *w, const struct turn *turn);
void scan_worker_want_preview(struct scan_worker *w, bool wanted);

struct scan_preview {                                        /* a zeroed struct has seen none */
	uint8_t luma[SCAN_PREVIEW_SIDE * SCAN_PREVIEW_SIDE]; /* rows of `width` bytes, turned */
	int width, height;
	uint64_t serial;
};

struct scan_pulse {        /* of the source that is open now */
	uint64_t frames;   /* so many pictures came */
	int64_t last_us;   /* clock_span_us when the last one did */
	int width, height; /* of it, pixels, as the camera gives it */
	int mean;          /* mean luminance, 0 to 255, of the last picture taken within 3 s after this was asked for; 0: none was */
};

/* How pictures come, whether or not they are shown. May be called from any thread. */
void scan_worker_pulse(struct scan_worker *w, struct scan_pulse *out);

/* Copies the latest preview out when it is newer than the one in `out`; true when it was. */
bool scan_worker_preview(struct scan_worker *w, struct scan_preview *out);

#endif
