/* What the camera sees of a badge: brackets where the preview shows the code, one line of words, and neither for longer than it is true. */
#include "lib/kiosk_fixture.h"
#include "lib/testing.h"

#include "base/str.h"
#include "kiosk/screens/view.h"

enum { AGENDA_CAMERA = 2 }; /* the state kiosk_state_name(2) */

static int set_up(void **state) {
	static struct kiosk_fixture f;
	kiosk_fixture_open(&f, AGENDA_CAMERA, "en");
	*state = &f;
	return 0;
}

static int tear_down(void **state) {
	kiosk_fixture_close(*state);
	return 0;
}

static void draw(const struct model *m, struct draw_list *list) {
	struct metrics metrics = {NULL, kiosk_fixture_width};
	struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	view_draw(m, &theme, &metrics, list);
}

static bool says(const struct model *m, const char *text) {
	struct draw_list list = {0};
	bool found = false;
	draw(m, &list);
	for (size_t i = 0; i < list.count; i++) {
		found = found || (list.items[i].kind == DRAW_TEXT && str_eq(draw_text_of(&list, &list.items[i]), text));
	}
	draw_fini(&list);
	return found;
}

/* A code of 100 x 100 in a picture of that size, around (x, y). */
static void see(struct model *m, enum guidance guidance, struct box code) {
	struct seen_code seen = {.guidance = guidance, .marked = true, .width = code.w, .height = code.h};
	for (int i = 0; i < 4; i++) {
		seen.corners[i] = (struct turn_spot){code.x + (i == 1 || i == 2 ? 50 : -50), code.y + (i >= 2 ? 50 : -50)};
	}
	kiosk_fixture_send(m, (struct msg){.kind = MSG_SEEN, .seen = &seen});
}

/* The preview's box, and the middle and the number of the strokes drawn over it. */
static size_t brackets(const struct model *m, struct box *preview, struct pixel *middle) {
	struct draw_list list = {0};
	size_t count = 0;
	*middle = (struct pixel){0, 0};
	*preview = (struct box){0, 0, 0, 0};
	draw(m, &list);
	for (size_t i = 0; i < list.count; i++) {
		const struct draw_command *c = &list.items[i];
		if (c->kind == DRAW_PREVIEW) {
			*preview = c->box;
		} else if (c->kind == DRAW_STROKE && c->box.y + c->box.h <= preview->y + preview->h && preview->h > 0) {
			middle->x += c->box.x + c->box.w / 2;
			middle->y += c->box.y + c->box.h / 2;
			count++;
		}
	}
	draw_fini(&list);
	if (count > 0) {
		middle->x /= (int)count;
		middle->y /= (int)count;
	}
	return count;
}

static void brackets_stand_around_the_code(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	struct box preview;
	struct pixel at;
	assert_int_equal(brackets(m, &preview, &at), 4); /* where a code is expected: in the middle */
	assert_true(abs(at.x - preview.x - preview.w / 2) < 4 && abs(at.y - preview.y - preview.h / 2) < 4);
	/* A wide picture is cut at its sides, a high one above and below; what is in the middle of it stays there. */
	static const struct box pictures[] = {{0, 0, 640, 480}, {0, 0, 1280, 720}, {0, 0, 480, 640}};
	for (size_t i = 0; i < 3; i++) {
		int w = pictures[i].w, h = pictures[i].h;
		see(m, GUIDANCE_NONE, (struct box){w / 2, h / 2, w, h});
		assert_int_equal(brackets(m, &preview, &at), 8); /* each with ink under it */
		assert_true(abs(at.x - preview.x - preview.w / 2) < 4 && abs(at.y - preview.y - preview.h / 2) < 4);
		bool wide = w * preview.h > h * preview.w;
		double scale = wide ? (double)preview.h / h : (double)preview.w / w;
		see(m, GUIDANCE_NONE, (struct box){w / 2 - 60, h / 2 + 50, w, h});
		brackets(m, &preview, &at);
		assert_true(abs(at.x - preview.x - preview.w / 2 + (int)(60 * scale)) < 4);
		assert_true(abs(at.y - preview.y - preview.h / 2 - (int)(50 * scale)) < 4);
	}
	see(m, GUIDANCE_NONE, (struct box){20, 240, 640, 480}); /* half beyond the edge: there nothing is drawn beside the preview */
	assert_int_equal(brackets(m, &preview, &at), 4);
}

static void words_for_who_holds_it(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	static const struct box code = {320, 240, 640, 480};
	assert_true(says(m, "Hold it up to the camera"));
	see(m, GUIDANCE_CLOSER, code);
	assert_true(says(m, "Closer"));
	assert_false(says(m, "Hold it up to the camera"));
	see(m, GUIDANCE_FURTHER, code);
	assert_true(says(m, "Move it away"));
	see(m, GUIDANCE_LIGHT, code);
	assert_true(says(m, "Too dark: more light, please"));
	see(m, GUIDANCE_GLARE, code);
	assert_true(says(m, "Too much glare: tilt it a little"));
	see(m, GUIDANCE_STILL, code);
	assert_true(says(m, "Hold still"));
	/* A code that is not ours is told first. */
	kiosk_fixture_send(m, (struct msg){.kind = MSG_DESK, .desk = kiosk_fixture_answer(OUTCOME_NOT_A_BADGE, NULL)});
	assert_true(says(m, "This is not a badge of ours"));
}

static void what_was_seen_is_soon_no_news(void **state) {
	struct model *m = &((struct kiosk_fixture *)*state)->model;
	static const struct box code = {320, 240, 640, 480};
	see(m, GUIDANCE_CLOSER, code);
	assert_true(model_deadline(m) <= m->ms + TIMING.seen_ms);
	kiosk_fixture_wait(m, TIMING.seen_ms - 1);
	assert_true(says(m, "Closer"));
	kiosk_fixture_wait(m, 1);
	assert_true(says(m, "Hold it up to the camera"));
	see(m, GUIDANCE_CLOSER, code);
	struct seen_code none = {.guidance = GUIDANCE_NONE, .width = 640, .height = 480};
	kiosk_fixture_send(m, (struct msg){.kind = MSG_SEEN, .seen = &none});
	assert_true(says(m, "Hold it up to the camera"));
	see(m, GUIDANCE_CLOSER, code);
	kiosk_fixture_send(m, (struct msg){.kind = MSG_CAMERA, .camera = CAMERA_LOST, .text = "unplugged"});
	assert_false(says(m, "Closer"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {TEST(brackets_stand_around_the_code), TEST(words_for_who_holds_it),
					   TEST(what_was_seen_is_soon_no_news)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
