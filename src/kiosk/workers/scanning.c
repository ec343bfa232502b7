#include "kiosk/workers/scanning.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"

struct scanning {
	struct device_settings device;
	struct scan_worker *camera;
	struct hand_worker *hands;
	struct scan_preview preview;
};

char *scanning_source(const struct device_settings *device, const char *camera) {
	bool remembered = str_eq(camera, "auto") && device->camera[0] != '\0';
	return remembered ? xasprintf("auto:%s", device->camera) : xstrdup(camera);
}

bool scanning_open(const struct scanning_options *options, struct scanning **out, struct err *err) {
	struct scanning *s = xcalloc(1, sizeof *s);
	char warning[ERR_TEXT_MAX];
	device_load(&s->device, warning);
	if (warning[0] != '\0') {
		log_warn("kiosk", "%s", warning);
	}
	char *source = scanning_source(&s->device, options->camera);
	struct scan_worker_options camera = {.source = source,
					     .wake = options->wake,
					     .context = options->context,
					     .turn = s->device.turn,
					     .preview = true,
					     .blind = options->blind};
	struct hand_worker_options hands = {.framing = s->device.scanner,
					    .names = s->device.scanner_names,
					    .serial = s->device.serial,
					    .speed = s->device.serial_speed,
					    .shared = options->shared,
					    .wake = options->wake,
					    .context = options->context};
	bool ok = scan_worker_open(&camera, &s->camera, err) && hand_worker_open(&hands, &s->hands, err);
	free(source);
	if (!ok) {
		scanning_close(s);
		return false;
	}
	*out = s;
	return true;
}

void scanning_close(struct scanning *s) {
	if (s != NULL) {
		hand_worker_close(s->hands);
		scan_worker_close(s->camera);
		free(s);
	}
}

const struct device_settings *scanning_device(const struct scanning *s) { return &s->device; }

struct scan_message *scanning_take(struct scanning *s) {
	return scan_worker_take(s->camera, 0);
}

struct hand_message *scanning_take_hand(struct scanning *s) {
	return hand_worker_take(s->hands, 0);
}

struct scan_worker *scanning_camera(const struct scanning *s) {
	return s->camera;
}

void scanning_want_preview(struct scanning *s, bool wanted) { scan_worker_want_preview(s->camera, wanted); }

const struct scan_preview *scanning_preview(struct scanning *s) { return scan_worker_preview(s->camera, &s->preview) ? &s->preview : NULL; }

void scanning_switch(struct scanning *s, const char *source) {
	bool named = str_eq(source, "auto") || str_eq(source, "none") || str_starts(source, "/dev/") || str_starts(source, "file:") ||
		     str_starts(source, "name:");
	char *spec = xasprintf("%s%s", named ? "" : "file:", source);
	scan_worker_switch(s->camera, spec);
	free(spec);
}

void scanning_look(struct scanning *s) { scan_worker_look(s->camera); }

bool scanning_set(struct scanning *s, const struct device_change *changes, size_t count, struct err *err) {
	struct device_settings before = s->device;
	for (size_t i = 0; i < count; i++) {
		if (!device_set(&s->device, changes[i].key, changes[i].value, err)) {
			s->device = before;
			return false;
		}
	}
	scan_worker_set_turn(s->camera, &s->device.turn);
	if (!str_eq(before.camera, s->device.camera)) {
		char *source = scanning_source(&s->device, "auto");
		scan_worker_switch(s->camera, source);
		free(source);
	}
	return true;
}
