#include "scan/hand/hand_worker.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "base/worker.h"
#include "scan/hand/hand_serial.h"

#define NUMBERS 64        /* /dev/input/event0 … */
#define LINES_OF_A_KIND 8 /* /dev/ttyACM0 … and /dev/ttyUSB0 … */
#define LINES_MAX (2 * LINES_OF_A_KIND)
#define MESSAGES_MAX 64
#define EVENTS_MAX 32
#define POLLS_MAX (1 + NUMBERS + LINES_MAX)

struct keyboard {
	uint64_t node; /* that was looked at; 0: none */
	int fd;        /* -1: none there, or no keyboard */
	bool grabbed;
	struct hand_keyboard *state;
};

struct serial_line {
	char path[128];
	int fd;    /* -1 */
	bool told; /* why it cannot be opened */
	struct framer *framer;
};

struct hand_worker {
	struct worker worker;
	struct hand_worker_options options;
	char *names, *serial;
	int stop; /* eventfd: readable when the thread shall end */

	/* the thread's own */
	struct keyboard keyboards[NUMBERS];
	struct serial_line lines[LINES_MAX];
	size_t line_count;
	int64_t look_ms;
	bool told_denied;
};

static int64_t now_ms(void) { return clock_span_us() / 1000; }

static void post(struct hand_worker *w, const char *text, size_t n) {
	struct hand_message *m = xcalloc(1, sizeof *m + n + 1);
	m->len = n;
	memcpy(m->payload, text, n);
	if (!mailbox_put(w->worker.out, m)) {
		free(m);
	}
}

/* --- keyboards ----------------------------------------------------------------------------------------------------------------------- */

static void drop_keyboard(struct hand_worker *w, struct keyboard *k) {
	if (k->fd >= 0) {
		if (k->grabbed) {
			w->options.keyboards->grab(w->options.keyboards->context, k->fd, false);
		}
		close(k->fd);
	}
	free(k->state);
	k->fd = -1;
	k->state = NULL;
	k->grabbed = false;
}

/* A scanner is ours alone, but only while none of its keys is down: whoever heard it pressed must hear it go up. */
static void follow_grab(struct hand_worker *w, struct keyboard *k) {
	bool wanted = k->state->scanner;
	if (wanted != k->grabbed && k->state->down == 0) {
		const struct hand_evdev_ops *ops = w->options.keyboards;
		if (ops->grab(ops->context, k->fd, wanted)) {
			k->grabbed = wanted;
		}
	}
}

static void adopt_keyboard(struct hand_worker *w, struct keyboard *k, int number) {
	const struct hand_evdev_ops *ops = w->options.keyboards;
	char name[HAND_NAME_MAX];
	struct err err = {0};
	bool is_keyboard;
	k->fd = ops->open(ops->context, number, name, &is_keyboard, &err);
	if (k->fd < 0) {
		if (is_keyboard && !w->told_denied) {
			w->told_denied = true;
			log_info("scanner", "%s; keyboards are read as one (two scanners at once need the group input)", err.text);
		}
		return;
	}
	k->state = xcalloc(1, sizeof *k->state);
	k->state->named = k->state->scanner = hand_named_scanner(name, w->names);
	follow_grab(w, k);
	if (k->state->named) {
		log_info("scanner", "%s is a scanner", name);
	}
}

static void look_for_keyboards(struct hand_worker *w) {
	const struct hand_evdev_ops *ops = w->options.keyboards;
	for (int i = 0; !w->options.shared && i < NUMBERS; i++) {
		struct keyboard *k = &w->keyboards[i];
		uint64_t node = ops->node(ops->context, i);
		if (node != k->node) {
			drop_keyboard(w, k);
			/* Kept also when it cannot be opened or is no keyboard: it is not tried at every look. */
			k->node = node;
			if (node != 0) {
				adopt_keyboard(w, k, i);
			}
		}
	}
}

static void take_answer(struct hand_worker *w, struct keyboard *k, enum hand_answer answer) {
	/* What a keyboard types that is not ours alone reaches the kiosk through SDL as well. */
	if (answer == HAND_CODE && k->grabbed) {
		post(w, k->state->wedge.text, strlen(k->state->wedge.text));
	}
	follow_grab(w, k);
}

static void read_keyboard(struct hand_worker *w, struct keyboard *k) {
	struct hand_event events[EVENTS_MAX];
	bool gone;
	size_t count = hand_evdev_read(k->fd, events, EVENTS_MAX, &gone);
	for (size_t i = 0; i < count; i++) {
		take_answer(w, k, hand_feed(k->state, &w->options.framing, &events[i]));
	}
	if (gone) {
		drop_keyboard(w, k);
		/* So that the next look takes what is there now for a new one. */
		k->node = 0;
	}
}

/* --- serial lines -------------------------------------------------------------------------------------------------------------------- */

static void add_line(struct hand_worker *w, const char *path) {
	struct serial_line *line = &w->lines[w->line_count++];
	str_copy(line->path, sizeof line->path, path);
	line->framer = xcalloc(1, sizeof *line->framer);
	line->fd = -1;
}

static void name_lines(struct hand_worker *w) {
	if (str_eq(w->serial, "none")) {
		return;
	}
	if (!str_eq(w->serial, "auto")) {
		add_line(w, w->serial);
		return;
	}
	for (int i = 0; i < LINES_OF_A_KIND; i++) {
		char path[32];
		snprintf(path, sizeof path, "/dev/ttyACM%d", i);
		add_line(w, path);
		snprintf(path, sizeof path, "/dev/ttyUSB%d", i);
		add_line(w, path);
	}
}

