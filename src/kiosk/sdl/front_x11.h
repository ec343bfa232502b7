/* A window that stays in front on X11, whatever a window manager, other programs or a keyboard's macro do with windows.
 *
 * The window is one that no window manager manages (override-redirect): nothing closes, minimises, shades or moves it to another desktop, and "show
 * the desktop" does not show one. What is left for a window manager is to put others above it and to give them the keyboard; that is undone by
 * looking, as X tells nobody that another window covers it unless it is asked in a way that SDL does not ask. One thread, the one that owns SDL. */
#ifndef TURNOUT_KIOSK_SDL_FRONT_X11_H
#define TURNOUT_KIOSK_SDL_FRONT_X11_H

#include <SDL.h>
#include <stdbool.h>

struct front_x11; /* of one window */

/* Before the window is made: is it to be such a window? Only where the kiosk speaks with an X server that shows its screen itself: under a Wayland
 * session's own X server a window that is not managed may never get the keyboard. Tells SDL, which has to know it before the window is made. */
bool front_x11_prepare(void);

/* The window is SDL's and must outlive it; NULL when it is none of X11. */
struct front_x11 *front_x11_open(SDL_Window *window);
void front_x11_close(struct front_x11 *front); /* NULL is fine */

/* Once: the window is shown, above all others, as large as its display, has the focus, and keys come to it alone. To be called again and again;
 * when all is as it should be, this is a few questions to the server and draws nothing. */
void front_x11_keep(struct front_x11 *front);

#endif
