#include "kiosk/speaker.h"

#include "base/clock.h"
#include "base/str.h"

static void try_once(struct speaker *s) {
	struct speech speech = {0};
	speech_add(&speech, &(struct speech_tongue){"en", "uk"}, "a");
	speech_worker_say(s->worker, &speech, 0);
}

void speaker_open(struct speaker *s, struct sound_sdl *sound, mailbox_wake *wake, void *context, char why[256]) {
	struct err err = {0};
	*s = (struct speaker){.sound = sound};
	if (!sound_sdl_speaks(sound, why)) {
		return;
	}
	if (!speech_worker_open(&(struct speech_worker_options){.wake = wake, .context = context}, &s->worker, &err)) {
		str_copy(why, 256, err.text);
		return;
	}
	try_once(s);
}

void speaker_close(struct speaker *s) {
	speech_worker_close(s->worker);
	*s = (struct speaker){0};
}

void speaker_say(struct speaker *s, struct speech *speech) {
	if (s->worker == NULL) {
		speech_fini(speech);
		return;
	}
	sound_sdl_hush(s->sound);
	s->asked_us = clock_span_us();
	speech_worker_say(s->worker, speech, ++s->number);
}

enum speaker_news speaker_take(struct speaker *s, char why[256], int *heard_ms, int64_t *after_us) {
	struct speech_message *m = s->worker == NULL ? NULL : speech_worker_take(s->worker);
	if (m == NULL) {
		return SPEAKER_NOTHING;
	}
	bool worked = s->good, mine = m->number == s->number && m->number != 0;
	s->good = m->problem == NULL;
	str_copy(why, 256, str_or_empty(m->problem));
	if (s->good && mine) {
		sound_sdl_say(s->sound, m->sound.samples, m->sound.count);
	}
	*heard_ms = mine ? (int)(m->sound.count * 1000 / SPEECH_RATE) : 0;
	*after_us = clock_span_us() - s->asked_us;
	speech_message_free(m);
	return !s->good ? SPEAKER_FAILED : !worked ? SPEAKER_WORKS : SPEAKER_SPOKE;
}
