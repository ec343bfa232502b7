/* One text becomes sound: espeak-ng as a process of its own, which may hang, crash or be missing without anybody noticing but by the silence.
 *
 * The program and not its library: what hangs in a library hangs in us. It gets its text on standard input, never through a shell, and gives a WAV (RIFF, 16 bits, one
 * channel) on standard output, so no sound server is asked by anybody but SDL. It runs behind everything else (nice), with as much time as it is given. */
#ifndef TURNOUT_KIOSK_WORKERS_SPEECH_CHILD_H
#define TURNOUT_KIOSK_WORKERS_SPEECH_CHILD_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define SPEECH_RATE 22050          /* samples a second, which espeak-ng's own voices have */
#define SPEECH_PROGRAM "espeak-ng" /* as PATH has it */
#define SPEECH_SAMPLES_MAX 6615000 /* five minutes */

struct speech_sound { /* for free(): samples */
	int16_t *samples;
	size_t count;
};

/* `stop_fd`: when it can be read the child is killed and the text given up; -1: nothing does. ERR_SYSTEM: it is not installed, gave
 * no sound, or took more than timeout_ms and was killed. An empty sound and no error: it was stopped. */
bool speech_child_run(const char *language, const char *text, int timeout_ms, int stop_fd, struct speech_sound *out,
		      struct err *err) TURNOUT_MUST_CHECK;

#endif
