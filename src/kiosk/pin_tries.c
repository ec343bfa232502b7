#include "kiosk/pin_tries.h"

#include <stdio.h>

#include "base/str.h"
#include "kiosk/workers/state_note.h"

#define NAME "pin-tries"
#define TRIES_MAX 100 /* more than ever are counted */

int pin_tries_load(void) {
	struct strbuf text = {0};
	int64_t tries = 0;
	if (!state_note_read(NAME, 16, &text) || !str_to_i64(str_trim(text.data), &tries) || tries < 0 || tries > TRIES_MAX) {
		tries = 0;
	}
	strbuf_fini(&text);
	return (int)tries;
}

void pin_tries_save(int tries) {
	char text[16] = "";
	if (tries != 0) {
		snprintf(text, sizeof text, "%d\n", tries);
	}
	state_note_write(NAME, text, "wrong PINs");
}
