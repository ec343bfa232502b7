#include "kiosk/sdl/sound_sdl.h"

#include <SDL.h>
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"

#define RATE 22050
#define TONES_MAX 4
#define FADE_MS 12.0

struct tone {
	double hz; /* 0: silence; the row's first 0 ms ends it */
	int ms;
};

static const struct tone chimes[CHIME_COUNT][TONES_MAX] = {
	[CHIME_WELCOME] = {{659.26, 110}, {987.77, 220}}, /* e″ b″ */
	[CHIME_SOFT] = {{523.25, 160}},
	[CHIME_RISING] = {{523.25, 90}, {659.26, 90}, {783.99, 180}},
	[CHIME_LOW] = {{196.00, 180}, {0, 70}, {196.00, 240}},
	[CHIME_CALL] = {{783.99, 200}, {659.26, 200}, {783.99, 300}},
};

struct sound_sdl {
	SDL_AudioDeviceID device;
};

bool sound_sdl_open(struct sound_sdl **out, struct err *err) {
	SDL_AudioSpec wanted = {.freq = RATE, .format = AUDIO_S16SYS, .channels = 1, .samples = 2048};
	if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
		return err_set(err, ERR_SYSTEM, "no sound: %s", SDL_GetError());
	}
	SDL_AudioDeviceID device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
	if (device == 0) {
		err_set(err, ERR_SYSTEM, "no sound: %s", SDL_GetError());
		SDL_QuitSubSystem(SDL_INIT_AUDIO);
		return false;
	}
	struct sound_sdl *s = xcalloc(1, sizeof *s);
	s->device = device;
	SDL_PauseAudioDevice(device, 0);
	*out = s;
	return true;
}

void sound_sdl_close(struct sound_sdl *s) {
	if (s != NULL) {
		SDL_CloseAudioDevice(s->device);
		SDL_QuitSubSystem(SDL_INIT_AUDIO);
		free(s);
	}
}

static void queue_tone(struct sound_sdl *s, const struct tone *tone) {
	int n = RATE * tone->ms / 1000;
	int16_t *samples = xcalloc((size_t)n, sizeof *samples);
	for (int i = 0; i < n; i++) {
		double ms = i * 1000.0 / RATE, left = tone->ms - ms;
		/* It fades in and out, as a jump of the wave would click. */
		double loud = fmin(1, fmin(ms, left) / FADE_MS) * exp(-2.0 * ms / tone->ms); /* struck, not blown */
		samples[i] = (int16_t)(9000 * loud * sin(2 * M_PI * tone->hz * i / RATE));
	}
	SDL_QueueAudio(s->device, samples, (Uint32)((size_t)n * sizeof *samples));
	free(samples);
}

void sound_sdl_play(struct sound_sdl *s, enum chime chime) {
	if (s == NULL) {
		return;
	}
	SDL_ClearQueuedAudio(s->device); /* the newest result is the one that is heard */
	for (int i = 0; i < TONES_MAX && chimes[chime][i].ms > 0; i++) {
		queue_tone(s, &chimes[chime][i]);
	}
}
