/* The station's chimes, made of sine tones with soft ends. Without a sound device all calls do nothing. */
#ifndef TURNOUT_KIOSK_SDL_SOUND_SDL_H
#define TURNOUT_KIOSK_SDL_SOUND_SDL_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "kiosk/ui/chime.h"

struct sound_sdl;

/* `headset`: where speech goes: "auto", as other sounds; "none", nowhere; else the sound device whose name holds that, and nowhere while there is none: names are for the
 * ears of one. Opening may take a while (a sound server that is slow to answer): do it after the first picture. */
bool sound_sdl_open(const char *headset, struct sound_sdl **out, struct err *err) TURNOUT_MUST_CHECK;
void sound_sdl_close(struct sound_sdl *sound);                  /* NULL is fine */
void sound_sdl_play(struct sound_sdl *sound, enum chime chime); /* NULL is fine; cuts off what still sounds */

/* How loud tones and speech are from now on, per cent of what they are made with; 0: nothing is heard, and nothing is queued. 100 at first. NULL is fine. */
void sound_sdl_set_loudness(struct sound_sdl *sound, int percent);

/* Is there anything that speech is heard from? *why, where not: "" when it is wanted so. NULL is fine. */
bool sound_sdl_speaks(const struct sound_sdl *sound, char why[256]);
/* Speech: behind what was said before. `samples`: 22,050 a second, one channel. */
void sound_sdl_say(struct sound_sdl *sound, const int16_t *samples, size_t count);
/* What is being said ends. */
void sound_sdl_hush(struct sound_sdl *sound);
/* Milliseconds of speech that are not heard yet. */
int sound_sdl_said_ms(struct sound_sdl *sound);

#endif
