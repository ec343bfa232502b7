/* Slips: every row on one page, within what the printer can print, above none; and as many pages as it takes. */
#include "paper/slip.h"

#include "lib/testing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "paper/picture.h"

#define PEOPLE 137

static struct canvas *canvas(void) {
	const struct canvas_options options = {.format = CANVAS_PDF, .width = 100, .height = 100};
	struct canvas *c = NULL;
	struct err err = {0};
	assert_ok(canvas_open(&options, &c, &err));
	return c;
}

static void add_people(struct slip *slip, int count) {
	slip_add(slip, SLIP_TITLE, "Хто всередині", NULL);
	slip_add(slip, SLIP_NOTE, "Ярмарок співпраці громад Зарічного району", NULL);
	slip_add(slip, SLIP_FIGURE, "Зараз тут", "137");
	for (int i = 0; i < count; i++) {
		char name[128];
		snprintf(name, sizeof name, i % 7 == 0 ? "Гриценко-Закарпатська Світлана-Анастасія %d" : "Коваль Іван %d", i);
		slip_add(slip, SLIP_TICK, name, i % 3 == 0 ? NULL : "Асоціація органів місцевого самоврядування та кооперативів");
	}
}

static bool meet(const struct mm_rect *a, const struct mm_rect *b) {
	return a->x < b->x + b->w - 0.01 && b->x < a->x + a->w - 0.01 && a->y < b->y + b->h - 0.01 && b->y < a->y + a->h - 0.01;
}

static void judge(const struct slip *slip, const struct slip_plan *plan, const struct label_place *place) {
	const struct mm_rect room = label_place_room(place, 0);
	for (size_t i = 0; i < slip->count; i++) {
		const struct slip_spot *spot = &plan->spots[i];
		assert_true(spot->page < plan->pages);
		assert_true(i == 0 || spot->page >= plan->spots[i - 1].page);
		assert_true(spot->box.x >= room.x - 0.01 && spot->box.x + spot->box.w <= room.x + room.w + 0.01);
		assert_true(spot->box.y >= room.y - 0.01 && spot->box.y + spot->box.h <= room.y + room.h + 0.01);
		for (size_t k = 0; k < i; k++) {
			assert_false(plan->spots[k].page == spot->page && meet(&spot->box, &plan->spots[k].box));
		}
		/* Below the title, which stands on each page. */
		assert_true(i == 0 || spot->box.y >= room.y + plan->spots[0].box.h - 0.01);
	}
}

static void every_size_takes_everybody(void **state) {
	(void)state;
	struct canvas *c = canvas();
	struct slip slip = {0};
	add_people(&slip, PEOPLE);
	for (int size = 0; size < LABEL_SIZE_COUNT; size++) {
		const struct label_spec *spec = label_spec((enum label_size)size);
		struct label_place place;
		struct slip_plan plan;
		double length = spec->most > 0 ? slip_length(c, &slip, (enum label_size)size, 300) : spec->height / 100.0;
		label_place_plain((enum label_size)size, length, &place);
		slip_plan(c, &slip, &place, &plan);
		judge(&slip, &plan, &place);
		assert_true(plan.pages > 1 && plan.pages < PEOPLE);
		slip_plan_fini(&plan);
	}
	slip_fini(&slip);
	canvas_close(c);
}

/* Short ones as long as they are, and no longer than tape may be. */
static void tape_is_as_long_as_it_has_to_be(void **state) {
	(void)state;
	struct canvas *c = canvas();
	struct slip few = {0}, many = {0};
	struct label_place place;
	struct slip_plan plan;
	add_people(&few, 12);
	add_people(&many, PEOPLE);
	double length = slip_length(c, &few, LABEL_62, 300);
	assert_true(length > 60 && length < 200);
	label_place_plain(LABEL_62, length, &place);
	slip_plan(c, &few, &place, &plan);
	assert_int_equal(plan.pages, 1);
	judge(&few, &plan, &place);
	struct mm_rect room = label_place_room(&place, 0);
	assert_true(room.y + room.h - plan.used < 3); /* no tape is wasted */
	slip_plan_fini(&plan);
	assert_true(fabs(slip_length(c, &many, LABEL_62, 300) - 300) < 0.01);
	slip_fini(&few);
	slip_fini(&many);
	canvas_close(c);
}

static void a_heading_is_never_alone_at_the_end(void **state) {
	(void)state;
	struct canvas *c = canvas();
	struct label_place place;
	label_place_plain(LABEL_A6, 148, &place);
	for (int before = 0; before < 60; before++) {
		struct slip slip = {0};
		struct slip_plan plan;
		for (int i = 0; i < before; i++) {
			slip_add(&slip, SLIP_FIGURE, "Учасник", "12 / 40");
		}
		slip_add(&slip, SLIP_HEADING, "За категоріями", NULL);
		slip_add(&slip, SLIP_FIGURE, "Преса", "1 / 2");
		slip_plan(c, &slip, &place, &plan);
		const struct slip_spot *heading = &plan.spots[slip.count - 2], *row = &plan.spots[slip.count - 1];
		assert_int_equal(heading->page, row->page);
		assert_true(fabs(heading->box.x - row->box.x) < 0.01);
		slip_plan_fini(&plan);
		slip_fini(&slip);
	}
	canvas_close(c);
}

static int dark(const struct raster *r, struct mm_rect box, double scale) {
	int count = 0;
	for (int y = (int)(box.y * scale); y < (int)((box.y + box.h) * scale) && y < r->height; y++) {
		for (int x = (int)(box.x * scale); x < (int)((box.x + box.w) * scale) && x < r->width; x++) {
			count += (r->pixels[y * r->width + x] & 0xFF) < 128;
		}
	}
	return count;
}

/* Twice as many are twice as high. */
static void bars_are_as_high_as_their_numbers(void **state) {
	(void)state;
	static const int64_t counts[] = {10, 20, 0, 40};
	const struct canvas_options options = {.format = CANVAS_PNG, .width = 62, .height = 60, .dpi = 254};
	struct canvas *c = NULL;
	struct slip slip = {0};
	struct slip_plan plan;
	struct label_place place;
	struct raster r = {0};
	struct err err = {0};
	int high[4];
	slip_add_bars(&slip, &(struct slip_bars){counts, 36, 4});
	label_place_plain(LABEL_62, 60, &place);
	assert_ok(canvas_open(&options, &c, &err));
	slip_plan(c, &slip, &place, &plan);
	slip_draw(c, &slip, &plan, &place, 0);
	assert_ok(raster_of_canvas(c, &r, &err));
	struct mm_rect box = plan.spots[0].box;
	for (int i = 0; i < 4; i++) {
		high[i] = dark(&r, (struct mm_rect){box.x + box.w * (i + 0.4) / 16, box.y, 0.2, 17}, 10);
	}
	assert_int_equal(high[2], 0);
	assert_true(abs(high[1] - 2 * high[0]) < high[1] / 5 + 4);
	assert_true(high[3] > high[1] * 3 / 2);
	raster_fini(&r);
	slip_plan_fini(&plan);
	slip_fini(&slip);
	canvas_close(c);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_size_takes_everybody), cmocka_unit_test(tape_is_as_long_as_it_has_to_be),
					   cmocka_unit_test(a_heading_is_never_alone_at_the_end),
					   cmocka_unit_test(bars_are_as_high_as_their_numbers)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
