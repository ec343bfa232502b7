#include "kiosk/sdl/sound_sdl.h"

#include <SDL.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

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
	SDL_AudioDeviceID voice; /* 0: nothing is heard there; may be the same */
	int loudness;            /* per cent */
	bool saying;             /* what is queued in `device` is speech, too */
	char why[256];
};

/* The one whose name holds the words. */
static const char *device_named(const char *words) {
	for (int i = 0; i < SDL_GetNumAudioDevices(0); i++) {
		const char *name = SDL_GetAudioDeviceName(i, 0);
		if (name != NULL && strstr(name, words) != NULL) {
			return name;
		}
	}
	return NULL;
}

static void open_voice(struct sound_sdl *s, const SDL_AudioSpec *wanted, const char *headset) {
	if (str_eq(headset, "none")) {
		return;
	}
	if (str_eq(headset, "auto")) {
		s->voice = s->device;
		return;
	}
	const char *name = device_named(headset);
	s->voice = name == NULL ? 0 : SDL_OpenAudioDevice(name, 0, wanted, NULL, 0);
	if (s->voice == 0) {
		snprintf(s->why, sizeof s->why, "no sound device is called \"%s\": nothing is read aloud (turnout device set headset …)",
			 headset);
		return;
	}
	SDL_PauseAudioDevice(s->voice, 0);
}

bool sound_sdl_open(const char *headset, struct sound_sdl **out, struct err *err) {
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
	s->loudness = 100;
	SDL_PauseAudioDevice(device, 0);
	open_voice(s, &wanted, headset);
	*out = s;
	return true;
}

void sound_sdl_close(struct sound_sdl *s) {
	if (s != NULL) {
		if (s->voice != s->device && s->voice != 0) {
			SDL_CloseAudioDevice(s->voice);
		}
		SDL_CloseAudioDevice(s->device);
		SDL_QuitSubSystem(SDL_INIT_AUDIO);
		free(s);
	}
}

void sound_sdl_set_loudness(struct sound_sdl *s, int percent) {
	if (s != NULL) {
		s->loudness = percent;
	}
}

static void queue_tone(struct sound_sdl *s, const struct tone *tone) {
	int n = RATE * tone->ms / 1000;
	int16_t *samples = xcalloc((size_t)n, sizeof *samples);
	for (int i = 0; i < n; i++) {
		double ms = i * 1000.0 / RATE, left = tone->ms - ms;
		/* It fades in and out, as a jump of the wave would click. */
		double loud = fmin(1, fmin(ms, left) / FADE_MS) * exp(-2.0 * ms / tone->ms); /* struck, not blown */
		samples[i] = (int16_t)(9000 * loud * s->loudness / 100 * sin(2 * M_PI * tone->hz * i / RATE));
	}
	SDL_QueueAudio(s->device, samples, (Uint32)((size_t)n * sizeof *samples));
	free(samples);
}

void sound_sdl_play(struct sound_sdl *s, enum chime chime) {
	if (s == NULL) {
		return;
	}
	s->saying = false;
	SDL_ClearQueuedAudio(s->device); /* the newest result is the one that is heard */
	for (int i = 0; s->loudness > 0 && i < TONES_MAX && chimes[chime][i].ms > 0; i++) {
		queue_tone(s, &chimes[chime][i]);
	}
}

bool sound_sdl_speaks(const struct sound_sdl *s, char why[256]) {
	str_copy(why, 256, s == NULL ? "there is no sound: nothing is read aloud" : s->why);
	return s != NULL && s->voice != 0;
}

void sound_sdl_say(struct sound_sdl *s, const int16_t *samples, size_t count) {
	if (s == NULL || s->voice == 0 || s->loudness == 0 || count == 0) {
		return;
	}
	int16_t *softer = xmalloc(count * sizeof *softer);
	for (size_t i = 0; i < count; i++) {
		softer[i] = (int16_t)(samples[i] * s->loudness / 100);
	}
	s->saying = true;
	SDL_QueueAudio(s->voice, softer, (Uint32)(count * sizeof *softer));
	free(softer);
}

/* A chime that sounds just now is not cut off by the words that follow it. */
void sound_sdl_hush(struct sound_sdl *s) {
	if (s != NULL && s->voice != 0 && (s->saying || s->voice != s->device)) {
		SDL_ClearQueuedAudio(s->voice);
		s->saying = false;
	}
}

int sound_sdl_said_ms(struct sound_sdl *s) {
	bool any = s != NULL && s->voice != 0 && (s->saying || s->voice != s->device);
	return any ? (int)((int64_t)SDL_GetQueuedAudioSize(s->voice) * 1000 / (RATE * (int64_t)sizeof(int16_t))) : 0;
}
