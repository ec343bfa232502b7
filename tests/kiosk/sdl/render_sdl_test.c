/* The renderer itself, on SDL's dummy driver: a turned picture, turned back, is pixel by pixel the picture of a box of that size, in every state there is; and one that is
 * dimmed has the light it should. */
#include "kiosk/sdl/render_sdl.h"

#include <stdio.h>

#include "base/alloc.h"
#include "kiosk/screens/view.h"
#include "kiosk/sdl/input_sdl.h"
#include "kiosk/sdl/turned.h"
#include "lib/kiosk_fixture.h"
#include "lib/testing.h"
#include "scan/image/image.h"
#include "scan/image/turn.h"

#define WIDE 640
#define HIGH 360
#define LUMA_W 160
#define LUMA_H 120

struct drawn {
	struct input_sdl *input;
	struct fonts fonts;
	struct text_sdl *text;
	struct scratch *scratch;
};

static void open_drawn(struct drawn *d, struct scratch *scratch) {
	struct err err = {0};
	*d = (struct drawn){.scratch = scratch};
	setenv("SDL_VIDEODRIVER", "dummy", 1);
	assert_ok(input_sdl_open(false, &d->input, &err));
	assert_ok(fonts_find(&d->fonts, &err));
	assert_ok(text_sdl_open(&d->fonts, &d->text, &err));
}

static void close_drawn(struct drawn *d) {
	text_sdl_close(d->text);
	fonts_fini(&d->fonts);
	input_sdl_close(d->input);
}

static struct render_sdl *open_window(struct drawn *d, int degrees) {
	struct err err = {0};
	struct render_sdl *render = NULL;
	struct turned window = turned_scene(degrees, WIDE, HIGH);
	struct render_options options = {.title = "test", .width = window.w, .height = window.h, .text = d->text};
	assert_ok(render_sdl_open(&options, &render, &err));
	assert_int_equal(render_sdl_turn(render, degrees), degrees != 0);
	int w, h;
	render_sdl_size(render, &w, &h);
	assert_int_equal(w, WIDE);
	assert_int_equal(h, HIGH);
	return render;
}

/* A picture that is dark on the left and light below. */
static void show_preview(struct render_sdl *render) {
	static uint8_t luma[LUMA_W * LUMA_H];
	for (int i = 0; i < LUMA_W * LUMA_H; i++) {
		luma[i] = (uint8_t)(i % LUMA_W / 2 + i / LUMA_W);
	}
	render_sdl_preview(render, luma, LUMA_W, LUMA_H);
}

static struct image shot(struct drawn *d, struct render_sdl *render) {
	struct image image;
	struct err err = {0};
	char *path = scratch_path(d->scratch, "shot.png");
	assert_ok(render_sdl_screenshot(render, path, &err));
	assert_ok(image_load(path, &image, &err));
	free(path);
	return image;
}

static void draw_state(struct drawn *d, struct render_sdl *render, const char *language, size_t state) {
	struct kiosk_fixture f;
	struct draw_list list = {0};
	kiosk_fixture_open(&f, state, language);
	struct theme theme = theme_make(f.model.style, WIDE, HIGH, 0);
	struct metrics metrics = text_sdl_metrics(d->text);
	view_draw(&f.model, &theme, &metrics, &list);
	render_sdl_draw(render, &list);
	draw_fini(&list);
	kiosk_fixture_close(&f);
}

/* How many pixels are another, and the farthest of them. */
static int differing(const struct image *upright, const struct image *turned, int degrees, int *farthest) {
	struct turn back = {.degrees = (360 - degrees) % 360};
	int w = turned->width, h = turned->height, n = 0;
	turn_size(&back, &w, &h);
	assert_int_equal(w, upright->width);
	assert_int_equal(h, upright->height);
	uint8_t *pixels = xmalloc((size_t)w * (size_t)h);
	turn_picture(&back, turned, pixels);
	*farthest = 0;
	for (int y = 0; y < h; y++) {
		for (int x = 0; x < w; x++) {
			int far = abs(pixels[y * w + x] - upright->luma[y * upright->stride + x]);
			n += far != 0;
			*farthest = far > *farthest ? far : *farthest;
		}
	}
	free(pixels);
	return n;
}

