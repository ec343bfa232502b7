#include "scan/camera/camera_list.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define FIELD 32 /* bytes of card and bus_info in struct v4l2_capability */

static void clean(const unsigned char *from, char out[FIELD]) {
	size_t n = 0;
	/* Only plain characters: ids end up in settings and on the screen, and [ and ] stand around the socket. */
	for (; n < FIELD - 1 && from[n] != '\0'; n++) {
		out[n] = (char)(from[n] >= 0x20 && from[n] < 0x7F && from[n] != '[' && from[n] != ']' ? from[n] : '?');
	}
	out[n] = '\0';
}

/* Words by which lids' cameras are sold. */
static bool is_built_in(const char *card) {
	static const char *const words[] = {"integrated", "built-in", "builtin", "internal", "facetime", "front", "easycamera", "laptop"};
	char lower[FIELD];
	size_t n = 0;
	for (; card[n] != '\0'; n++) {
		lower[n] = str_lower_char(card[n]);
	}
	lower[n] = '\0';
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (strstr(lower, words[i]) != NULL) {
			return true;
		}
	}
	return false;
}

void camera_entry_make(struct camera_entry *out, const char *path, const unsigned char card[32], const unsigned char bus[32]) {
	char name[FIELD], socket[FIELD], work[FIELD];
	clean(card, work);
	str_copy(name, sizeof name, str_trim(work));
	clean(bus, socket);
	*out = (struct camera_entry){.external = str_starts(socket, "usb-") && !is_built_in(name)};
	str_copy(out->path, sizeof out->path, path);
	snprintf(out->id, sizeof out->id, "%s [%s]", name[0] != '\0' ? name : "camera", socket);
}

static size_t name_length(const char *id) {
	const char *bracket = strstr(id, " [");
	return bracket != NULL ? (size_t)(bracket - id) : strlen(id);
}

int camera_list_find(const struct camera_list *list, const char *text) {
	size_t n = name_length(text);
	for (size_t i = 0; i < list->count; i++) {
		if (str_eq(list->items[i].id, text) || str_eq(list->items[i].path, text)) {
			return (int)i;
		}
	}
	for (size_t i = 0; i < list->count; i++) {
		if (n > 0 && n == name_length(list->items[i].id) && memcmp(list->items[i].id, text, n) == 0) {
			return (int)i;
		}
	}
	return -1;
}

size_t camera_list_order(const struct camera_list *list, const char *remembered, size_t out[CAMERAS_MAX]) {
	size_t count = 0;
	int first = str_empty(remembered) ? -1 : camera_list_find(list, remembered);
	if (first >= 0) {
		out[count++] = (size_t)first;
	}
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < list->count; i++) {
			if ((int)i != first && list->items[i].external == (pass == 0)) {
				out[count++] = i;
			}
		}
	}
	return count;
}
