/* The kiosk's drawing of names beside pango's, which draws the badges: the same letters in the same places; and what hostile names cost.
 * What no installed font draws is skipped, by name. */
#include "kiosk/sdl/text_sdl.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "kiosk/sdl/glyphs.h"
#include "lib/testing.h"

#define EM 64
#define HIGH 96 /* a line's */

struct drawing { /* how much each pixel is covered */
	int width, height;
	uint8_t *alpha;
	int advance; /* of the whole line */
};

/* Two ways of fitting letters to pixels are up to five per cent of the ink apart; a letter that is missing, unjoined or elsewhere is tens of them. */
#define ALIKE 9

static const char *const names[] = {
	"محمد علي",
	"דוד כהן",
	"שָׁלוֹם",
	"王小明",
	"გიორგი ბერიძე",
	"Արամ Խաչատրյան",
	"अमित शर्मा",
	"Nguyễn Thị Minh Khai",
	"สมชาย น้ำทิพย์",
	"山田たろう",
	"김철수",
	"አበበ ቢቂላ",
	"ABC עברית 123",
	"دار 12-34 (مدرسة) ABC",
	"Іва\xCC\x81н o\xCC\xA3\xCC\x82",
	"Олена Приклад",
};

struct fixture {
	struct fonts fonts;
	struct text_sdl *text;
};

static void fixture_open(struct fixture *f) {
	struct err err = {0};
	assert_ok(fonts_find(&f->fonts, &err));
	assert_ok(text_sdl_open(&f->fonts, &f->text, &err));
}

static void fixture_close(struct fixture *f) {
	text_sdl_close(f->text);
	fonts_fini(&f->fonts);
}

static int width_of(struct fixture *f, const char *text) {
	struct metrics metrics = text_sdl_metrics(f->text);
	return metrics.width(metrics.context, FACE_DISPLAY, EM, text, strlen(text));
}

/* --- two drawings ------------------------------------------------------------------------------------------------------------------- */

static struct drawing drawn_by_kiosk(struct fixture *f, const char *text) {
	struct text_picture picture = text_sdl_render(f->text, &(struct text_line){FACE_DISPLAY, EM, HIGH, text});
	assert_non_null(picture.surface);
	struct drawing d = {.width = picture.surface->w, .height = picture.surface->h, .advance = width_of(f, text)};
	d.alpha = xmalloc((size_t)d.width * (size_t)d.height);
	for (int y = 0; y < d.height; y++) {
		const uint32_t *row =
			(const uint32_t *)((const char *)picture.surface->pixels + (size_t)y * (size_t)picture.surface->pitch);
		for (int x = 0; x < d.width; x++) {
			d.alpha[y * d.width + x] = (uint8_t)(row[x] >> 24);
		}
	}
	SDL_FreeSurface(picture.surface);
	return d;
}

/* As paper/canvas.c sets the texts of badges. */
static PangoLayout *layout_of(cairo_t *cr, const char *text) {
	PangoLayout *layout = pango_cairo_create_layout(cr);
	PangoContext *context = pango_layout_get_context(layout);
	PangoFontDescription *font = pango_font_description_from_string("Inter Display,Inter,DejaVu Sans bold");
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(context, pango_language_from_string("uk"));
	pango_font_description_set_absolute_size(font, EM * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_layout_set_text(layout, text, -1);
	cairo_font_options_destroy(options);
	pango_font_description_free(font);
	return layout;
}

/* False: no installed font draws all of it. */
static bool drawn_by_pango(const char *text, struct drawing *d) {
	*d = (struct drawing){.width = 2048, .height = 3 * HIGH};
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, d->width, d->height);
	cairo_t *cr = cairo_create(surface);
	PangoLayout *layout = layout_of(cr, text);
	int advance;
	pango_layout_get_size(layout, &advance, NULL);
	d->advance = (int)lround((double)advance / PANGO_SCALE);
	bool known = pango_layout_get_unknown_glyphs_count(layout) == 0;
	cairo_move_to(cr, EM, HIGH);
	pango_cairo_show_layout(cr, layout);
	cairo_surface_flush(surface);
	d->alpha = xmalloc((size_t)d->width * (size_t)d->height);
	for (int y = 0; y < d->height; y++) {
		memcpy(d->alpha + (size_t)y * (size_t)d->width,
		       cairo_image_surface_get_data(surface) + (size_t)y * (size_t)cairo_image_surface_get_stride(surface),
		       (size_t)d->width);
	}
	g_object_unref(layout);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	return known;
}

