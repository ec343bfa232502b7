/* What the app is made of: data alone, for the files that are it. app.c opens, draws, and is the loop; app_send.c tells the model, and does what it asks for;
 * app_take.c takes what the threads have found out. */
#ifndef TURNOUT_KIOSK_APP_STATE_H
#define TURNOUT_KIOSK_APP_STATE_H

#include "base/clock.h"
#include "kiosk/frame_times.h"
#include "kiosk/hands.h"
#include "kiosk/keeper.h"
#include "kiosk/model.h"
#include "kiosk/options.h"
#include "kiosk/screens/aloud.h"
#include "kiosk/script.h"
#include "kiosk/sdl/input_sdl.h"
#include "kiosk/sdl/render_sdl.h"
#include "kiosk/sdl/sound_sdl.h"
#include "kiosk/sdl/text_sdl.h"
#include "kiosk/speaker.h"
#include "kiosk/stop_signal.h"
#include "kiosk/workers/people_worker.h"
#include "kiosk/workers/pin_worker.h"
#include "kiosk/workers/print_worker.h"
#include "kiosk/workers/scanning.h"
#include "kiosk/workers/self_test_worker.h"
#include "kiosk/workers/totals_worker.h"
#include "kiosk/workers/transports.h"

struct app {
	const struct kiosk_options *options;
	struct kiosk_options own_options; /* these: what is set on the screen goes before what was said at the start */
	struct input_sdl *input;
	struct stop_signal *stop;
	struct fonts fonts;
	struct text_sdl *text;
	struct render_sdl *render;
	struct sound_sdl *sound;
	struct speaker speaker;
	struct aloud aloud; /* said last */
	struct words *words;
	struct desk_worker *desk;
	struct find_worker *find;
	struct pin_worker *pins;
	struct totals_worker *totals;       /* NULL: the event was erased */
	struct people_worker *people;       /* likewise */
	struct self_test_worker *self_test; /* likewise */
	struct print_worker *print;         /* NULL before the first picture */
	struct transports *transports;      /* NULL before the first picture */
	struct hash event_id;               /* for them */
	struct scanning *scanning;
	struct keeper keeper;
	struct pixel finger; /* where it was last, in the window */
	struct script script;
	size_t next_step;
	int64_t script_start_ms; /* 0: not begun */
	struct model model;
	struct set_clock clock; /* as the store thread has it */
	struct effects effects; /* of the message at hand */
	struct metrics metrics;
	struct theme theme;
	struct draw_list lists[2]; /* what is drawn, what was */
	int drawn;                 /* which of them is on the screen */
	bool fresh;                /* draw even if nothing changed */
	struct hands hands;
	int64_t front_ms; /* when the window is brought to the front next */
	int64_t started_us;
	bool first_done, quit, failed;
	bool language_lacking;          /* the one of the command line is none of the event's */
	int pin_tries;                  /* as kept */
	int64_t previews;               /* shown */
	uint64_t shown;                 /* a set of screens */
	bool figures_held, people_held; /* their screens are open, and what they show is kept by those who look it up */
	struct frame_times frames;
	unsigned not_taken;      /* scans that the store thread had no room for, and nobody was told of yet */
	uint64_t form_not_taken; /* likewise a form, by its number; 0: none */
	bool asked;              /* people were looked for since the last picture */
	int64_t found_us;        /* when what is drawn next was looked for; 0: nothing was */
	int64_t timed_us;        /* of the scan whose result is drawn next; 0: none */
	struct err *err;
};

static inline int64_t app_now_ms(void) { return clock_span_us() / 1000; }

#endif
