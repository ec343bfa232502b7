/* The tracker on films (lib/badge_film.h), without a budget, so that no machine is too slow for them. */
#include "scan/track/tracker.h"

#include "lib/badge_film.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

#define WIDTH 640
#define HEIGHT 480
#define STEP_US (1000000 / BADGE_FILM_RATE)
#define BEFORE 1000000 /* when films begin */

struct bench {
	struct image image;
	struct tracker *tracker;
	struct tracker_report report;
	int64_t now_us;
};

static int set_up(void **state) {
	struct bench *b = xcalloc(1, sizeof *b);
	struct err err = {0};
	*state = b;
	b->now_us = BEFORE;
	return image_init(&b->image, WIDTH, HEIGHT, &err) && tracker_open(&b->tracker, &err) ? 0 : -1;
}

static int tear_down(void **state) {
	struct bench *b = *state;
	tracker_close(b->tracker);
	image_fini(&b->image);
	free(b);
	return 0;
}

static struct badge_film *film_of(enum badge_story story, uint64_t seed) {
	return badge_film_open(&(struct badge_film_options){story, WIDTH, HEIGHT, seed, NULL});
}

static void look(struct bench *b) {
	b->now_us += STEP_US;
	tracker_look(b->tracker, &(struct tracker_frame){&b->image, b->now_us, 0}, &b->report);
}

static struct badge_frame show(struct bench *b, const struct badge_film *film, int number) {
	struct badge_frame frame;
	badge_film_paint(film, number, &b->image, &frame);
	look(b);
	for (size_t i = 0; i < b->report.count; i++) { /* whatever is read is what is there */
		assert_string_equal(b->report.codes[i].payload, badge_film_text(film));
	}
	return frame;
}

static bool was_tracked(const struct bench *b) {
	return b->report.count == 1 && (str_starts(b->report.codes[0].stage, "tracked") || str_eq(b->report.codes[0].stage, "followed"));
}

/* --- reading ------------------------------------------------------------------------------------------------------------------------------ */

static bool reads_alone(struct decoder *decoder, const struct image *image) {
	struct decode_result code;
	return decoder_scan(decoder, image, &(struct decode_options){.max = 1}, &code) > 0;
}

/* A third of the modules shows anything, another third in each picture: more than error correction repairs. What a grid is found by is left as it is. */
static void spoil(struct bench *b, const struct badge_frame *frame, int version, int number) {
	float side = (float)(17 + 4 * version);
	const struct point square[4] = {{0, 0}, {side, 0}, {side, side}, {0, side}};
	struct homography map;
	assert_true(homography_fit(&(struct pairs){frame->corners, square, NULL, 4}, &map));
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		struct point p = homography_at(&map, (float)(i % WIDTH) + 0.5F, (float)(i / WIDTH) + 0.5F);
		int x = (int)p.x;
		int y = (int)p.y;
		bool kept = p.x < 9 || p.y < 9 || p.x >= side || p.y >= side || (p.x > side - 11 && p.y > side - 11);
		if (!kept && (x / 4 + y / 4 + number) % 3 == 0) {
			unsigned any = (unsigned)(x * 73 + y * 179 + number * 283) * 2654435761u;
			b->image.luma[i] = any >> 20 & 1u ? 60 : 190;
		}
	}
}

static void show_spoilt(struct bench *b, const struct badge_film *film, int number) {
	struct badge_frame frame;
	badge_film_paint(film, number, &b->image, &frame);
	spoil(b, &frame, badge_film_version(film), number);
	look(b);
	for (size_t i = 0; i < b->report.count; i++) {
		assert_string_equal(b->report.codes[i].payload, badge_film_text(film));
	}
}

static const char *const TEXTS[] = {"TO1AABBCC THE BADGE OF SOMEBODY WHO COMES TO THE FAIR ON THE FIRST DAY",
				    "TO1AABBCC THE BADGE OF SOMEBODY ELSE WHO COMES TO THE FAIR ON ALL DAYS"};

static struct badge_film *film_saying(const char *text) {
	return badge_film_open(&(struct badge_film_options){STORY_STILL, WIDTH, HEIGHT, 3, text});
}

static void what_no_picture_shows_several_do(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	struct decoder *decoder;
	struct badge_film *film = film_saying(TEXTS[0]);
	int number = 20;
	assert_ok(decoder_open(&decoder, &err));
	for (b->report.count = 0; b->report.count == 0 && number < 32; number++) {
		show_spoilt(b, film, number);
		assert_false(reads_alone(decoder, &b->image)); /* in none of these, with all the time there is */
	}
	assert_int_equal(b->report.count, 1);
	assert_string_equal(b->report.codes[0].stage, "merged");
	assert_string_equal(b->report.codes[0].payload, badge_film_text(film));
	decoder_close(decoder);
	badge_film_close(film);
}

