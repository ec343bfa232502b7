/* The station's chimes, made of sine tones with soft ends. Without a sound device all calls do nothing. */
#ifndef TURNOUT_KIOSK_SDL_SOUND_SDL_H
#define TURNOUT_KIOSK_SDL_SOUND_SDL_H

#include "base/err.h"
#include "kiosk/ui/chime.h"

struct sound_sdl;

/* Opening may take a while (a sound server that is slow to answer): do it after the first picture. */
bool sound_sdl_open(struct sound_sdl **out, struct err *err) TURNOUT_MUST_CHECK;
void sound_sdl_close(struct sound_sdl *sound);                  /* NULL is fine */
void sound_sdl_play(struct sound_sdl *sound, enum chime chime); /* NULL is fine; cuts off what still sounds */

#endif
