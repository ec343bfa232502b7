/* Cameras without a camera: which picture is chosen, what is asked for in low light, what counts as broken, which one is meant, what is upright. */
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "scan/camera/camera_light.h"
#include "scan/camera/camera_list.h"
#include "scan/camera/camera_mode.h"
#include "scan/camera/camera_watch.h"
#include "scan/image/turn.h"
#include "scan/track/effort.h"

/* --- modes --------------------------------------------------------------------------------------------------------------------------- */

#define YUYV(w, h, rate) \
	{ 1, CAMERA_PACKED, w, h, (rate)*1000 }
#define MJPG(w, h, rate) \
	{ 2, CAMERA_JPEG, w, h, (rate)*1000 }
#define GREY(w, h, rate) \
	{ 3, CAMERA_GREY, w, h, (rate)*1000 }
#define BAYER(w, h, rate) \
	{ 4, CAMERA_OTHER, w, h, (rate)*1000 }

static void the_best_picture(void **state) {
	(void)state;
	static const struct {
		struct camera_mode modes[8];
		int wanted, best;
	} cases[] = {
		/* A webcam on USB 2: raw pictures are slow, JPEGs are not. */
		{{YUYV(640, 480, 30), YUYV(1280, 720, 10), MJPG(640, 480, 30), MJPG(1280, 720, 30), MJPG(1920, 1080, 30)}, CAMERA_RATE, 3},
		/* On USB 3 the bus carries everything. */
		{{MJPG(1280, 720, 30), YUYV(1280, 720, 30), YUYV(1920, 1080, 30)}, CAMERA_RATE, 1},
		{{YUYV(1280, 720, 30), GREY(1280, 720, 30), BAYER(1280, 720, 30)}, CAMERA_RATE, 1},
		/* An old one without JPEGs: rather small and fast than large and slow. */
		{{YUYV(1280, 720, 7), YUYV(640, 480, 30), YUYV(320, 240, 30)}, CAMERA_RATE, 1},
		/* But not too small to read anything. */
		{{YUYV(320, 240, 30), YUYV(640, 480, 15)}, CAMERA_RATE, 1},
		{{YUYV(320, 240, 60)}, CAMERA_RATE, 0},
		/* 30 frames/s are enough. */
		{{MJPG(1280, 720, 60), MJPG(1280, 720, 30), MJPG(1280, 720, 15)}, CAMERA_RATE, 1},
		{{MJPG(1280, 720, 60), MJPG(1280, 720, 30), MJPG(1280, 720, 15)}, CAMERA_RATE_SLOW, 2},
		/* A driver that tells no rates. */
		{{GREY(0, 0, 30), MJPG(1280, 720, 0), YUYV(1280, 720, 0)}, CAMERA_RATE, 2},
		{{GREY(20000, 20000, 30), BAYER(800, 600, 30)}, CAMERA_RATE, 1},
		{{GREY(-1, 5, 30)}, CAMERA_RATE, -1},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(camera_mode_best(cases[i].modes, COUNT_OF(cases[i].modes), cases[i].wanted), cases[i].best);
	}
	assert_int_equal(camera_mode_best(NULL, 0, CAMERA_RATE), -1);
}

static void ranges_of_sizes(void **state) {
	(void)state;
	struct camera_mode out[3];
	assert_int_equal(camera_mode_sizes(&(struct camera_range){16, 1920, 16, 16, 1080, 8}, out), 3);
	assert_int_equal(out[0].width, 1280);
	assert_int_equal(out[0].height, 720);
	assert_int_equal(camera_mode_sizes(&(struct camera_range){64, 800, 64, 64, 600, 64}, out),
			 2); /* the greatest is the wanted one here */
	assert_int_equal(out[0].width, 768);
	assert_int_equal(out[0].height, 576);
	assert_int_equal(camera_mode_sizes(&(struct camera_range){1600, 1600, 0, 1200, 1200, 0}, out), 1);
	assert_int_equal(out[0].width, 1600);
	assert_int_equal(camera_mode_sizes(&(struct camera_range){0, 0, 0, 0, 0, 0}, out), 0);
	assert_int_equal(camera_mode_sizes(&(struct camera_range){10, 5, 1, 10, 5, 1}, out), 0);
}

