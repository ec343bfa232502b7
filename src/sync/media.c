/* proc(5), /proc/PID/mountinfo: the third field is the device, the fifth the mount point, and the type stands behind a lone dash. */
#include "sync/media.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"

#define MOUNTINFO_MAX (1024 * 1024)

/* The n-th field of a line (from 1), parted by single blanks; *len of it. NULL when there are fewer. */
static const char *field(const char *line, int n, size_t *len) {
	while (--n > 0) {
		line += strcspn(line, " \n");
		if (*line != ' ') {
			return NULL;
		}
		line++;
	}
	*len = strcspn(line, " \n");
	return line;
}

static int octal(const char *text) {
	int value = 0;
	for (int i = 0; i < 3; i++) {
		if (text[i] < '0' || text[i] > '7') {
			return -1;
		}
		value = value * 8 + text[i] - '0';
	}
	return value;
}

/* Blanks, tabs, line ends and backslashes stand as \040, \011, \012 and \134. False when it does not fit. */
static bool unescape(const char *text, size_t n, char *out, size_t cap) {
	size_t len = 0;
	for (size_t i = 0; i < n; len++) {
		int value = text[i] == '\\' && n - i >= 4 ? octal(text + i + 1) : -1;
		if (len + 1 >= cap) {
			return false;
		}
		out[len] = value >= 0 ? (char)value : text[i];
		i += value >= 0 ? 4 : 1;
	}
	out[len] = '\0';
	return true;
}

static bool is_place(const char *folder) {
	static const char *const places[] = {"/media/", "/run/media/"};
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		if (str_starts(folder, places[i]) && folder[strlen(places[i])] != '\0') {
			return true;
		}
	}
	return false;
}

/* A medium is a block device. What has none (tmpfs, a network's folder, a mount point that waits for something to be mounted when it is looked at)
 * has the major number 0; so has btrfs, which may lie on a stick. */
static bool is_device(const char *line) {
	size_t rest = strcspn(line, "\n"), len, type_len = 0;
	const char *device = field(line, 3, &len);
	const char *dash = memmem(line, rest, " - ", 3);
	const char *type = dash == NULL ? NULL : field(dash + 3, 1, &type_len);
	bool btrfs = type != NULL && type_len == strlen("btrfs") && memcmp(type, "btrfs", type_len) == 0;
	return type != NULL && device != NULL && (!str_starts(device, "0:") || btrfs);
}

static bool known(const struct medium *media, size_t count, const char *folder) {
	for (size_t i = 0; i < count; i++) {
		if (str_eq(media[i].folder, folder)) {
			return true;
		}
	}
	return false;
}

size_t media_parse(const char *mountinfo, struct medium *out, size_t cap) {
	size_t count = 0;
	for (const char *line = mountinfo; *line != '\0' && count < cap;) {
		size_t len;
		const char *point = field(line, 5, &len);
		struct medium m = {.folder = ""};
		if (point != NULL && unescape(point, len, m.folder, sizeof m.folder) && is_place(m.folder) && is_device(line) &&
		    !known(out, count, m.folder)) {
			str_copy(m.label, sizeof m.label, file_base_name(m.folder));
			out[count++] = m;
		}
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return count;
}

size_t media_find(const char *given, struct medium *out, size_t cap) {
	struct strbuf text = {0};
	struct err ignored = {0};
	size_t count = 0;
	if (given != NULL && cap > 0 && file_is_dir(given) && str_copy(out[0].folder, sizeof out[0].folder, given)) {
		str_copy(out[0].label, sizeof out[0].label, file_base_name(given));
		count = 1;
	}
	if (file_read("/proc/self/mountinfo", MOUNTINFO_MAX, &text, &ignored)) {
		count += media_parse(strbuf_str(&text), out + count, cap - count);
	}
	strbuf_fini(&text);
	return count;
}

const struct medium *media_of(const struct medium *media, size_t count, const char *path) {
	for (size_t i = 0; i < count; i++) {
		size_t n = strlen(media[i].folder);
		if (str_starts(path, media[i].folder) && path[n] == '/') {
			return &media[i];
		}
	}
	return NULL;
}

/* Where it would be written: the file, or else its folder and its name. NULL: nowhere. */
static char *led_to(const char *path) {
	char *real = realpath(path, NULL), *folder = xstrndup(path, (size_t)(file_base_name(path) - path));
	if (real == NULL && !file_is_link(path)) {
		char *place = realpath(folder, NULL);
		real = place == NULL ? NULL : file_join(place, file_base_name(path));
		free(place);
	}
	free(folder);
	return real;
}

bool media_may_write(const char *path, struct err *err) {
	struct medium media[MEDIA_MAX];
	char *here = path[0] == '/' ? NULL : getcwd(NULL, 0);
	char *whole = here == NULL ? xstrdup(path) : file_join(here, path);
	size_t count = media_find(NULL, media, COUNT_OF(media));
	const struct medium *on = media_of(media, count, whole);
	char *real = on == NULL ? NULL : led_to(whole);
	bool ok = on == NULL || (real != NULL && media_of(on, 1, real) == on) ||
		  err_set(err, ERR_REFUSED, "%s is a link that leads away from the medium; nothing was written: choose another name", path);
	free(real);
	free(whole);
	free(here);
	return ok;
}
