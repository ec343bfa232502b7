/* Pictures one after the other for the tracker (scan/track/tracker.h): a scene that moves, grows dark and bright, is noisy, goes and comes, at any times, and
 * sometimes becomes another. Whatever it puts together of them, it reads nothing that is not there.
 *
 * Input: flags, a scene (fuzz/scene.h), then frame by frame what is done to it. */
#include "fuzz/scene.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lib/paint.h"
#include "scan/track/tracker.h"

#define FRAMES_MAX 8
#define BUDGET_US 3000

enum { UNHURRIED = 1, FORGETS = 2 };

/* The scene shifted, its grey times gain, plus noise; for free(). What comes in at the edges is what stood there. */
static struct image make_frame(const struct image *from, struct dice *d) {
	int dx = dice_between(d, 0, 40) - 20, dy = dice_between(d, 0, 40) - 20;
	unsigned gain = dice_byte(d), more = dice_byte(d);
	int noise = dice_between(d, 0, 255) - 160;
	struct image out = {.width = from->width, .height = from->height, .stride = from->width};
	out.luma = xmalloc((size_t)out.width * (size_t)out.height);
	gain = more % 8 == 7 ? gain : 128; /* mostly as it is */
	for (int y = 0; y < out.height; y++) {
		for (int x = 0; x < out.width; x++) {
			int fx = x + dx < 0 ? 0 : x + dx >= from->width ? from->width - 1 : x + dx;
			int fy = y + dy < 0 ? 0 : y + dy >= from->height ? from->height - 1 : y + dy;
			unsigned value = *scene_pixel(from, fx, fy) * gain / 128;
			*scene_pixel(&out, x, y) = (uint8_t)(value > 255 ? 255 : value);
		}
	}
	if (noise > 0) {
		paint_noise(&out, noise, more);
	}
	return out;
}

static void check_report(const struct scene *s, const struct tracker_report *r) {
	fuzz_assert(r->count <= TRACKER_CODES_MAX && r->seen <= EFFORT_READ && r->guidance < GUIDANCE_COUNT);
	fuzz_assert(r->count == 0 || r->seen == EFFORT_READ);
	scene_check(s, r->codes, r->count);
	if (r->marked) {
		scene_check_corners(r->corners);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	static struct tracker *tracker;
	static struct scene s;
	struct tracker_report report;
	struct dice d = {data, n};
	struct err err = {0};
	int64_t now = 0;
	fuzz_assert(tracker != NULL || tracker_open(&tracker, &err));
	tracker_forget(tracker);
	unsigned flags = dice_byte(&d);
	scene_make(&s, flags, &d);
	int frames = dice_between(&d, 1, FRAMES_MAX);
	for (int i = 0; i < frames; i++) {
		struct image image = make_frame(&s.image, &d);
		unsigned wait = dice_byte(&d);
		now += wait < 200 ? 33000 : (int64_t)(wait - 199) * 100000;
		tracker_look(tracker, &(struct tracker_frame){&image, now, (flags & UNHURRIED) != 0 ? 0 : BUDGET_US}, &report);
		check_report(&s, &report);
		free(image.luma);
		if ((flags & FORGETS) != 0 && wait % 4 == 3) {
			tracker_forget(tracker);
		}
		if (wait % 16 == 15) { /* another scene, of another size perhaps */
			free(s.image.luma);
			scene_make(&s, flags, &d);
			tracker_forget(tracker);
		}
	}
	free(s.image.luma);
	return 0;
}
