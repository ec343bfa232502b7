/* A turned picture: where its parts lie, where a finger is, and that its pixels turned back are those of a box of that size. */
#include "kiosk/sdl/turned.h"

#include "lib/testing.h"

static const int turns[] = {0, 90, 180, 270};

static void corners_lie_where_they_belong(void **state) {
	(void)state;
	/* The top left pixel of the scene on a panel of 1920 x 1080. */
	static const struct box wanted[] = {{0, 0, 1, 1}, {1919, 0, 1, 1}, {1919, 1079, 1, 1}, {0, 1079, 1, 1}};
	for (int i = 0; i < 4; i++) {
		struct turned t = turned_scene(turns[i], 1920, 1080);
		bool sideways = turned_sideways(&t);
		assert_int_equal(t.w, sideways ? 1080 : 1920);
		assert_int_equal(t.h, sideways ? 1920 : 1080);
		struct box at = turned_box(&t, (struct box){0, 0, 1, 1});
		assert_memory_equal(&at, &wanted[i], sizeof at);
		struct box all = turned_box(&t, (struct box){0, 0, t.w, t.h});
		assert_memory_equal(&all, (&(struct box){0, 0, 1920, 1080}), sizeof all);
	}
	assert_int_equal(turned_scene(45, 100, 50).degrees, 0);
}

static void a_finger_is_where_it_is_seen(void **state) {
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct turned t = turned_scene(turns[i], 37, 23);
		for (int y = 0; y < t.h; y++) {
			for (int x = 0; x < t.w; x++) {
				struct box seen = turned_box(&t, (struct box){x, y, 1, 1});
				struct pixel back = turned_back(&t, (struct pixel){seen.x, seen.y});
				assert_int_equal(back.x, x);
				assert_int_equal(back.y, y);
				assert_true(seen.x >= 0 && seen.y >= 0 && seen.x < 37 && seen.y < 23);
			}
		}
	}
}

static uint32_t *pixel_of(SDL_Surface *s, int x, int y) { return (uint32_t *)((char *)s->pixels + y * s->pitch) + x; }

static void pixels_go_where_boxes_do(void **state) {
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct turned t = {turns[i], 5, 3};
		SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, 5, 3, 32, SDL_PIXELFORMAT_ARGB8888);
		for (int y = 0; y < 3; y++) {
			for (int x = 0; x < 5; x++) {
				*pixel_of(s, x, y) = (uint32_t)(100 * y + x);
			}
		}
		s = turned_surface(&t, s);
		for (int y = 0; y < 3; y++) {
			for (int x = 0; x < 5; x++) {
				struct box at = turned_box(&t, (struct box){x, y, 1, 1});
				assert_int_equal(*pixel_of(s, at.x, at.y), 100 * y + x);
			}
		}
		SDL_FreeSurface(s);
	}
	assert_null(turned_surface(&(struct turned){.degrees = 90}, NULL));
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(corners_lie_where_they_belong), cmocka_unit_test(a_finger_is_where_it_is_seen),
					   cmocka_unit_test(pixels_go_where_boxes_do)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
