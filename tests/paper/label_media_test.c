/* Which paper a label takes, and how it lies on it. */
#include "paper/label_media.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

static struct label_media media_of(const char *const *names, size_t count) {
	struct label_media media = {.count = 0};
	for (size_t i = 0; i < count; i++) {
		label_media_add(&media, names[i]);
	}
	return media;
}
#define MEDIA(...) media_of((const char *const[]){__VA_ARGS__}, COUNT_OF(((const char *const[]){__VA_ARGS__})))

static void sizes_have_names(void **state) {
	(void)state;
	static const struct {
		const char *name;
		enum label_size size;
	} good[] = {{"62", LABEL_62},         {"62mm", LABEL_62},       {"29x90", LABEL_29X90},
		    {"29X90mm", LABEL_29X90}, {"54x101", LABEL_54X101}, {"A6", LABEL_A6}};
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		enum label_size size = LABEL_SIZE_COUNT;
		assert_true(label_size_parse(good[i].name, &size));
		assert_int_equal(size, good[i].size);
	}
	static const char *const bad[] = {"", "mm", "a5", "90x29", "29x90x3", "62 mm", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa6"};
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		enum label_size size = LABEL_A6;
		assert_false(label_size_parse(bad[i], &size));
		assert_int_equal(size, LABEL_A6);
	}
}

static void names_of_media_say_how_large_they_are(void **state) {
	(void)state;
	static const struct {
		const char *name;
		int x, y;
	} good[] = {{"om_small-label_29x90mm", 2900, 9000},
		    {"iso_a6_105x148mm", 10500, 14800},
		    {"oe_address-label_1.25x3.5in", 3175, 8890},
		    {"custom_62x100.5mm_62x100.5mm", 6200, 10050},
		    {"roll_current_62x0mm", 6200, 0}};
	struct label_medium m;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_true(label_medium_parse(good[i].name, &m));
		assert_int_equal(m.x, good[i].x);
		assert_int_equal(m.y, good[i].y);
		assert_string_equal(m.name, good[i].name);
	}
	static const char *const bad[] = {"",        "labels",   "na_letter",  "x_29x90",   "x_29x90cm", "x_-1x90mm",
					  "x_29xmm", "x_0x90mm", "x_nanx90mm", "x_infx1mm", "29x90mm"};
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_false(label_medium_parse(bad[i], &m));
	}
	assert_true(label_medium_parse("x_1e300x1e300mm", &m)); /* no number is too great to be held */
	assert_true(m.x > 0 && m.x <= 500000 && m.y <= 500000);
}

/* For each size in both directions: the page is the medium's, the label is read as it should be. */
static void a_label_is_turned_for_its_paper(void **state) {
	(void)state;
	static const struct {
		enum label_size size;
		const char *medium;
		double page_w, page_h, width, height;
		bool turned;
	} cases[] = {
		{LABEL_29X90, "x_29x90mm", 29, 90, 90, 29, true},
		{LABEL_29X90, "x_90x29mm", 90, 29, 90, 29, false},
		{LABEL_54X101, "x_54x101mm", 54, 101, 101, 54, true},
		{LABEL_54X101, "x_101x54mm", 101, 54, 101, 54, false},
		{LABEL_A6, "iso_a6_105x148mm", 105, 148, 105, 148, false},
		{LABEL_A6, "x_148x105mm", 148, 105, 105, 148, true},
		{LABEL_62, "x_62x100mm", 62, 100, 62, 100, false},
		{LABEL_62, "x_100x62mm", 100, 62, 62, 100, true},
		{LABEL_62, "roll_current_62x0mm", 62, 47, 62, 47, false},
		{LABEL_29X90, "x_29x90.3mm", 29, 90.3, 90.3, 29, true},
		{LABEL_62, "x_62x29mm", 62, 29, 62, 29, false},
		{LABEL_29X90, "roll_max_29x1000mm", 29, 90, 90, 29, true},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct label_media media = MEDIA("na_letter_8.5x11in", cases[i].medium);
		struct label_place p;
		if (str_starts(cases[i].medium, "roll_max")) {
			media = (struct label_media){.count = 1, .items = {{.x = 2900, .y_most = 100000}}};
		}
		assert_true(label_choose(cases[i].size, 47, &media, &p));
		assert_true(p.page_w == cases[i].page_w && p.page_h == cases[i].page_h);
		assert_true(p.width == cases[i].width && p.height == cases[i].height);
		assert_int_equal(p.turned, cases[i].turned);
		assert_int_equal(p.medium.x, (int)(p.page_w * 100 + 0.5));
	}
}

