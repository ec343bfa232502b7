/* What is spoken, parted by the languages it is to be spoken in: a name in another alphabet, or with another language's letters, by a voice that can
 * read it. Pure. */
#ifndef TURNOUT_KIOSK_UI_SPEECH_H
#define TURNOUT_KIOSK_UI_SPEECH_H

#include "base/strbuf.h"

#define SPEECH_PARTS_MAX 24
#define SPEECH_BYTES_MAX 3000 /* a minute and more: what is longer ends there */

struct speech_part {
	char language[3]; /* "uk", "ru", "en": what espeak-ng calls its voices */
	struct strbuf text;
};

struct speech { /* a zeroed one is silence */
	struct speech_part parts[SPEECH_PARTS_MAX];
	size_t count, bytes;
};

struct speech_tongue {
	const char *language; /* of the screen */
	const char *cyrillic; /* of a Cyrillic name on a screen in English whose letters do not tell: "uk" or "ru" */
};

/* One line more, with its numbers in words (words/say_line.h) and a pause behind it. */
void speech_add(struct speech *speech, const struct speech_tongue *tongue, const char *line);
void speech_fini(struct speech *speech);

#endif