/* --- controls and light -------------------------------------------------------------------------------------------------------------- */

static void controls_that_are_there_are_set(void **state) {
	(void)state;
	struct camera_offer offers[CONTROL_COUNT] = {0};
	struct camera_wish wishes[CONTROL_COUNT];
	assert_int_equal(camera_wishes(offers, wishes), 0); /* a camera without any */
	offers[CONTROL_FOCUS_AUTO] = (struct camera_offer){.there = true, .maximum = 1};
	offers[CONTROL_EXPOSURE_AUTO] = (struct camera_offer){.there = true, .maximum = 3, .menu = 1u << 1 | 1u << 0, .value = 1};
	offers[CONTROL_MAINS] = (struct camera_offer){.there = true, .maximum = 2, .menu = 7, .value = 1}; /* as wanted already */
	offers[CONTROL_METERING] = (struct camera_offer){.there = true, .maximum = 0, .menu = 1};          /* cannot */
	assert_int_equal(camera_wishes(offers, wishes), 2);
	assert_int_equal(wishes[0].control, CONTROL_FOCUS_AUTO);
	assert_int_equal(wishes[0].value, 1);
	assert_int_equal(wishes[1].control, CONTROL_EXPOSURE_AUTO);
	assert_int_equal(wishes[1].value, 0); /* no aperture priority: fully automatic */
}

/* So many seconds of frames at a rate; the mode at the end. */
static enum light_mode shine(struct light *l, struct light_can can, int mean, const int seconds_rate[2], int64_t *ms) {
	enum light_mode mode = l->mode;
	for (int64_t end = *ms + seconds_rate[0] * 1000; *ms < end; *ms += 1000 / seconds_rate[1]) {
		mode = light_frame(l, mean, can, *ms);
	}
	return mode;
}

static void exposure_against_rate(void **state) {
	(void)state;
	const struct light_can all = {.free = true, .slow = true}, none = {.free = false};
	struct light l = {0};
	int64_t ms = 1000;
	assert_int_equal(shine(&l, all, 120, (int[]){30, 30}, &ms), LIGHT_FIXED);
	assert_int_equal(shine(&l, all, 30, (int[]){1, 30}, &ms), LIGHT_FIXED); /* a hand before the lens */
	assert_int_equal(shine(&l, all, 120, (int[]){5, 30}, &ms), LIGHT_FIXED);
	assert_int_equal(shine(&l, all, 30, (int[]){3, 30}, &ms), LIGHT_FREE);
	assert_int_equal(shine(&l, all, 80, (int[]){60, 20}, &ms), LIGHT_FREE);
	assert_int_equal(shine(&l, all, 130, (int[]){5, 20}, &ms), LIGHT_FIXED);
	/* A camera that goes far down: it gets a fixed rate that is slow but not too slow. */
	assert_int_equal(shine(&l, all, 30, (int[]){3, 30}, &ms), LIGHT_FREE);
	assert_int_equal(shine(&l, all, 60, (int[]){2, 7}, &ms), LIGHT_SLOW);
	assert_int_equal(shine(&l, all, 60, (int[]){60, 15}, &ms), LIGHT_SLOW);
	/* One that is slow even then stays at its full rate for a while. */
	assert_int_equal(shine(&l, all, 60, (int[]){3, 8}, &ms), LIGHT_FIXED);
	assert_int_equal(shine(&l, all, 20, (int[]){60, 30}, &ms), LIGHT_FIXED);
	assert_int_equal(shine(&l, all, 20, (int[]){70, 30}, &ms), LIGHT_FREE);
	struct light fixed = {0};
	assert_int_equal(shine(&fixed, none, 10, (int[]){60, 30}, &ms), LIGHT_FIXED);
}

/* --- cameras that fail ---------------------------------------------------------------------------------------------------------------- */