/* One badge is taken away and another of the same kind held up in its place, between two pictures. */
static void badges_are_never_mixed(void **state) {
	struct bench *b = *state;
	struct badge_film *films[2] = {film_saying(TEXTS[0]), film_saying(TEXTS[1])};
	int read = 0;
	assert_int_equal(badge_film_version(films[0]), badge_film_version(films[1]));
	for (int before = 1; before <= 3; before++) {
		tracker_forget(b->tracker);
		for (int i = 0; i < before + 7; i++) { /* show_spoilt asserts that nothing else is read */
			show_spoilt(b, films[i >= before], 20 + i);
			read += i >= before && b->report.count == 1;
		}
	}
	assert_true(read >= 3);
	badge_film_close(films[0]);
	badge_film_close(films[1]);
}

/* Frames until it is read, from `from` on; whether our decoder, with all the time there is, reads that very picture by itself. */
static int frames_until_read(struct bench *b, const struct badge_film *film, int from, bool *alone) {
	struct err err = {0};
	struct decoder *decoder;
	int number = from;
	assert_ok(decoder_open(&decoder, &err));
	for (b->report.count = 0; b->report.count == 0 && number < BADGE_FILM_FRAMES; number++) {
		show(b, film, number);
		*alone = reads_alone(decoder, &b->image);
	}
	decoder_close(decoder);
	return number - from;
}

/* Where something moves is looked at as if it had not moved; where it came to rest, as if it had been in focus, and not so small. */
static void what_moves_and_what_is_small(void **state) {
	struct bench *b = *state;
	bool alone = true;
	struct badge_film *film = film_of(STORY_STILL, 5);
	assert_true(frames_until_read(b, film, 6, &alone) < 6); /* it is still from frame 14 on */
	assert_false(alone);
	assert_string_equal(b->report.codes[0].stage, "moving");
	badge_film_close(film);
	tracker_forget(b->tracker);
	film = film_of(STORY_COMING, 2);
	assert_true(frames_until_read(b, film, 12, &alone) < 9);
	assert_false(alone);
	badge_film_close(film);
}

/* What was seen is found again there, before all else. */
static void what_was_seen_is_tracked(void **state) {
	struct bench *b = *state;
	struct badge_film *film = film_of(STORY_STILL, 3);
	int tracked = 0;
	for (int number = 20; number < 28; number++) {
		struct badge_frame frame = show(b, film, number);
		assert_int_equal(b->report.count, 1);
		assert_int_equal(b->report.seen, EFFORT_READ);
		assert_true(b->report.marked);
		tracked += was_tracked(b);
		for (int i = 0; i < 4; i++) {
			assert_true(point_distance(b->report.corners[i], frame.corners[i]) < 1.5F * frame.module);
		}
	}
	assert_true(tracked >= 3); /* every other one: beside it there may be another badge */
	badge_film_close(film);
}

/* As in a mirror: the corners are still those of the code, the way it is printed. */
static void mirrored_corners(void **state) {
	struct bench *b = *state;
	struct badge_film *film = film_of(STORY_STILL, 3);
	struct badge_frame frame;
	badge_film_paint(film, 30, &b->image, &frame);
	for (int y = 0; y < HEIGHT; y++) {
		uint8_t *row = b->image.luma + (size_t)y * (size_t)b->image.stride;
		for (int x = 0; x < WIDTH / 2; x++) {
			uint8_t kept = row[x];
			row[x] = row[WIDTH - 1 - x];
			row[WIDTH - 1 - x] = kept;
		}
	}
	look(b);
	assert_int_equal(b->report.count, 1);
	assert_string_equal(b->report.codes[0].payload, badge_film_text(film));
	for (int i = 0; i < 4; i++) {
		struct point there = {WIDTH - frame.corners[i].x, frame.corners[i].y};
		assert_true(point_distance(b->report.corners[i], there) < 1.5F * frame.module);
	}
	badge_film_close(film);
}

/* Two badges at once: both are read, also when one of them was read before. */
static void the_second_badge_beside_the_first(void **state) {
	struct bench *b = *state;
	struct err err = {0};
	struct image half;
	struct badge_frame frame;
	struct badge_film *films[2];
	bool read[2] = {false, false};
	assert_ok(image_init(&half, WIDTH / 2, HEIGHT, &err));
	for (int k = 0; k < 2; k++) {
		films[k] =
			badge_film_open(&(struct badge_film_options){STORY_STILL, WIDTH / 2, HEIGHT, 3, k == 0 ? "TO0FIRST" : "TO0SECOND"});
	}
	for (int number = 20; number < 26; number++) {
		for (int k = 0; k < 2; k++) {
			badge_film_paint(films[k], k == 0 || number > 21 ? number : 0, &half, &frame); /* the second one comes later */
			for (int y = 0; y < HEIGHT; y++) {
				memcpy(b->image.luma + (size_t)y * WIDTH + (size_t)k * WIDTH / 2, half.luma + (size_t)y * WIDTH / 2,
				       WIDTH / 2);
			}
		}
		look(b);
		for (size_t i = 0; i < b->report.count; i++) {
			read[0] = read[0] || str_eq(b->report.codes[i].payload, "TO0FIRST");
			read[1] = read[1] || str_eq(b->report.codes[i].payload, "TO0SECOND");
		}
	}
	assert_true(read[0] && read[1]);
	badge_film_close(films[0]);
	badge_film_close(films[1]);
	image_fini(&half);
}