static void what_cannot_be_printed_turns_with_it(void **state) {
	(void)state;
	struct label_media media = {.count = 1, .items = {{.x = 2900, .y = 9000, .left = 100, .top = 200, .right = 300, .bottom = 400}}};
	struct label_place p;
	assert_true(label_choose(LABEL_29X90, 0, &media, &p));
	assert_true(p.turned); /* its top is at the page's right, its left at the page's top */
	assert_true(p.top == 3 && p.left == 2 && p.bottom == 1 && p.right == 4);
	media.items[0].x = 9000;
	media.items[0].y = 2900;
	assert_true(label_choose(LABEL_29X90, 0, &media, &p));
	assert_true(!p.turned && p.left == 1 && p.top == 2 && p.right == 3 && p.bottom == 4);
}

static void other_paper_is_refused(void **state) {
	(void)state;
	struct label_media media = MEDIA("na_letter_8.5x11in", "iso_a4_210x297mm", "x_62x29mm", "x_38x90mm");
	struct label_place p;
	assert_false(label_choose(LABEL_29X90, 0, &media, &p));
	assert_false(label_choose(LABEL_54X101, 0, &media, &p));
	assert_false(label_choose(LABEL_A6, 0, &media, &p));
	assert_true(label_choose(LABEL_62, 60, &media, &p));
	struct label_media none = {.count = 0};
	for (int size = 0; size < LABEL_SIZE_COUNT; size++) {
		assert_false(label_choose((enum label_size)size, 60, &none, &p));
	}
}

static void of_several_the_nearest_is_taken(void **state) {
	(void)state;
	struct label_media media = MEDIA("x_28.2x89mm", "x_29x90mm", "x_29x90.3mm");
	struct label_place p;
	assert_true(label_choose(LABEL_29X90, 0, &media, &p));
	assert_string_equal(p.medium.name, "x_29x90mm");
	/* Tape before cut labels of its width; of those the ones that are long enough. */
	media = MEDIA("x_62x40mm", "x_62x100mm", "roll_current_62x0mm");
	assert_true(label_choose(LABEL_62, 64, &media, &p));
	assert_true(p.page_h == 64);
	media = MEDIA("x_62x40mm", "x_62x100mm");
	assert_true(label_choose(LABEL_62, 64, &media, &p));
	assert_true(p.page_h == 100);
}

static void a_queue_that_takes_any_size_is_told_the_wanted_one(void **state) {
	(void)state;
	struct label_media media = MEDIA("na_letter_8.5x11in", "custom_max_110x1000mm", "custom_min_10x10mm");
	struct label_place p;
	for (int size = 0; size < LABEL_SIZE_COUNT; size++) {
		assert_true(label_choose((enum label_size)size, 70, &media, &p));
		assert_int_equal(p.medium.name[0], '\0');
	}
	assert_true(p.page_w == 105 && p.page_h == 148);
	media = MEDIA("custom_min_10x10mm", "custom_max_50x1000mm");
	assert_false(label_choose(LABEL_54X101, 0, &media, &p)); /* it is too narrow */
	media = MEDIA("custom_min_10x10mm");                     /* and how large nobody says */
	assert_false(label_choose(LABEL_29X90, 0, &media, &p));
}

static void more_media_than_there_is_room_for_are_left_out(void **state) {
	(void)state;
	struct label_media media = {.count = 0};
	for (int i = 0; i < 3 * LABEL_MEDIA_MAX; i++) {
		label_media_add(&media, "x_29x90mm");
	}
	assert_int_equal(media.count, LABEL_MEDIA_MAX);
	label_media_add(&media, "custom_max_50x1000mm");
	assert_int_equal(media.count, LABEL_MEDIA_MAX);
}

static void media_are_said_in_words(void **state) {
	(void)state;
	struct label_media media = MEDIA("x_29x90.3mm", "roll_current_62x0mm");
	struct strbuf out = {0};
	label_medium_words(&media.items[0], &out);
	strbuf_adds(&out, ", ");
	label_medium_words(&media.items[1], &out);
	assert_string_equal(strbuf_str(&out), "29 x 90.3 mm, 62 mm tape");
	strbuf_fini(&out);
	struct label_media other = media;
	assert_true(label_media_equal(&media, &other));
	other.items[1].left = 100;
	assert_false(label_media_equal(&media, &other));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_have_names),
		cmocka_unit_test(names_of_media_say_how_large_they_are),
		cmocka_unit_test(a_label_is_turned_for_its_paper),
		cmocka_unit_test(what_cannot_be_printed_turns_with_it),
		cmocka_unit_test(other_paper_is_refused),
		cmocka_unit_test(of_several_the_nearest_is_taken),
		cmocka_unit_test(a_queue_that_takes_any_size_is_told_the_wanted_one),
		cmocka_unit_test(more_media_than_there_is_room_for_are_left_out),
		cmocka_unit_test(media_are_said_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
