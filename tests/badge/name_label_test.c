/* Labels: everything inside what the printer can print, whatever the name; the code readable; the mark; the length of tape. */
#include "badge/name_label.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "paper/picture.h"
#include "scan/qr/decode.h"

#define DPI 203
/* As a badge of ours has it: the densest code that comes. */
#define CODE "TO1ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJK"

static const char *const NAMES[] = {"Олена Приклад", "王小明", "Ім’я",
				    "Олександра-Вікторія Костянтинівна Переяславська-Хмельницька-Синьогірська та ще сімнадцять літер",
				    "Wolfeschlegelsteinhausenbergerdorffvoralternwarengewissenhaftschaferswessenschafewarenwohlgepflege"};

static struct raster drawn(const struct name_label *label, const struct label_place *place) {
	const struct canvas_options options = {.format = CANVAS_PNG, .width = place->page_w, .height = place->page_h, .dpi = DPI};
	struct canvas *c;
	struct raster r = {0};
	struct err err = {0};
	assert_ok(canvas_open(&options, &c, &err));
	assert_ok(name_label_draw(c, label, place, &err));
	assert_ok(raster_of_canvas(c, &r, &err));
	canvas_close(c);
	return r;
}

static bool is_dark(const struct raster *r, int x, int y) { return (r->pixels[y * r->width + x] & 0xFF) < 128; }

/* The box that holds all that is dark. */
static void bounds(const struct raster *r, int out[4]) {
	out[0] = r->width;
	out[1] = r->height;
	out[2] = out[3] = -1;
	for (int y = 0; y < r->height; y++) {
		for (int x = 0; x < r->width; x++) {
			if (is_dark(r, x, y)) {
				out[0] = x < out[0] ? x : out[0];
				out[1] = y < out[1] ? y : out[1];
				out[2] = x > out[2] ? x : out[2];
				out[3] = y > out[3] ? y : out[3];
			}
		}
	}
}

static int px(double mm) { return (int)(mm / 25.4 * DPI); }

static void reads(const struct raster *r, const char *code) {
	struct image image = {0};
	struct decoder *decoder;
	struct decode_options options = {.max = 1};
	struct decode_result *result = xcalloc(1, sizeof *result);
	struct err err = {0};
	assert_ok(image_init(&image, r->width, r->height, &err));
	for (int y = 0; y < r->height; y++) {
		for (int x = 0; x < r->width; x++) {
			image.luma[y * image.stride + x] = is_dark(r, x, y) ? 0 : 255; /* as a printer has it */
		}
	}
	assert_ok(decoder_open(&decoder, &err));
	assert_int_equal(decoder_scan(decoder, &image, &options, result), 1);
	assert_string_equal(result->payload, code);
	decoder_close(decoder);
	image_fini(&image);
	free(result);
}

static struct label_place place_on(enum label_size size, double length, bool other_way) {
	struct label_place p;
	label_place_plain(size, length, &p);
	struct label_media media = {.count = 1,
				    .items = {{.x = p.medium.x, .y = p.medium.y, .left = 150, .top = 300, .right = 200, .bottom = 100}}};
	if (other_way) {
		media.items[0].x = p.medium.y;
		media.items[0].y = p.medium.x;
	}
	assert_true(label_choose(size, length, &media, &p));
	return p;
}

static void nothing_is_where_nothing_can_be_printed(void **state) {
	(void)state;
	for (int size = 0; size < LABEL_SIZE_COUNT; size++) {
		for (size_t i = 0; i < 2 * COUNT_OF(NAMES); i++) {
			const struct name_label label = {.badge = {.name = NAMES[i / 2],
								   .organisation = "Асоціація пасічників Прикладівської громади",
								   .community = "Прикладівська громада",
								   .category = "Учасниця",
								   .code = CODE},
							 .mark = i / 2 % 2 == 1 ? "ДУБЛІКАТ" : NULL};
			struct label_place p = place_on((enum label_size)size, 70, i % 2 == 1);
			struct raster r = drawn(&label, &p);
			int box[4];
			bounds(&r, box);
			assert_true(box[0] >= px(2.5) - 1 && box[1] >= px(3.6) - 1);
			assert_true(box[2] <= r.width - px(2.6) + 1 && box[3] <= r.height - px(2.5) + 1);
			reads(&r, CODE);
			raster_fini(&r);
		}
	}
}

/* How much is dark in a quarter of the page: 0 top left, 1 top right, 2 bottom left, 3 bottom right. */
static int ink(const struct raster *r, int quarter) {
	int dark = 0, w = r->width / 2, h = r->height / 2;
	for (int y = 0; y < h; y++) {
		for (int x = 0; x < w; x++) {
			dark += is_dark(r, x + quarter % 2 * w, y + quarter / 2 * h);
		}
	}
	return dark;
}

static void a_turned_label_has_its_top_at_the_right(void **state) {
	(void)state;
	const struct name_label label = {.badge = {.name = "ШШШШШ"}}; /* a name alone, at the top left */
	struct label_place lying = place_on(LABEL_54X101, 0, true), standing = place_on(LABEL_54X101, 0, false);
	struct raster a = drawn(&label, &lying), b = drawn(&label, &standing);
	assert_false(lying.turned);
	assert_true(standing.turned);
	assert_true(ink(&a, 0) > ink(&a, 2) && ink(&a, 0) > ink(&a, 3));
	assert_true(ink(&b, 1) > ink(&b, 0) && ink(&b, 1) > ink(&b, 2));
	raster_fini(&a);
	raster_fini(&b);
}

static void tape_is_as_long_as_it_has_to_be(void **state) {
	(void)state;
	const struct canvas_options options = {.format = CANVAS_PDF, .width = 100, .height = 100};
	struct canvas *c;
	struct err err = {0};
	double before = 0;
	assert_ok(canvas_open(&options, &c, &err));
	static const char *const names[] = {
		"Ян", NULL, "Олександра-Вікторія Костянтинівна Переяславська-Хмельницька-Синьогірська та ще сімнадцять літер"};
	for (size_t i = 0; i < COUNT_OF(names); i += 2) {
		struct name_label label = {.badge = {.name = names[i], .organisation = "Організація", .code = CODE}};
		double length = name_label_length(c, &label, LABEL_62);
		assert_true(length >= 40 && length <= 110 && length > before);
		before = length;
		label.badge.code = "";
		assert_true(name_label_length(c, &label, LABEL_62) <= length); /* without a code it is no longer */
		assert_true(name_label_length(c, &label, LABEL_29X90) == 29);
	}
	canvas_close(c);
}

static void what_has_no_room_is_left_out_before_the_name(void **state) {
	(void)state;
	struct label_place p;
	struct name_label_parts parts;
	const struct name_label label = {.badge = {.name = "Олена", .code = CODE}, .mark = "DUPLICATE"};
	label_place_plain(LABEL_29X90, 0, &p);
	p.top = p.bottom = 8; /* nearly nothing is left to print on */
	name_label_lay_out(&label, &p, &parts);
	assert_true(parts.qr.w == 0 && parts.aloud.w == 0);
	assert_true(parts.words.w > 80 && parts.mark.w > 80);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_where_nothing_can_be_printed),
		cmocka_unit_test(a_turned_label_has_its_top_at_the_right),
		cmocka_unit_test(tape_is_as_long_as_it_has_to_be),
		cmocka_unit_test(what_has_no_room_is_left_out_before_the_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
