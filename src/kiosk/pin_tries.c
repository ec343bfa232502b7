#include "kiosk/pin_tries.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "store/log/identity.h"

#define TRIES_MAX 100 /* more than ever are counted */

static char *tries_path(void) {
	char *state = identity_state_folder(), *path = file_join(state, "pin-tries");
	free(state);
	return path;
}

int pin_tries_load(void) {
	struct strbuf text = {0};
	struct err none = {0};
	int64_t tries = 0;
	char *path = tries_path();
	if (!file_exists(path) || !file_read(path, 16, &text, &none) || !str_to_i64(str_trim(text.data), &tries) || tries < 0 ||
	    tries > TRIES_MAX) {
		tries = 0;
	}
	strbuf_fini(&text);
	free(path);
	return (int)tries;
}

void pin_tries_save(int tries) {
	char text[16], *path = tries_path(), *state = identity_state_folder();
	struct err err = {0};
	int n = snprintf(text, sizeof text, "%d\n", tries);
	if (tries == 0 ? !file_remove(path, &err) : !file_mkdirs(state, &err) || !file_write(path, text, (size_t)n, &err)) {
		log_warn("kiosk", "wrong PINs are not remembered: %s", err.text);
	}
	free(state);
	free(path);
}