static SDL_Rect ink_of(const struct drawing *d) {
	int left = d->width, right = -1, top = d->height, bottom = -1;
	for (int y = 0; y < d->height; y++) {
		for (int x = 0; x < d->width; x++) {
			if (d->alpha[y * d->width + x] >= 64) {
				left = x < left ? x : left;
				right = x > right ? x : right;
				top = y < top ? y : top;
				bottom = y;
			}
		}
	}
	return (SDL_Rect){left, top, right - left + 1, bottom - top + 1};
}

static int at(const struct drawing *d, int x, int y) {
	return x < 0 || y < 0 || x >= d->width || y >= d->height ? 0 : d->alpha[y * d->width + x];
}

/* How far apart the two are, their inks laid on each other with (dx, dy) between them: per cent of what either covers. */
static double apart(const struct drawing *a, const struct drawing *b, SDL_Point shift) {
	SDL_Rect ia = ink_of(a), ib = ink_of(b);
	double different = 0, covered = 0;
	for (int y = -2; y < ia.h + 2; y++) {
		for (int x = -2; x < ia.w + 2; x++) {
			int p = at(a, ia.x + x, ia.y + y), q = at(b, ib.x + x + shift.x, ib.y + y + shift.y);
			different += abs(p - q);
			covered += p > q ? p : q;
		}
	}
	return covered > 0 ? different * 100 / covered : 100;
}

static double least_apart(const struct drawing *a, const struct drawing *b) {
	double least = 100;
	for (int dy = -1; dy <= 1; dy++) {
		for (int dx = -1; dx <= 1; dx++) {
			double now = apart(a, b, (SDL_Point){dx, dy});
			least = now < least ? now : least;
		}
	}
	return least;
}

static void drawn_as_on_the_badge(void **state) {
	const char *name = *state;
	struct fixture f;
	struct drawing badge;
	if (!drawn_by_pango(name, &badge)) {
		print_message("SKIPPED: no installed font draws %s\n", name);
		free(badge.alpha);
		skip();
	}
	fixture_open(&f);
	struct drawing kiosk = drawn_by_kiosk(&f, name);
	SDL_Rect on_badge = ink_of(&badge), on_kiosk = ink_of(&kiosk);
	double difference = least_apart(&kiosk, &badge);
	bool same = abs(on_kiosk.w - on_badge.w) <= 3 && abs(on_kiosk.h - on_badge.h) <= 2 && abs(kiosk.advance - badge.advance) <= 3;
	if (!same || difference > ALIKE) {
		print_error("%s: ink %dx%d, on the badge %dx%d; advance %d and %d; %.1f %% apart\n", name, on_kiosk.w, on_kiosk.h,
			    on_badge.w, on_badge.h, kiosk.advance, badge.advance, difference);
		fail();
	}
	free(kiosk.alpha);
	free(badge.alpha);
	fixture_close(&f);
}

/* --- what is measured is what is drawn ---------------------------------------------------------------------------------------------- */

/* The ink of a line with a bar behind it stands where the line's measured width says. */
static void a_line_is_as_wide_as_it_was_measured(void **state) {
	(void)state;
	static const char *const texts[] = {"محمد", "דוד", "გიორგი", "Ա|", "e\xCC\x81"};
	struct fixture f;
	fixture_open(&f);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct text_picture picture = text_sdl_render(f.text, &(struct text_line){FACE_DISPLAY, EM, HIGH, texts[i]});
		assert_int_equal(picture.surface->w - 2 * picture.left, width_of(&f, texts[i]));
		assert_int_equal(picture.surface->h - 2 * picture.above, HIGH);
		SDL_FreeSurface(picture.surface);
	}
	fixture_close(&f);
}

