#include "kiosk/workers/state_note.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "store/log/identity.h"

bool state_note_read(const char *name, size_t most, struct strbuf *out) {
	struct err none = {0};
	char *state = identity_state_folder(), *path = file_join(state, name);
	bool ok = file_exists(path) && file_read(path, most, out, &none);
	free(path);
	free(state);
	return ok;
}

void state_note_write(const char *name, const char *text, const char *what) {
	struct err err = {0};
	char *state = identity_state_folder(), *path = file_join(state, name);
	size_t n = strlen(text);
	if (n == 0 ? !file_remove(path, &err) : !file_mkdirs(state, &err) || !file_write(path, text, n, &err)) {
		log_warn("kiosk", "%s are not remembered: %s", what, err.text);
	}
	free(path);
	free(state);
}