/* --- seeing ------------------------------------------------------------------------------------------------------------------------------- */

static void nobody_is_there(void **state) {
	struct bench *b = *state;
	struct badge_film *film = film_of(STORY_PASSING, 2);
	for (int number = 40; number < 52; number++) { /* whoever it was has gone */
		show(b, film, number);
		assert_int_equal(b->report.count, 0);
		assert_int_equal(b->report.seen, EFFORT_NOTHING);
		assert_int_equal(b->report.guidance, GUIDANCE_NONE);
		assert_false(b->report.marked);
	}
	badge_film_close(film);
}

/* A code of which a part is covered cannot be read; it is seen, followed, told about, and at last left alone. */
static void cover(struct bench *b, const struct badge_frame *frame) {
	struct homography map;
	assert_true(homography_of_square(100, frame->corners, &map));
	for (int i = 0; i < 400 * 400; i++) {
		struct point p = homography_at(&map, 34 + (float)(i % 400) * 0.08F, 34 + (float)(i / 400) * 0.16F);
		b->image.luma[(size_t)p.y * (size_t)b->image.stride + (size_t)p.x] = 120;
	}
}

static void what_cannot_be_read_is_seen(void **state) {
	struct bench *b = *state;
	struct badge_film *film = badge_film_open(&(struct badge_film_options){
		STORY_STILL, WIDTH, HEIGHT, 3, "TO0 AND A TEXT THAT MAKES IT A SYMBOL OF VERSION FOUR OR SO, THANK YOU"});
	struct badge_frame frame;
	badge_film_paint(film, 30, &b->image, &frame);
	cover(b, &frame);
	bool tired = false;
	for (int i = 0; i < 12; i++) {
		look(b);
		assert_int_equal(b->report.count, 0);
		assert_true(i < 4 || b->report.seen == EFFORT_MAYBE);
		assert_true(i < 4 || b->report.marked);
	}
	assert_true(point_distance(b->report.corners[0], frame.corners[0]) < 2 * frame.module);
	assert_int_equal(b->report.guidance, GUIDANCE_STILL);
	for (int i = 0; i < 60 && !tired; i++) { /* a picture now and then: it stays, and is a poster */
		b->now_us += 300000;
		look(b);
		tired = b->report.seen == EFFORT_NOTHING;
	}
	assert_true(tired);
	assert_false(b->report.marked);
	assert_true(b->now_us - BEFORE >= TRACKER_TIRES_US);
	badge_film_close(film);
}

/* Four times as large, from that point of the picture on. */
static void enlarge(struct bench *b, struct point from) {
	struct image part;
	struct err err = {0};
	assert_ok(image_init(&part, WIDTH, HEIGHT, &err));
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		part.luma[i] = (uint8_t)image_grey(&b->image, from.x + (float)(i % WIDTH) / 4, from.y + (float)(i / WIDTH) / 4);
	}
	memcpy(b->image.luma, part.luma, (size_t)WIDTH * HEIGHT);
	image_fini(&part);
}

static void too_close(void **state) {
	struct bench *b = *state;
	struct badge_film *film = film_of(STORY_CLOSE, 3);
	struct badge_frame frame;
	for (int middle = 0; middle < 2; middle++) { /* a finder pattern and no whole symbol; data alone */
		bool told = false;
		badge_film_paint(film, 20, &b->image, &frame);
		struct point from = point_add(frame.corners[0], (struct point){-10, -10});
		if (middle == 1) {
			from = point_sub(point_times(point_add(frame.corners[0], frame.corners[2]), 0.5F),
					 (struct point){(float)WIDTH / 8, (float)HEIGHT / 8});
		}
		enlarge(b, from);
		tracker_forget(b->tracker);
		for (int i = 0; i < 30; i++) {
			look(b);
			told = told || b->report.guidance == GUIDANCE_FURTHER;
		}
		assert_true(told);
	}
	badge_film_close(film);
}

static void forgetting(void **state) {
	struct bench *b = *state;
	struct badge_film *film = film_of(STORY_STILL, 3);
	for (int number = 20; number < 22; number++) {
		show(b, film, number);
	}
	tracker_forget(b->tracker);
	for (int number = 22; number < 24; number++) {
		show(b, film, number);
		assert_true(number > 22 || !was_tracked(b));
	}
	badge_film_close(film);
	tracker_close(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(what_no_picture_shows_several_do),
					   TEST(badges_are_never_mixed),
					   TEST(what_moves_and_what_is_small),
					   TEST(what_was_seen_is_tracked),
					   TEST(mirrored_corners),
					   TEST(the_second_badge_beside_the_first),
					   TEST(nobody_is_there),
					   TEST(what_cannot_be_read_is_seen),
					   TEST(too_close),
					   TEST(forgetting)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
