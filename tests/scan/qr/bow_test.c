/* Symbols on rolled paper: where their modules lie is told by the finder patterns, and what lies there is read. */
#include "scan/qr/bow.h"

#include <math.h>

#include "lib/painted.h"
#include "lib/testing.h"

#include "base/alloc.h"
#include "scan/qr/lattice.h"
#include "scan/qr/payload.h"
#include "scan/qr/reader.h"

static const struct deadline no_deadline = {0};
static const char TEXT[] = "TO1 a symbol of version four or so, on a cup";
static const struct point UPRIGHT[4] = {{190, 120}, {450, 120}, {450, 380}, {190, 380}};
static const struct point ASKEW[4] = {{200, 100}, {460, 160}, {400, 410}, {140, 360}};

/* As a finder pattern is seen: its middle, and where the lines along its sides meet. */
static struct finder pattern_at(const struct painted *s, float x, float y) {
	struct finder f = {.centre = painted_place(s, x, y), .outlined = true, .hits = 9};
	for (int i = 0; i < 4; i++) {
		f.corners[i] = painted_place(s, x + (i == 0 || i == 3 ? -3.5F : 3.5F), y + (i < 2 ? -3.5F : 3.5F));
		f.module += point_distance(f.centre, f.corners[i]) / 4 / (3.5F * (float)M_SQRT2);
	}
	return f;
}

static struct grid_view view_of(const struct painted *s) {
	float far = (float)s->qr.side - 3.5F;
	return (struct grid_view){&s->image, pattern_at(s, 3.5F, 3.5F), pattern_at(s, far, 3.5F), pattern_at(s, 3.5F, far)};
}

/* In modules. */
static float worst(const struct painted *s, const struct lattice *lattice) {
	float most = 0;
	for (int i = 0; i < s->qr.side * s->qr.side; i++) {
		struct point at = painted_place(s, (float)(i % s->qr.side) + 0.5F, (float)(i / s->qr.side) + 0.5F);
		most = fmaxf(most, point_distance(at, lattice->at[i]));
	}
	return most * (float)s->qr.side / 260;
}

static const struct {
	const struct point *corners;
	float roll, bend;
} ROLLED[] = {{UPRIGHT, 0.5F, 25}, {UPRIGHT, 0.7F, 40}, {UPRIGHT, 0.85F, -50}, {ASKEW, 0.6F, 30}};

static void bows_lie_on_rolled_paper(void **state) {
	struct painted *s = *state;
	static struct lattice lattice;
	for (size_t i = 0; i < COUNT_OF(ROLLED); i++) {
		struct bow bow;
		struct grid g;
		s->roll = ROLLED[i].roll;
		s->bend = ROLLED[i].bend;
		painted_paint(s, TEXT, ROLLED[i].corners);
		struct grid_view view = view_of(s);
		assert_true(bow_guess(&view, &no_deadline, &bow));
		assert_int_equal(bow.version, qr_version(&s->qr));
		lattice_of_bow(&bow, &lattice);
		assert_true(worst(s, &lattice) < 0.5F);
		assert_true(bow_grid(&s->image, &bow, &g));
		assert_true(g.timing > 60 && g.corners > 90); /* a third of so short a timing pattern is a module alone */
		assert_int_equal(g.version, bow.version);
		lattice_of_grid(&g, &lattice);
		assert_true(worst(s, &lattice) > 0.8F); /* no map of a plane does as well */
	}
}

static void what_is_flat_is_no_bow(void **state) {
	struct painted *s = *state;
	struct bow bow;
	painted_paint(s, TEXT, ASKEW);
	struct grid_view view = view_of(s);
	assert_false(bow_guess(&view, &no_deadline, &bow));
	s->roll = 0.7F;
	s->bend = 40;
	painted_paint(s, TEXT, UPRIGHT);
	view = view_of(s);
	assert_true(bow_guess(&view, &no_deadline, &bow));
	view.right.outlined = false; /* without its corners nothing tells how it is turned */
	assert_false(bow_guess(&view, &no_deadline, &bow));
	view = view_of(s);
	for (int i = 0; i < 4; i++) { /* a pattern of another symbol, that is turned away */
		view.below.corners[i] =
			point_add(view.below.centre, point_times((struct point){i == 1 || i == 2 ? 1.0F : -1.0F, i < 2 ? 3.0F : -3.0F},
								 4 * view.below.module));
	}
	assert_false(bow_guess(&view, &no_deadline, &bow));
}

struct told {
	struct payload payload;
	int count;
};

static enum search_verdict take(void *context, const struct search_find *find) {
	struct told *t = context;
	assert_true(payload_read(find->symbol, &t->payload));
	t->count++;
	return SEARCH_ENOUGH;
}

/* As pictures: all of the way from pixels to text. */
static void rolled_symbols_are_read(void **state) {
	struct painted *s = *state;
	for (size_t i = 0; i < COUNT_OF(ROLLED); i++) {
		struct reader *reader = reader_open();
		struct told t = {.count = 0};
		s->roll = ROLLED[i].roll;
		s->bend = ROLLED[i].bend;
		painted_paint(s, TEXT, ROLLED[i].corners);
		assert_true(reader_search(reader, &s->image,
					  &(struct reader_options){.found = take, .context = &t, .ways = READER_HALF | READER_FULL}));
		assert_int_equal(t.count, 1);
		assert_string_equal(strbuf_str(&t.payload.bytes), TEXT);
		payload_fini(&t.payload);
		reader_close(reader);
	}
}

#define SCENE(f) cmocka_unit_test_setup_teardown(f, painted_set_up, painted_tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {SCENE(bows_lie_on_rolled_paper), SCENE(what_is_flat_is_no_bow), SCENE(rolled_symbols_are_read)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