static void look_for_lines(struct hand_worker *w) {
	for (size_t i = 0; i < w->line_count; i++) {
		struct serial_line *line = &w->lines[i];
		struct err err = {0};
		if (line->fd >= 0) {
			continue;
		}
		line->fd = hand_serial_open(line->path, w->options.speed, &err);
		if (line->fd >= 0) {
			/* Half a code of the scanner that was there before is no part of the next one's. */
			memset(line->framer, 0, sizeof *line->framer);
			/* Why it cannot be opened is told once; after it was open, once more. */
			line->told = false;
			log_info("scanner", "%s is open", line->path);
		} else if (err.kind != ERR_NOT_FOUND && !line->told) {
			line->told = true;
			log_warn("scanner", "%s", err.text);
		}
	}
}

static void read_line(struct hand_worker *w, struct serial_line *line) {
	char bytes[512];
	bool gone;
	size_t count = hand_serial_read(line->fd, bytes, sizeof bytes, &gone);
	int64_t now = now_ms();
	for (size_t i = 0; i < count; i++) {
		if (framer_byte(line->framer, &w->options.framing, bytes[i], now)) {
			post(w, line->framer->text, line->framer->length);
		}
	}
	if (gone) {
		log_warn("scanner", "%s was disconnected", line->path);
		close(line->fd);
		line->fd = -1;
	}
}

/* --- the thread ---------------------------------------------------------------------------------------------------------------------- */

static int sooner(int a, int b) { return b >= 0 && b < a ? b : a; }

/* Codes that a pause has ended; returns how long to wait at most. */
static int pass_time(struct hand_worker *w) {
	const struct framing *framing = &w->options.framing;
	int64_t now = now_ms();
	if (now >= w->look_ms) {
		look_for_keyboards(w);
		look_for_lines(w);
		w->look_ms = now + HAND_LOOK_MS;
	}
	int wait = (int)(w->look_ms - now);
	for (int i = 0; framing->pause && i < NUMBERS; i++) {
		struct keyboard *k = &w->keyboards[i];
		if (k->fd >= 0) {
			take_answer(w, k, hand_pause(k->state, framing, now));
			/* One more, as a key is late only after the gap. */
			wait = sooner(wait, k->state->wedge.open ? WEDGE_GAP_MS + 1 : -1);
		}
	}
	for (size_t i = 0; i < w->line_count; i++) {
		struct serial_line *line = &w->lines[i];
		if (framer_pause(line->framer, framing, now)) {
			post(w, line->framer->text, line->framer->length);
		}
		wait = sooner(wait, framer_due_ms(line->framer, framing, now));
	}
	return wait;
}

static void *run(void *argument) {
	struct hand_worker *w = argument;
	for (;;) {
		struct pollfd polls[POLLS_MAX] = {{.fd = w->stop, .events = POLLIN}};
		nfds_t count = 1;
		int wait = pass_time(w);
		/* In the order in which they are read below; a negative descriptor is passed over by poll(2). */
		for (int i = 0; i < NUMBERS; i++) {
			polls[count++] = (struct pollfd){.fd = w->keyboards[i].fd, .events = POLLIN};
		}
		for (size_t i = 0; i < w->line_count; i++) {
			polls[count++] = (struct pollfd){.fd = w->lines[i].fd, .events = POLLIN};
		}
		if (poll(polls, count, wait) <= 0) {
			continue;
		}
		if (polls[0].revents != 0) {
			return NULL;
		}
		for (int i = 0; i < NUMBERS; i++) {
			if (polls[1 + i].revents != 0) {
				read_keyboard(w, &w->keyboards[i]);
			}
		}
		for (size_t i = 0; i < w->line_count; i++) {
			if (polls[1 + NUMBERS + i].revents != 0) {
				read_line(w, &w->lines[i]);
			}
		}
	}
}

static void release(struct hand_worker *w) {
	for (int i = 0; i < NUMBERS; i++) {
		drop_keyboard(w, &w->keyboards[i]);
	}
	for (size_t i = 0; i < w->line_count; i++) {
		if (w->lines[i].fd >= 0) {
			close(w->lines[i].fd);
		}
		free(w->lines[i].framer);
	}
	worker_fini(&w->worker, NULL, NULL);
	if (w->stop >= 0) {
		close(w->stop);
	}
	free(w->names);
	free(w->serial);
	free(w);
}

bool hand_worker_open(const struct hand_worker_options *options, struct hand_worker **out, struct err *err) {
	struct hand_worker *w = xcalloc(1, sizeof *w);
	w->options = *options;
	w->options.keyboards = options->keyboards != NULL ? options->keyboards : hand_evdev();
	w->names = xstrdup(options->names);
	w->serial = xstrdup(options->serial);
	for (int i = 0; i < NUMBERS; i++) {
		w->keyboards[i].fd = -1;
	}
	name_lines(w);
	w->stop = eventfd(0, EFD_CLOEXEC);
	struct worker_options worker = {.name = "the thread of the hand scanners",
					.out_max = MESSAGES_MAX,
					.wake = options->wake,
					.context = options->context,
					.run = run,
					.self = w};
	bool ok = (w->stop >= 0 || err_errno(err, "no eventfd")) && worker_start(&w->worker, &worker, err);
	if (!ok) {
		release(w);
		return false;
	}
	*out = w;
	return true;
}

void hand_worker_close(struct hand_worker *w) {
	if (w == NULL) {
		return;
	}
	uint64_t one = 1;
	/* Otherwise the thread goes on, and what it uses must not be freed. */
	if (write(w->stop, &one, sizeof one) == (ssize_t)sizeof one) {
		worker_join(&w->worker);
		release(w);
	}
}

struct hand_message *hand_worker_take(struct hand_worker *w, int timeout_ms) {
	return mailbox_take(w->worker.out, timeout_ms);
}
