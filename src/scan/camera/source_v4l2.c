#include "scan/camera/source_v4l2.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "scan/camera/camera_watch.h"
#include "scan/camera/v4l2_device.h"

struct camera {
	struct source base;
	char *wanted;
	char name[CAMERA_ID_MAX + 40]; /* of the one that is open, or was: "ID, 1280 x 720" */
	char path[32];                 /* where it is open */
	struct v4l2_device *device;    /* NULL: not open */
	struct watch watch;
	struct light light;
	int64_t retry_ms;
	int mean; /* luminance of the frame that was given out last; -1: none */
	bool said_lost;
};

static int64_t now_ms(void) { return clock_span_us() / 1000; }

/* --- open and close --------------------------------------------------------------------------------------------------------------- */

static bool start_device(struct camera *c, const char *path, struct err *err) {
	int rate = c->light.mode == LIGHT_SLOW ? CAMERA_RATE_SLOW : CAMERA_RATE;
	if (!v4l2_device_open(path, rate, &c->device, err)) {
		return false;
	}
	const struct camera_mode *mode = v4l2_device_mode(c->device);
	snprintf(c->name, sizeof c->name, "%s, %d x %d", v4l2_device_name(c->device), mode->width, mode->height);
	str_copy(c->path, sizeof c->path, path);
	watch_opened(&c->watch, now_ms());
	return true;
}

/* "auto": the first that works. The error is that of the first one there is. */
static bool start_any(struct camera *c, const char *remembered, struct err *err) {
	struct err first = {0};
	struct camera_list list;
	size_t order[CAMERAS_MAX];
	v4l2_list(&list);
	size_t count = camera_list_order(&list, remembered, order);
	for (size_t i = 0; i < count; i++) {
		if (start_device(c, list.items[order[i]].path, err)) {
			return true;
		}
		if (first.kind == ERR_NONE) {
			first = *err;
		}
	}
	if (first.kind != ERR_NONE) {
		err_give(err, &first);
		return false;
	}
	return err_set(err, ERR_NOT_FOUND, "no camera is connected");
}

static bool start_named(struct camera *c, const char *name, struct err *err) {
	struct camera_list list;
	v4l2_list(&list);
	int at = camera_list_find(&list, name);
	return at >= 0 ? start_device(c, list.items[at].path, err) : err_set(err, ERR_NOT_FOUND, "the camera %s is not connected", name);
}

static bool start(struct camera *c, struct err *err) {
	if (str_eq(c->wanted, "auto")) {
		return start_any(c, "", err);
	}
	if (str_starts(c->wanted, "auto:")) {
		return start_any(c, c->wanted + 5, err);
	}
	return str_starts(c->wanted, "name:") ? start_named(c, c->wanted + 5, err) : start_device(c, c->wanted, err);
}

static enum source_event lose(struct camera *c, bool absent) {
	v4l2_device_close(c->device);
	c->device = NULL;
	c->retry_ms = now_ms() + watch_retry_ms(&c->watch, absent);
	/* People are told once; said_lost stays until a good picture comes. */
	bool first = !c->said_lost;
	c->said_lost = true;
	return first ? SOURCE_LOST : SOURCE_WAIT;
}

/* Opens the camera when it is time to try. */
static enum source_event camera_start(struct camera *c, int timeout_ms, struct err *why) {
	int64_t left = c->retry_ms - now_ms();
	if (left > 0) {
		clock_sleep_ms((int)(left < timeout_ms ? left : timeout_ms));
		return SOURCE_WAIT;
	}
	/* It starts at the full rate again: the light may have changed since. */
	c->light = (struct light){0};
	return start(c, why) ? SOURCE_WAIT : lose(c, why->kind == ERR_NOT_FOUND);
}

/* --- while it runs ---------------------------------------------------------------------------------------------------------------- */

static enum source_event judge_camera(struct camera *c, enum watch_verdict verdict, struct err *why) {
	switch (verdict) {
	case WATCH_FINE: return SOURCE_WAIT;
	case WATCH_SILENT: err_set(why, ERR_SYSTEM, "the camera %s gives no pictures; it is opened again", c->name); break;
	case WATCH_FROZEN:
		err_set(why, ERR_SYSTEM, "the camera %s gives the same picture all the time; it is opened again", c->name);
		break;
	case WATCH_DARK: err_set(why, ERR_SYSTEM, "the camera %s sees nothing but black: look whether it is covered", c->name); break;
	}
	return lose(c, false);
}

/* Another rate can be set only while the camera does not stream. False when it did not start again. */
static bool follow_light(struct camera *c, int mean, struct err *why) {
	enum light_mode before = c->light.mode;
	enum light_mode mode = light_frame(&c->light, mean, v4l2_device_light(c->device), now_ms());
	if (mode == before) {
		return true;
	}
	if (mode != LIGHT_SLOW && before != LIGHT_SLOW) {
		v4l2_device_set_free(c->device, mode == LIGHT_FREE);
		return true;
	}
	v4l2_device_close(c->device);
	c->device = NULL;
	/* A copy, as start_device writes c->path. */
	char path[sizeof c->path];
	str_copy(path, sizeof path, c->path);
	return start_device(c, path, why);
}

static enum source_event camera_next(struct source *source, int timeout_ms, struct source_frame *out, struct err *why) {
	struct camera *c = (struct camera *)source;
	if (c->device == NULL) {
		return camera_start(c, timeout_ms, why);
	}
	/* Now, as the frame of the last call is the device's. */
	if (c->mean >= 0 && !follow_light(c, c->mean, why)) {
		return lose(c, false);
	}
	c->mean = -1;
	switch (v4l2_device_frame(c->device, timeout_ms, &out->image, &out->taken_us, why)) {
	case V4L2_GONE: return lose(c, false);
	case V4L2_NONE: return judge_camera(c, watch_wait(&c->watch, now_ms()), why);
	case V4L2_FRAME: break;
	}
	struct watch_look look = watch_look(&out->image);
	enum watch_verdict verdict = watch_frame(&c->watch, &look, now_ms());
	if (verdict != WATCH_FINE) {
		return judge_camera(c, verdict, why);
	}
	c->said_lost = false;
	c->mean = look.mean;
	return SOURCE_FRAME;
}

static void camera_close(struct source *source) {
	struct camera *c = (struct camera *)source;
	v4l2_device_close(c->device);
	free(c->wanted);
	free(c);
}

static const char *camera_name(const struct source *source) {
	const struct camera *c = (const struct camera *)source;
	return c->name[0] != '\0' ? c->name : c->wanted;
}

static const struct source_ops camera_ops = {.next = camera_next, .close = camera_close, .name = camera_name};

struct source *source_v4l2_open(const char *spec) {
	struct camera *c = xcalloc(1, sizeof *c);
	c->base.ops = &camera_ops;
	c->wanted = xstrdup(spec);
	c->mean = -1;
	return &c->base;
}