static void frozen_cameras(void **state) {
	(void)state;
	struct watch w = {0};
	struct watch_look look = {.hash = 7, .mean = 100, .brightest = 200};
	int64_t ms = 0;
	watch_opened(&w, ms);
	for (; ms < 60000; ms += 33, look.hash++) {
		assert_int_equal(watch_frame(&w, &look, ms), WATCH_FINE);
	}
	int64_t since = ms;
	while (watch_frame(&w, &look, ms) == WATCH_FINE) {
		ms += 33;
	}
	assert_in_range(ms - since, WATCH_FROZEN_MS - 40, WATCH_FROZEN_MS + 40);
	/* It helped nothing: the next attempt comes later. */
	watch_opened(&w, ms);
	since = ms;
	while (watch_frame(&w, &look, ms) == WATCH_FINE) {
		ms += 33;
	}
	assert_in_range(ms - since, 2 * WATCH_FROZEN_MS - 40, 2 * WATCH_FROZEN_MS + 40);
	/* It helped. */
	watch_opened(&w, ms);
	for (int i = 0; i < 10; i++, look.hash++) {
		watch_frame(&w, &look, ms += 33);
	}
	assert_int_equal(w.patience_ms, 0);
	/* Black with noise in it is black. */
	enum watch_verdict verdict = WATCH_FINE;
	for (since = ms; verdict == WATCH_FINE; ms += 33, look.hash++) {
		look.brightest = (int)(ms % WATCH_BLACK);
		verdict = watch_frame(&w, &look, ms);
		assert_true(ms - since < 2 * WATCH_FROZEN_MS);
	}
	assert_int_equal(verdict, WATCH_DARK);
	assert_int_equal(watch_wait(&w, ms + WATCH_SILENT_MS - 100), WATCH_FINE);
	assert_int_equal(watch_wait(&w, ms + WATCH_SILENT_MS + 1), WATCH_SILENT);
}

static void attempts_come_further_apart(void **state) {
	(void)state;
	struct watch w = {0};
	struct watch_look look = {.hash = 7, .brightest = 200};
	int last = 0;
	for (int i = 0; i < 40; i++) {
		int wait = watch_retry_ms(&w, false);
		assert_true(wait >= last && wait <= WATCH_RETRY_MAX_MS);
		last = wait;
	}
	assert_int_equal(last, WATCH_RETRY_MAX_MS);
	assert_int_equal(watch_retry_ms(&w, true), WATCH_RETRY_MS);
	watch_frame(&w, &look, 1);
	assert_int_equal(watch_retry_ms(&w, false), WATCH_RETRY_MS);
}

static void one_pixel_is_a_change(void **state) {
	(void)state;
	static uint8_t luma[64 * 48];
	struct image image = {luma, 64, 48, 64};
	memset(luma, 90, sizeof luma);
	struct watch_look before = watch_look(&image);
	assert_int_equal(before.mean, 90);
	assert_int_equal(before.brightest, 90);
	luma[20 * 64 + 33] = 91;
	assert_true(watch_look(&image).hash != before.hash);
	luma[20 * 64 + 33] = 90;
	assert_true(watch_look(&image).hash == before.hash);
	struct image tiny = {luma, 1, 1, 1}; /* stays within it: the sanitizers tell */
	assert_int_equal(watch_look(&tiny).mean, 90);
}

/* --- which camera --------------------------------------------------------------------------------------------------------------------- */

static void add(struct camera_list *list, const char *path, const char *card, const char *bus) {
	unsigned char names[2][32] = {{0}};
	memcpy(names[0], card, strlen(card));
	memcpy(names[1], bus, strlen(bus));
	camera_entry_make(&list->items[list->count++], path, names[0], names[1]);
}

