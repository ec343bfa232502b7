#include "kiosk/sdl/front_x11.h"

#include <SDL_syswm.h>
#include <X11/Xlib.h>
#include <X11/extensions/Xrandr.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

struct front_x11 {
	Display *display; /* SDL's: a grab by another connection would take the keys from SDL, too */
	Window window;
	bool knows_monitors; /* the server's RandR has monitors (1.5) */
};

bool front_x11_prepare(void) {
	bool applies = str_eq(SDL_GetCurrentVideoDriver(), "x11") && str_empty(getenv("WAYLAND_DISPLAY"));
	SDL_SetHint(SDL_HINT_X11_FORCE_OVERRIDE_REDIRECT, applies ? "1" : "0");
	return applies;
}

struct front_x11 *front_x11_open(SDL_Window *window) {
	SDL_SysWMinfo info;
	SDL_VERSION(&info.version);
	if (!SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_X11) {
		return NULL;
	}
	struct front_x11 *f = xcalloc(1, sizeof *f);
	f->display = info.info.x11.display;
	f->window = info.info.x11.window;
	int event, error, major = 0, minor = 0;
	f->knows_monitors = XRRQueryExtension(f->display, &event, &error) && XRRQueryVersion(f->display, &major, &minor) &&
			    (major > 1 || (major == 1 && minor >= 5));
	return f;
}

void front_x11_close(struct front_x11 *f) { free(f); }

/* Where the window belongs: the primary monitor, as SDL counts, else the first; the whole root when the server knows of none. */
static SDL_Rect find_place(const struct front_x11 *f) {
	SDL_Rect place = {0};
	XWindowAttributes root;
	int count = 0;
	XRRMonitorInfo *monitors = f->knows_monitors ? XRRGetMonitors(f->display, DefaultRootWindow(f->display), True, &count) : NULL;
	for (int i = 0; i < count; i++) {
		if (i == 0 || monitors[i].primary) {
			place = (SDL_Rect){monitors[i].x, monitors[i].y, monitors[i].width, monitors[i].height};
		}
	}
	if (monitors != NULL) {
		XRRFreeMonitors(monitors);
	}
	if (count <= 0 && XGetWindowAttributes(f->display, DefaultRootWindow(f->display), &root)) {
		place = (SDL_Rect){0, 0, root.width, root.height};
	}
	return place;
}

/* A display that is switched on late, or changes its size, gets a whole picture. */
static void keep_place(const struct front_x11 *f, const XWindowAttributes *is) {
	SDL_Rect place = find_place(f);
	if (place.w > 0 && place.h > 0 && (is->x != place.x || is->y != place.y || is->width != place.w || is->height != place.h)) {
		XMoveResizeWindow(f->display, f->window, place.x, place.y, (unsigned)place.w, (unsigned)place.h);
	}
}

/* Giving the focus to a window that is not shown is an error by which Xlib ends the program: nobody may hide it between the look and the act. */
static void take_focus(const struct front_x11 *f) {
	Window focused;
	int revert;
	XWindowAttributes is;
	XGetInputFocus(f->display, &focused, &revert);
	if (focused == f->window) {
		return;
	}
	XGrabServer(f->display);
	if (XGetWindowAttributes(f->display, f->window, &is) && is.map_state == IsViewable) {
		XSetInputFocus(f->display, f->window, RevertToPointerRoot, CurrentTime);
	}
	XUngrabServer(f->display);
}

void front_x11_keep(struct front_x11 *f) {
	XWindowAttributes is;
	if (!XGetWindowAttributes(f->display, f->window, &is)) {
		return;
	}
	keep_place(f, &is);
	/* Shows what another program hid, too. SDL's own way would wait for the server to say so, for ever if it does not. */
	XMapRaised(f->display, f->window);
	take_focus(f);
	/* Shortcuts of a window manager are grabs of keys, and who has grabbed the keyboard goes before them. Whoever has it keeps it (a menu that is
	 * open), so it is asked for each time; who has it already has it as before. */
	XGrabKeyboard(f->display, f->window, True, GrabModeAsync, GrabModeAsync, CurrentTime);
	XFlush(f->display);
}
