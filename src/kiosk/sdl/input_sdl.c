#include "kiosk/sdl/input_sdl.h"

#include <SDL.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/str.h"

/* With KMSDRM SDL reads the input devices itself, when asked: often enough for a finger, seldom enough for the battery. */
#define KMSDRM_PUMP_MS 15

struct input_sdl {
	bool own_wait; /* wait in poll(2) */
	int pump_ms;   /* ask SDL so often while waiting; -1: nothing comes from there */
	int fd;        /* eventfd of input_sdl_wake */
	Uint32 wake_event;
};

/* In a Wayland session SDL would rather speak with the X server that such a session may have as well. That one knows less of the screen and of touches, and
 * a compositor for kiosks need not have it. A developer's window keeps SDL's order, and SDL_VIDEODRIVER goes before both. */
static void prefer_wayland(void) {
	if (!str_empty(getenv("WAYLAND_DISPLAY"))) {
		SDL_SetHint(SDL_HINT_VIDEODRIVER, "wayland,x11,kmsdrm");
		SDL_SetHint(SDL_HINT_VIDEO_WAYLAND_ALLOW_LIBDECOR, "0"); /* no frame and no button that closes it */
	}
}

/* Files that are dropped on the window, what is copied elsewhere, gestures and joysticks mean nothing here; and what SDL does not make it need not free. */
static void drop_strays(void) {
	static const Uint32 strays[] = {SDL_DROPFILE,      SDL_DROPTEXT,     SDL_DROPBEGIN,    SDL_DROPCOMPLETE, SDL_CLIPBOARDUPDATE,
					SDL_DOLLARGESTURE, SDL_DOLLARRECORD, SDL_MULTIGESTURE, SDL_MOUSEWHEEL,   SDL_TEXTEDITING};
	for (size_t i = 0; i < COUNT_OF(strays); i++) {
		SDL_EventState(strays[i], SDL_IGNORE);
	}
}

bool input_sdl_open(bool whole, struct input_sdl **out, struct err *err) {
	SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
	SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");        /* kiosk/stop_signal.h */
	SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0"); /* SDL_QUIT means that the display is gone, and only that */
	if (whole) {
		prefer_wayland();
	}
	if (SDL_Init(SDL_INIT_VIDEO) != 0) {
		return err_set(err, ERR_SYSTEM, "no screen can be opened: %s (without a display set SDL_VIDEODRIVER=offscreen)",
			       SDL_GetError());
	}
	/* SDL goes on to draw where nobody sees it; that is for those who ask for it. */
	if (str_empty(getenv("SDL_VIDEODRIVER")) &&
	    (str_eq(SDL_GetCurrentVideoDriver(), "offscreen") || str_eq(SDL_GetCurrentVideoDriver(), "dummy"))) {
		SDL_Quit();
		return err_set(err, ERR_SYSTEM, "there is no display (without one set SDL_VIDEODRIVER=offscreen)");
	}
	struct input_sdl *in = xcalloc(1, sizeof *in);
	const char *driver = str_or_empty(SDL_GetCurrentVideoDriver());
	bool kms = str_eq_nocase(driver, "kmsdrm");
	in->own_wait = kms || str_eq(driver, "dummy") || str_eq(driver, "offscreen");
	in->pump_ms = kms ? KMSDRM_PUMP_MS : -1;
	in->wake_event = SDL_RegisterEvents(1);
	in->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (in->fd < 0) {
		input_sdl_close(in);
		return err_errno(err, "no eventfd");
	}
	drop_strays();
	SDL_StartTextInput();
	*out = in;
	return true;
}

void input_sdl_close(struct input_sdl *in) {
	if (in != NULL) {
		if (in->fd >= 0) {
			close(in->fd);
		}
		free(in);
		SDL_Quit();
	}
}

void input_sdl_wake(void *context) {
	struct input_sdl *in = context;
	if (in->own_wait) {
		uint64_t one = 1;
		if (write(in->fd, &one, sizeof one) < 0) {
			return; /* the counter is full: the reader wakes all the same */
		}
	} else {
		SDL_PushEvent(&(SDL_Event){.type = in->wake_event});
	}
}