static void cameras_by_name(void **state) {
	(void)state;
	struct camera_list list = {0};
	size_t order[CAMERAS_MAX];
	assert_int_equal(camera_list_order(&list, "anything", order), 0);
	add(&list, "/dev/video0", "Integrated Camera: Integrated C", "usb-0000:00:14.0-8");
	add(&list, "/dev/video1", "bcm2835-unicam", "platform:fe801000.csi");
	add(&list, "/dev/video2", "HD Webcam", "usb-0000:00:14.0-2");
	add(&list, "/dev/video4", "HD Webcam", "usb-0000:00:14.0-3");
	assert_string_equal(list.items[2].id, "HD Webcam [usb-0000:00:14.0-2]");
	assert_int_equal(camera_list_find(&list, "HD Webcam [usb-0000:00:14.0-3]"), 3);
	assert_int_equal(camera_list_find(&list, "HD Webcam [usb-somewhere-else]"), 2); /* in another socket */
	assert_int_equal(camera_list_find(&list, "HD Webcam"), 2);
	assert_int_equal(camera_list_find(&list, "/dev/video1"), 1);
	assert_int_equal(camera_list_find(&list, "HD"), -1);
	assert_int_equal(camera_list_find(&list, ""), -1);
	static const size_t plain[] = {2, 3, 0, 1}, remembered[] = {1, 2, 3, 0};
	assert_int_equal(camera_list_order(&list, "", order), 4);
	assert_memory_equal(order, plain, sizeof plain);
	assert_int_equal(camera_list_order(&list, "gone [usb-1]", order), 4);
	assert_memory_equal(order, plain, sizeof plain);
	assert_int_equal(camera_list_order(&list, "bcm2835-unicam [platform:fe801000.csi]", order), 4);
	assert_memory_equal(order, remembered, sizeof remembered);
	/* Texts that fill their 32 bytes, or are no text at all. */
	unsigned char wild[32];
	memset(wild, 0xFF, sizeof wild);
	camera_entry_make(&list.items[4], "/dev/video9", wild, wild);
	assert_true(strlen(list.items[4].id) < CAMERA_ID_MAX);
	assert_int_equal(list.items[4].id[0], '?');
}

/* --- upright -------------------------------------------------------------------------------------------------------------------------- */

static void pictures_and_boxes_turn_alike(void **state) {
	(void)state;
	/* A mark in a picture of 5 x 3: the box around it must be around it in every turned picture. */
	static const struct turn_box marks[] = {{0, 0, 1, 1}, {4, 2, 1, 1}, {1, 0, 2, 2}, {3, 1, 2, 1}};
	for (int i = 0; i < 8 * (int)COUNT_OF(marks); i++) {
		const struct turn_box mark = marks[i / 8];
		const struct turn turn = {.degrees = i % 4 * 90, .mirror = i / 4 % 2 != 0};
		uint8_t luma[3 * 8] = {0}, out[15];
		for (int y = mark.y; y < mark.y + mark.h; y++) {
			memset(luma + y * 8 + mark.x, 1, (size_t)mark.w);
		}
		int w = 5, h = 3;
		struct turn_box box = turn_box(&turn, w, h, mark);
		struct turn_spot one = turn_spot(&turn, w, h, (struct turn_spot){mark.x, mark.y});
		struct turn_spot other = turn_spot(&turn, w, h, (struct turn_spot){mark.x + mark.w, mark.y + mark.h});
		assert_int_equal(one.x < other.x ? one.x : other.x, box.x);
		assert_int_equal(one.y < other.y ? one.y : other.y, box.y);
		assert_int_equal(abs(one.x - other.x), box.w);
		assert_int_equal(abs(one.y - other.y), box.h);
		turn_picture(&turn, &(struct image){luma, w, h, 8}, out);
		turn_size(&turn, &w, &h);
		for (int y = 0; y < h; y++) {
			for (int x = 0; x < w; x++) {
				bool inside = x >= box.x && x < box.x + box.w && y >= box.y && y < box.y + box.h;
				assert_int_equal(out[y * w + x], inside);
			}
		}
	}
}

static void turning_is_clockwise(void **state) {
	(void)state;
	uint8_t luma[] = {1, 2, 3, 4, 5, 6}, out[6];
	const struct image image = {luma, 3, 2, 3};
	turn_picture(&(struct turn){.degrees = 90}, &image, out);
	assert_memory_equal(out, ((uint8_t[]){4, 1, 5, 2, 6, 3}), 6);
	turn_picture(&(struct turn){.degrees = 270}, &image, out);
	assert_memory_equal(out, ((uint8_t[]){3, 6, 2, 5, 1, 4}), 6);
	turn_picture(&(struct turn){.mirror = true}, &image, out);
	assert_memory_equal(out, ((uint8_t[]){3, 2, 1, 6, 5, 4}), 6);
	assert_true(turn_degrees_valid(180));
	assert_false(turn_degrees_valid(45));
}

