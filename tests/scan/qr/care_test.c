/* Parts of pictures that are worth care: what moves, what is out of focus, what is very small, what shines. */
#include "lib/paint.h"
#include "lib/painted.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "scan/qr/payload.h"
#include "scan/qr/reader.h"
#include "scan/qr/sample.h"

#define WIDTH PAINTED_WIDTH
#define HEIGHT PAINTED_HEIGHT

static const char TEXT[] = "TO1 a symbol of version four or so";

struct told {
	struct payload payload;
	struct point corners[4];
	const char *stage;
};

static enum search_verdict take(void *context, const struct search_find *find) {
	struct told *t = context;
	assert_true(payload_read(find->symbol, &t->payload));
	assert_string_equal(strbuf_str(&t->payload.bytes), TEXT);
	memcpy(t->corners, find->corners, sizeof t->corners);
	t->stage = find->stage;
	return SEARCH_ENOUGH;
}

/* In none of the usual ways, but with care, and there. */
static void assert_read_with(const struct painted *s, const struct reader_care *care, const struct point corners[4], const char *stage) {
	struct reader *reader = reader_open();
	struct sight *sight = xcalloc(1, sizeof *sight);
	struct told t = {.stage = NULL};
	struct reader_options options = {.found = take, .context = &t, .sight = sight};
	assert_false(reader_search(reader, &s->image, &options));
	options.care = care;
	options.ways = READER_HALF;
	assert_true(reader_search(reader, &s->image, &options));
	assert_string_equal(t.stage, stage);
	for (int i = 0; i < 4; i++) {
		assert_true(point_distance(t.corners[i], corners[i]) < 6);
	}
	for (int i = 0; i < 4; i++) { /* the same is true of what was seen */
		assert_true(sight->kind < SIGHT_SYMBOL || point_distance(sight->corners[i], corners[i]) < 10);
	}
	payload_fini(&t.payload);
	free(sight);
	reader_close(reader);
}

/* Each pixel is the mean of what it sees while everything moves to the right. */
static void smear(struct image *image, int by) {
	for (int y = 0; y < image->height; y++) {
		uint8_t row[WIDTH];
		memcpy(row, image->luma + (size_t)y * (size_t)image->stride, WIDTH);
		for (int x = 0; x < WIDTH; x++) {
			int sum = 0;
			for (int k = 0; k < by; k++) {
				int at = x + k - by / 2;
				sum += row[at < 0 ? 0 : at >= WIDTH ? WIDTH - 1 : at];
			}
			image->luma[(size_t)y * (size_t)image->stride + (size_t)x] = (uint8_t)(sum / by);
		}
	}
}

static void what_moves(void **state) {
	struct painted *s = *state;
	static const struct point corners[4] = {{200, 120}, {348, 120}, {348, 268}, {200, 268}};
	struct reader_care care = {.region = {170, 90, 210, 210}, .smears = {{13, 0}, {11, 0}}};
	painted_paint(s, TEXT, corners);
	smear(&s->image, 11);
	assert_read_with(s, &care, corners, "moving");
	care.smears[0] = (struct point){0, 0}; /* none at all */
	struct told t = {.stage = NULL};
	struct reader *reader = reader_open();
	assert_false(reader_search(reader, &s->image, &(struct reader_options){.found = take, .context = &t, .care = &care}));
	reader_close(reader);
}

/* A large part is looked at at half its size. */
static void what_moves_near_by(void **state) {
	struct painted *s = *state;
	static const struct point corners[4] = {{180, 80}, {480, 80}, {480, 380}, {180, 380}};
	painted_paint(s, TEXT, corners);
	smear(&s->image, 22);
	assert_read_with(s, &(struct reader_care){.region = {0, 0, WIDTH, HEIGHT}, .smears = {{22, 0}}}, corners, "moving");
}

static void what_is_out_of_focus(void **state) {
	struct painted *s = *state;
	static const struct point corners[4] = {{200, 120}, {320, 120}, {320, 240}, {200, 240}};
	painted_paint(s, TEXT, corners);
	paint_blur(&s->image, 11); /* a deviation of 2.7 pixels */
	assert_read_with(s, &(struct reader_care){.region = {170, 90, 180, 180}, .lenses = {{0.8F, 0.01F}, {2.7F, 0.01F}}}, corners,
			 "unblurred");
}

/* --- what is known from before -------------------------------------------------------------------------------------------------------------- */

/* Its patterns are seen in no way, but it is known about where it lies. */
static void what_was_known_before_it_moved(void **state) {
	struct painted *s = *state;
	static const struct point corners[4] = {{200, 120}, {348, 120}, {348, 268}, {200, 268}};
	struct followed known;
	memcpy(known.corners, corners, sizeof corners);
	known.corners[2].x += 5;
	struct reader_care care = {.region = {170, 90, 210, 210}, .smears = {{11, 0}}};
	struct reader *reader = reader_open();
	struct told t = {.stage = NULL};
	painted_paint(s, TEXT, corners);
	known.version = qr_version(&s->qr);
	smear(&s->image, 11);
	struct reader_options options = {.found = take, .context = &t, .known = &known, .care = &care};
	assert_true(reader_search(reader, &s->image, &options));
	assert_string_equal(t.stage, "followed");
	for (int i = 0; i < 4; i++) {
		assert_true(point_distance(t.corners[i], corners[i]) < 6);
	}
	payload_fini(&t.payload);
	reader_close(reader);
}

/* --- highlights ----------------------------------------------------------------------------------------------------------------------------- */

static void a_highlight_says_nothing(void **state) {
	(void)state;
	struct sample_work *work = xcalloc(1, sizeof *work);
	struct measured *m = xcalloc(1, sizeof *m);
	const int side = 21;
	m->version = 1;
	for (int i = 0; i < side * side; i++) {
		int x = i % side;
		int y = i / side;
		bool covered = x >= 10 && x < 14 && y >= 5 && y < 10;
		m->sure[i] = -100;
		work->grey[i] = covered || (x < 2 && y < 2) ? 254 : 180; /* a white place of two modules is none */
	}
	sample_leave_out_glare(work, m);
	assert_int_equal(m->sure[7 * side + 12], 0);
	assert_int_equal(m->sure[5 * side + 10], 0);
	assert_int_equal(m->sure[9 * side + 13], 0);
	assert_int_equal(m->sure[4 * side + 12], -25); /* what lies beside it says little */
	assert_int_equal(m->sure[7 * side + 15], -50);
	assert_int_equal(m->sure[7 * side + 16], -100);
	assert_int_equal(m->sure[0], -100);
	for (int i = 0; i < side * side; i++) { /* paper that is only bright is no highlight */
		m->sure[i] = -100;
		work->grey[i] = 220;
	}
	sample_leave_out_glare(work, m);
	assert_int_equal(m->sure[7 * side + 12], -100);
	free(m);
	free(work);
}

#define SCENE(f) cmocka_unit_test_setup_teardown(f, painted_set_up, painted_tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {SCENE(what_moves), SCENE(what_moves_near_by), SCENE(what_is_out_of_focus),
					   SCENE(what_was_known_before_it_moved), cmocka_unit_test(a_highlight_says_nothing)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