/* Marks of direction and joiners are no boxes, and take no room; a plain text with them is drawn as it is without. */
static void what_is_not_seen_takes_no_room(void **state) {
	(void)state;
	struct fixture f;
	fixture_open(&f);
	assert_int_equal(width_of(&f, "\xE2\x80\x8F"
				      "דוד"),
			 width_of(&f, "דוד"));
	assert_in_range(width_of(&f, "Оле\xE2\x80\x8Eна"), width_of(&f, "Олена") - 2, width_of(&f, "Олена") + 2);
	struct drawing marked = drawn_by_kiosk(&f, "Оле\xE2\x80\x8Eна"), plain = drawn_by_kiosk(&f, "Олена");
	assert_true(least_apart(&marked, &plain) <= ALIKE);
	free(marked.alpha);
	free(plain.alpha);
	fixture_close(&f);
}

/* --- what no font draws ------------------------------------------------------------------------------------------------------------- */

/* With the kiosk's own typefaces alone installed. */
static void a_font_that_is_missing_is_told_once(void **state) {
	struct scratch *scratch = *state;
	static const char conf[] = "<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><dir>/usr/share/fonts/opentype/inter</dir>"
				   "<dir>/usr/share/fonts/truetype/inter</dir></fontconfig>";
	char *path = scratch_write(scratch, "fonts.conf", conf, strlen(conf));
	struct strbuf told = {0};
	struct fixture f;
	char *own = getenv("FONTCONFIG_FILE") == NULL ? NULL : xstrdup(getenv("FONTCONFIG_FILE"));
	setenv("FONTCONFIG_FILE", path, 1);
	fixture_open(&f);
	if (own == NULL) {
		unsetenv("FONTCONFIG_FILE");
	} else {
		setenv("FONTCONFIG_FILE", own, 1);
	}
	free(own);
	free(path);
	if (f.fonts.missing[0] != '\0') {
		print_message("SKIPPED: Inter and DejaVu lie elsewhere on this system\n");
		fixture_close(&f);
		skip();
	}
	assert_true(width_of(&f, "王小明王小") > 0); /* boxes */
	assert_true(text_sdl_lacking(f.text, &told));
	assert_string_equal(strbuf_str(&told), "no installed font draws U+738B, U+5C0F, U+660E (install fonts-noto-cjk)");
	strbuf_reset(&told);
	width_of(&f, "大学");
	assert_false(text_sdl_lacking(f.text, &told)); /* what helps was told */
	width_of(&f, "अमित");
	assert_true(text_sdl_lacking(f.text, &told));
	assert_holds(strbuf_str(&told), "fonts-noto-core");
	width_of(&f, "محمد דוד გიორგი");
	assert_false(text_sdl_lacking(f.text, &told)); /* DejaVu has them */
	struct drawing boxes = drawn_by_kiosk(&f, "王小");
	assert_true(ink_of(&boxes).w > EM / 2 && ink_of(&boxes).h > EM / 2);
	free(boxes.alpha);
	fixture_close(&f);
	strbuf_fini(&told);
}

/* --- hostile names ------------------------------------------------------------------------------------------------------------------ */

/* Laid out and drawn as a result's name is. */
static double set_and_draw(struct fixture *f, const char *text) {
	struct theme theme = theme_make(&style_default, 1920, 1080, 0);
	struct metrics metrics = text_sdl_metrics(f->text);
	struct flow_room room = {.width = 900, .height = 400};
	struct flow flow;
	int64_t began = clock_thread_us();
	flow_set(&flow, &theme, &metrics, TYPE_NAME, text, &room);
	for (size_t i = 0; i < flow.count; i++) {
		char *line = xstrndup(text + flow.lines[i].first, flow.lines[i].n);
		struct text_picture picture = text_sdl_render(f->text, &(struct text_line){flow.face, flow.size, flow.height, line});
		assert_non_null(picture.surface);
		assert_true(flow.lines[i].width <= room.width);
		SDL_FreeSurface(picture.surface);
		free(line);
	}
	return (double)(clock_thread_us() - began) / 1000;
}

/* Of the processor's time. None takes 20 where nothing else runs; without their bounds some took hundreds. */
#ifdef TURNOUT_DEBUG /* with sanitizers */
#define LONGEST_MS 600
#else
#define LONGEST_MS 50
#endif