/* --- effort --------------------------------------------------------------------------------------------------------------------------- */

/* Ten seconds at 30 frames/s of a picture that stays, or changes each time; the microseconds that looking took. */
static int64_t work(struct effort *e, bool moves, int64_t cost_us, int64_t *us) {
	uint8_t cells[EFFORT_CELLS];
	int64_t spent = 0;
	for (int i = 0; i < 300; i++, *us += 33333) {
		memset(cells, moves ? i % 2 * 100 : 100, sizeof cells);
		if (effort_wants(e, cells, *us)) {
			effort_report(e, EFFORT_NOTHING, cost_us, *us + cost_us);
			spent += cost_us;
		}
	}
	return spent;
}

static void looking_in_vain_has_its_price(void **state) {
	(void)state;
	static const int64_t costs[] = {500, 5000, 30000, 120000};
	for (size_t i = 0; i < COUNT_OF(costs); i++) {
		struct effort e = {0};
		int64_t us = 1000000;
		int64_t allowed = 10000000 * EFFORT_IDLE_SHARE / 100;
		int64_t spent = 0;
		for (int64_t k = 1; k <= 6; k++) { /* a minute, with what was saved up before */
			spent += work(&e, true, costs[i], &us);
			assert_true(spent <= k * allowed + EFFORT_SAVED_US + costs[i]);
		}
		int64_t looked = work(&e, false, costs[i], &us) / costs[i];
		assert_in_range(looked, 5, 1 + 10000 / EFFORT_STILL_MS + 1); /* still: seldom, but again and again */
	}
	struct effort cheap = {0}; /* which costs next to nothing is always done */
	int64_t us = 1000000;
	assert_int_equal(work(&cheap, true, 100, &us), 300 * 100);
}

static void what_may_be_a_code_is_looked_at(void **state) {
	(void)state;
	static const enum effort_seen seen[] = {EFFORT_MAYBE, EFFORT_READ};
	for (size_t i = 0; i < COUNT_OF(seen); i++) {
		struct effort e = {0};
		uint8_t cells[EFFORT_CELLS] = {0};
		int64_t us = 1000000;
		assert_true(effort_wants(&e, cells, us));
		effort_report(&e, seen[i], 30000, us);
		for (int64_t end = us + EFFORT_AWAKE_MS * 1000; us < end; us += 33333) {
			assert_true(effort_wants(&e, cells, us));
			effort_report(&e, EFFORT_NOTHING, 30000, us + 1);
		}
		assert_false(effort_wants(&e, cells, us));
	}
}

static void somebody_comes(void **state) {
	(void)state;
	struct effort e = {0};
	uint8_t cells[EFFORT_CELLS] = {0};
	int64_t us = 1000000;
	work(&e, false, 5000, &us);
	cells[70] = 100; /* a badge far away */
	assert_true(effort_wants(&e, cells, us));
	effort_report(&e, EFFORT_NOTHING, 5000, us);
	assert_false(effort_wants(&e, cells, us + 33333));
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_best_picture),
					   cmocka_unit_test(ranges_of_sizes),
					   cmocka_unit_test(controls_that_are_there_are_set),
					   cmocka_unit_test(exposure_against_rate),
					   cmocka_unit_test(frozen_cameras),
					   cmocka_unit_test(attempts_come_further_apart),
					   cmocka_unit_test(one_pixel_is_a_change),
					   cmocka_unit_test(cameras_by_name),
					   cmocka_unit_test(pictures_and_boxes_turn_alike),
					   cmocka_unit_test(turning_is_clockwise),
					   cmocka_unit_test(looking_in_vain_has_its_price),
					   cmocka_unit_test(what_may_be_a_code_is_looked_at),
					   cmocka_unit_test(somebody_comes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
