/* What is read aloud, from the words to the headset: a thread has it spoken (workers/speech_worker.h), the sound is played here. One thread. */
#ifndef TURNOUT_KIOSK_SPEAKER_H
#define TURNOUT_KIOSK_SPEAKER_H

#include "kiosk/sdl/sound_sdl.h"
#include "kiosk/workers/speech_worker.h"

struct speaker { /* a zeroed one is silent; every call below is safe on it */
	struct speech_worker *worker;
	struct sound_sdl *sound; /* borrowed */
	uint64_t number;
	int64_t asked_us;
	bool good; /* something was spoken since it opened, and nothing failed after it */
};

/* Tries it once, unheard: speaker_take says what became of it. Where nothing can be heard, nothing is tried. *why: "" or what is wrong. */
void speaker_open(struct speaker *speaker, struct sound_sdl *sound, mailbox_wake *wake, void *context, char why[256]);
void speaker_close(struct speaker *speaker);

/* What was being said ends; the speech, which is taken over, is said instead. */
void speaker_say(struct speaker *speaker, struct speech *speech);

enum speaker_news {
	SPEAKER_NOTHING,
	SPEAKER_WORKS,  /* it speaks, or does so again */
	SPEAKER_FAILED, /* *why: what was said wrong, for the log */
	SPEAKER_SPOKE,  /* *heard_ms: so much sound was there after … *after_us; 0: of what is asked no more */
};
/* One after the other, until SPEAKER_NOTHING. */
enum speaker_news speaker_take(struct speaker *speaker, char why[256], int *heard_ms, int64_t *after_us);

#endif