static void a_hostile_name_is_drawn_in_time(void **state) {
	(void)state;
	static const struct {
		const char *letter, *again;
		int times;
	} hostile[] = {
		{"a", "\xCC\x81", 300},
		{"ا", "\xD9\x8B", 300},
		{"", "a\xCC\x81\xCC\xA3", 400},
		{"", "ж", 1000},
		{"", "жовтий ", 150},
		{"", "م", 1000},
		{"", "محمد ", 200},
		{"", "王", 666},
		{"", "ก", 666},
		{"", "अमित ", 150},
		{"", "დ", 666},
		{"", "aд א1 ", 200},
		{"",
		 "\xE2\x80\xAE\xE2\x80\xAD"
		 "a",
		 280},
	};
	int slow = 0;
	struct fixture f;
	fixture_open(&f);
	for (size_t i = 0; i < COUNT_OF(hostile); i++) {
		for (int part = 1; part <= 8; part *= 2) { /* where a text just fits some size, most is tried */
			struct strbuf name = {0};
			strbuf_adds(&name, hostile[i].letter);
			for (int k = 0; k < hostile[i].times / part; k++) {
				strbuf_adds(&name, hostile[i].again);
			}
			/* Once for what is done once (fonts are found, sizes opened), then with all its pieces new. */
			set_and_draw(&f, strbuf_str(&name));
			char *other = xasprintf("b%s", strbuf_str(&name));
			double ms = set_and_draw(&f, other);
			free(other);
			if (ms > LONGEST_MS) {
				print_error("%s%s %d times: %.1f ms\n", hostile[i].letter, hostile[i].again, hostile[i].times / part, ms);
				slow++;
			}
			strbuf_fini(&name);
		}
	}
	assert_int_equal(slow, 0);
	fixture_close(&f);
}

/* Of many files a few are open at once, and each is drawn from nevertheless. */
static void few_files_are_open_at_once(void **state) {
	struct scratch *scratch = *state;
	struct fixture f;
	struct glyphs *glyphs;
	int first = 0;
	fixture_open(&f);
	assert_true(glyphs_open(&glyphs));
	for (int i = 0; i < 3 * GLYPHS_FACES_MAX; i++) {
		char name[16];
		snprintf(name, sizeof name, "%d.ttf", i % (2 * GLYPHS_FACES_MAX));
		char *path = scratch_path(scratch, name);
		if (i < 2 * GLYPHS_FACES_MAX) {
			assert_int_equal(symlink(f.fonts.path[FONT_SYMBOLS], path), 0);
		}
		struct glyph_run run = {
			.file = {.path = path}, .size = EM, .text = "ab", .length = 2, .n = 2, .script = 0x4C61746E /* Latn */};
		int width = glyphs_width(glyphs, &run);
		first = i == 0 ? width : first;
		assert_true(width > EM / 2 && width == first);
		assert_true(glyphs_faces(glyphs) <= GLYPHS_FACES_MAX);
		run.size = 2 * EM;
		assert_in_range(glyphs_width(glyphs, &run), 2 * first - 2, 2 * first + 2);
		free(path);
	}
	struct glyph_run gone = {.file = {.path = "/nonexistent.ttf"}, .size = EM, .text = "a", .length = 1, .n = 1};
	assert_int_equal(glyphs_width(glyphs, &gone), 0);
	glyphs_close(glyphs);
	fixture_close(&f);
}

int main(void) {
	struct CMUnitTest tests[COUNT_OF(names) + 5] = {
		cmocka_unit_test(a_line_is_as_wide_as_it_was_measured),
		cmocka_unit_test(what_is_not_seen_takes_no_room),
		cmocka_unit_test_setup_teardown(a_font_that_is_missing_is_told_once, scratch_open, scratch_close),
		cmocka_unit_test(a_hostile_name_is_drawn_in_time),
		cmocka_unit_test_setup_teardown(few_files_are_open_at_once, scratch_open, scratch_close),
	};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		tests[5 + i] = (struct CMUnitTest){names[i], drawn_as_on_the_badge, NULL, NULL, (void *)(uintptr_t)names[i]};
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