static bool translate(const SDL_Event *e, struct input *out) {
	*out = (struct input){0};
	switch (e->type) {
	case SDL_QUIT: out->kind = INPUT_LOST; return true;
	case SDL_MOUSEBUTTONDOWN: /* touches come as this too; of several fingers the first one */
		out->kind = INPUT_TOUCH;
		out->x = e->button.x;
		out->y = e->button.y;
		return e->button.button == SDL_BUTTON_LEFT;
	case SDL_MOUSEBUTTONUP:
		out->kind = INPUT_RELEASE;
		out->x = e->button.x;
		out->y = e->button.y;
		return e->button.button == SDL_BUTTON_LEFT;
	case SDL_MOUSEMOTION: /* a mouse that only hovers is no finger */
		out->kind = INPUT_MOVE;
		out->x = e->motion.x;
		out->y = e->motion.y;
		return (e->motion.state & SDL_BUTTON_LMASK) != 0;
	case SDL_KEYDOWN:
	case SDL_KEYUP:
		out->kind = INPUT_KEY;
		out->usage = (uint16_t)e->key.keysym.scancode;
		out->pressed = e->type == SDL_KEYDOWN;
		out->repeated = e->key.repeat != 0;
		out->shift = (e->key.keysym.mod & KMOD_SHIFT) != 0;
		out->caps_lock = (e->key.keysym.mod & KMOD_CAPS) != 0;
		out->control = (e->key.keysym.mod & KMOD_CTRL) != 0;
		out->alt = (e->key.keysym.mod & KMOD_ALT) != 0;
		out->gui = (e->key.keysym.mod & KMOD_GUI) != 0;
		return true;
	case SDL_TEXTINPUT:
		out->kind = INPUT_TEXT;
		str_copy(out->text, sizeof out->text, e->text.text);
		return true;
	case SDL_WINDOWEVENT:
		out->kind = e->window.event == SDL_WINDOWEVENT_CLOSE ? INPUT_CLOSE : INPUT_REDRAW;
		return out->kind == INPUT_CLOSE || e->window.event == SDL_WINDOWEVENT_EXPOSED ||
		       e->window.event == SDL_WINDOWEVENT_SIZE_CHANGED || e->window.event == SDL_WINDOWEVENT_SHOWN;
	case SDL_RENDER_TARGETS_RESET: out->kind = INPUT_REDRAW; return true;
	default: return false;
	}
}

static bool wait_own(struct input_sdl *in, int timeout_ms, SDL_Event *e) {
	for (int left = timeout_ms;;) {
		if (SDL_PollEvent(e)) {
			return true;
		}
		/* Where SDL has to be asked, no longer than until the next time; else all that is left. */
		int slice = in->pump_ms < 0 || (left >= 0 && left < in->pump_ms) ? left : in->pump_ms;
		struct pollfd fd = {.fd = in->fd, .events = POLLIN};
		int ready = poll(&fd, 1, slice);
		if (ready > 0) {
			uint64_t count;
			return read(in->fd, &count, sizeof count) < 0 && SDL_PollEvent(e);
		}
		if (ready < 0 && errno == EINTR) {
			return SDL_PollEvent(e);
		}
		left = left < 0 ? left : left - slice;
		if (left == 0) {
			return SDL_PollEvent(e);
		}
	}
}

bool input_sdl_next(struct input_sdl *in, int timeout_ms, struct input *out) {
	SDL_Event e;
	for (;;) {
		bool any = in->own_wait      ? wait_own(in, timeout_ms, &e)
			   : timeout_ms == 0 ? SDL_PollEvent(&e)
			   : timeout_ms < 0  ? SDL_WaitEvent(&e)
					     : SDL_WaitEventTimeout(&e, timeout_ms);
		/* Woken or timed out: the caller looks at its mailboxes and clocks. */
		if (!any || e.type == in->wake_event) {
			return false;
		}
		if (translate(&e, out)) {
			return true;
		}
		timeout_ms = 0; /* something of no interest came: what was waited for may be due */
	}
}

void input_sdl_push_touch(int x, int y, bool down) {
	SDL_Event e = {.button = {.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP,
				  .button = SDL_BUTTON_LEFT,
				  .state = down ? SDL_PRESSED : SDL_RELEASED,
				  .clicks = 1,
				  .x = x,
				  .y = y}};
	SDL_PushEvent(&e);
}

void input_sdl_push_move(int x, int y) {
	SDL_Event e = {.motion = {.type = SDL_MOUSEMOTION, .state = SDL_BUTTON_LMASK, .x = x, .y = y}};
	SDL_PushEvent(&e);
}

static Uint16 mod_of(unsigned held) {
	return (Uint16)(((held & INPUT_SHIFT) != 0 ? KMOD_LSHIFT : 0) | ((held & INPUT_CONTROL) != 0 ? KMOD_LCTRL : 0) |
			((held & INPUT_ALT) != 0 ? KMOD_LALT : 0) | ((held & INPUT_GUI) != 0 ? KMOD_LGUI : 0));
}

void input_sdl_push_key(uint16_t usage, unsigned held) {
	SDL_Event e = {.key = {.type = SDL_KEYDOWN, .state = SDL_PRESSED}};
	e.key.keysym.scancode = (SDL_Scancode)usage;
	e.key.keysym.mod = mod_of(held);
	SDL_PushEvent(&e);
	e.key.type = SDL_KEYUP;
	e.key.state = SDL_RELEASED;
	SDL_PushEvent(&e);
}

void input_sdl_push_text(const char *text) {
	SDL_Event e = {.text = {.type = SDL_TEXTINPUT}};
	while (*text != '\0') { /* an event holds 31 bytes; cut at characters' boundaries */
		str_copy(e.text.text, sizeof e.text.text, text);
		text += strlen(e.text.text);
		SDL_PushEvent(&e);
	}
}

uint16_t input_sdl_key_of(const char *name) {
	SDL_Scancode code = SDL_GetScancodeFromName(name);
	return code == SDL_SCANCODE_UNKNOWN || code > 0xff ? 0 : (uint16_t)code;
}
