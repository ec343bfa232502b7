#include "kiosk/workers/stand_note.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/workers/state_note.h"

#define NAME "stand"
#define NOTE_MAX 4096

/* Three lines: the event, where the box was started, where it stands. */
char *stand_note_read(const struct hash *event, const char *started_at) {
	struct strbuf text = {0};
	char hex[2 * HASH_LEN + 1], *found = NULL;
	str_hex(event->b, HASH_LEN, hex);
	if (state_note_read(NAME, NOTE_MAX, &text)) {
		char *rest = text.data, *lines[3] = {0};
		for (size_t i = 0; i < COUNT_OF(lines) && rest != NULL; i++) {
			lines[i] = strsep(&rest, "\n");
		}
		bool ours = lines[2] != NULL && str_eq(lines[0], hex) && str_eq(lines[1], started_at) && lines[2][0] != '\0';
		found = ours ? xstrdup(lines[2]) : NULL;
	}
	strbuf_fini(&text);
	return found;
}

void stand_note_write(const struct hash *event, const char *started_at, const char *stand) {
	char hex[2 * HASH_LEN + 1];
	str_hex(event->b, HASH_LEN, hex);
	char *text = xasprintf("%s\n%s\n%s\n", hex, started_at, stand);
	state_note_write(NAME, text, "where this box stands");
	free(text);
}
