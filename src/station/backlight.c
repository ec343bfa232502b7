#include "station/backlight.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/strbuf.h"

#define PANELS_MAX 64
#define NUMBER_CAP 64

const char *backlight_folder(void) {
	const char *given = getenv("TURNOUT_BACKLIGHT");
	return str_empty(given) ? "/sys/class/backlight" : given;
}

static bool read_most(const char *panel, int64_t *out) {
	struct strbuf text = {0};
	struct err err = {0};
	char *path = file_join(panel, "max_brightness");
	bool ok = file_read(path, NUMBER_CAP, &text, &err) && text.len > 0 && str_to_i64(str_trim(text.data), out) && *out > 0;
	strbuf_fini(&text);
	free(path);
	return ok;
}

/* The kernel's file is written to as it is: it is no file that another could take the place of. */
static bool write_light(const char *panel, int64_t light, struct err *err) {
	char text[32], *path = file_join(panel, "brightness");
	snprintf(text, sizeof text, "%lld\n", (long long)light);
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_TRUNC);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
	if (!ok) {
		err_set(err, ERR_REFUSED, "%s may not be written: %s (a udev rule lets it: see README, brightness)", path, strerror(errno));
	}
	if (fd >= 0) {
		close(fd);
	}
	free(path);
	return ok;
}

static bool set_panel(const char *folder, const char *name, int percent, struct err *err) {
	int64_t most;
	char *panel = file_join(folder, name);
	bool ok = read_most(panel, &most);
	if (ok) {
		int64_t light = (most * percent + 50) / 100;
		ok = write_light(panel, light < 1 ? 1 : light, err);
	} else {
		err_set(err, ERR_REFUSED, "%s does not say how bright it can be", panel);
	}
	free(panel);
	return ok;
}

int backlight_set(const char *folder, int percent, struct err *err) {
	char **names = NULL;
	size_t count = 0;
	int lit = 0;
	struct err why = {0};
	if (!file_list(folder, PANELS_MAX, &names, &count, &why) || count == 0) {
		err_set(err, ERR_NOT_FOUND, "%s: there is no backlight", folder);
	}
	for (size_t i = 0; i < count; i++) {
		lit += set_panel(folder, names[i], percent, err);
		free(names[i]);
	}
	free(names);
	return lit;
}