/* Only where the camera's picture is scaled the renderer rounds from its own left and top: by one of 255 at most. */
static void a_turned_picture_is_the_same_turned(void **state) {
	struct drawn d;
	open_drawn(&d, *state);
	struct render_sdl *windows[4];
	for (int i = 0; i < 4; i++) {
		windows[i] = open_window(&d, i * 90);
		show_preview(windows[i]);
	}
	for (size_t s = 0; kiosk_state_name(s) != NULL; s++) {
		struct image upright = {0};
		for (int i = 0; i < 4; i++) {
			int far;
			draw_state(&d, windows[i], s % 2 == 0 ? "uk" : "en", s);
			struct image now = shot(&d, windows[i]);
			if (i == 0) {
				upright = now;
				continue;
			}
			int n = differing(&upright, &now, i * 90, &far);
			if (n > 0 && far > 1) {
				fail_msg("%s at %d degrees: %d pixels differ, by %d at most", kiosk_state_name(s), i * 90, n, far);
			}
			image_fini(&now);
		}
		image_fini(&upright);
	}
	for (int i = 0; i < 4; i++) {
		render_sdl_close(windows[i]);
	}
	close_drawn(&d);
}

/* Turned while it runs: what was kept of the picture before is drawn anew. */
static void a_window_is_turned_while_it_is_open(void **state) {
	struct drawn d;
	int far;
	open_drawn(&d, *state);
	struct render_sdl *fresh = open_window(&d, 180), *turned = open_window(&d, 0);
	draw_state(&d, turned, "uk", 1);
	assert_true(render_sdl_turn(turned, 180));
	assert_false(render_sdl_turn(turned, 180));
	draw_state(&d, turned, "uk", 1);
	draw_state(&d, fresh, "uk", 1);
	struct image a = shot(&d, fresh), b = shot(&d, turned);
	assert_int_equal(differing(&a, &b, 0, &far), 0);
	struct pixel at = render_sdl_scene(turned, (struct pixel){0, 0});
	assert_int_equal(at.x, WIDE - 1);
	assert_int_equal(at.y, HIGH - 1);
	image_fini(&a);
	image_fini(&b);
	render_sdl_close(fresh);
	render_sdl_close(turned);
	close_drawn(&d);
}

static int ground(struct drawn *d, struct render_sdl *render, uint32_t colour) {
	struct draw_list list = {.background = colour};
	draw_fill(&list, (struct box){10, 10, 50, 50}, 8, colour);
	render_sdl_draw(render, &list);
	struct image image = shot(d, render);
	int corner = image.luma[0];
	for (int y = 0; y < image.height; y++) { /* what is filled and what lies behind it is one light */
		for (int x = 0; x < image.width; x++) {
			assert_true(abs(image.luma[y * image.stride + x] - corner) <= 3);
		}
	}
	image_fini(&image);
	draw_fini(&list);
	return corner;
}

/* A fifth of the light is nearly half of a pixel's value; nothing is ever black that was not. */
static void a_dimmed_picture_has_less_light(void **state) {
	struct drawn d;
	open_drawn(&d, *state);
	struct render_sdl *render = open_window(&d, 0);
	assert_false(render_sdl_dim(render, 100));
	assert_int_equal(ground(&d, render, 0xffffff), 255);
	assert_true(render_sdl_dim(render, 50));
	assert_false(render_sdl_dim(render, 50));
	assert_in_range(ground(&d, render, 0xffffff), 184, 188);
	assert_true(render_sdl_dim(render, 20));
	assert_in_range(ground(&d, render, 0xffffff), 121, 125);
	assert_int_equal(ground(&d, render, 0x000000), 0);
	assert_true(render_sdl_dim(render, 100));
	assert_int_equal(ground(&d, render, 0xffffff), 255);
	render_sdl_close(render);
	close_drawn(&d);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(a_turned_picture_is_the_same_turned), TEST(a_window_is_turned_while_it_is_open),
					   TEST(a_dimmed_picture_has_less_light)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
