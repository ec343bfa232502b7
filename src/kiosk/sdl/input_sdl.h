/* What comes in from SDL: touches, keys, texts; and waiting for it without using the processor.
 *
 * SDL waits on its own only where a window system wakes it (x11, wayland). On the dummy and offscreen drivers and on KMSDRM it polls
 * every millisecond; there this waits in poll(2) itself. */
#ifndef TURNOUT_KIOSK_SDL_INPUT_SDL_H
#define TURNOUT_KIOSK_SDL_INPUT_SDL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct input_sdl;

enum input_kind {
	INPUT_TOUCH,   /* x, y in pixels */
	INPUT_MOVE,    /* the finger moved; x, y */
	INPUT_RELEASE, /* it went up; x, y */
	INPUT_KEY,     /* usage, pressed, repeated, shift, caps_lock, control, alt, gui (the key with a window on it) */
	INPUT_TEXT,    /* text: what a key or an input method typed */
	INPUT_REDRAW,  /* the window's content or size changed */
	INPUT_CLOSE,   /* the window is asked to close: by its button, Alt+F4, a window manager */
	INPUT_LOST,    /* what shows the window is gone (a Wayland compositor that ended): nothing will be seen any more */
};

struct input {
	enum input_kind kind;
	int x, y;
	uint16_t usage; /* USB HID, page 0x07 */
	bool pressed, repeated, shift, caps_lock, control, alt, gui;
	char text[32];
};

/* Starts SDL's video; `whole` when the window is to fill the screen. */
bool input_sdl_open(bool whole, struct input_sdl **out, struct err *err) TURNOUT_MUST_CHECK;
void input_sdl_close(struct input_sdl *in); /* NULL is fine */

/* The next input; false when none came within timeout_ms (-1: wait for ever; 0: at once) or input_sdl_wake was called. */
bool input_sdl_next(struct input_sdl *in, int timeout_ms, struct input *out);
/* Ends a wait. From any thread; `in` as context. */
void input_sdl_wake(void *in);

/* Input as if it came from outside, for scripts. */
void input_sdl_push_touch(int x, int y, bool down);
void input_sdl_push_move(int x, int y);
enum { INPUT_SHIFT = 1, INPUT_CONTROL = 2, INPUT_ALT = 4, INPUT_GUI = 8 }; /* held with a key */
void input_sdl_push_key(uint16_t usage, unsigned held);
void input_sdl_push_text(const char *text);
/* The key of SDL's scancode name ("Return", "A", "Backspace"); 0 when there is none. */
uint16_t input_sdl_key_of(const char *name);

#endif
