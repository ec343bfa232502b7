/* Every layout, written, rasterised with pdftoppm and read back; and that no text leaves its badge. */
#include "badge/sheet.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "base/utf8.h"
#include "scan/qr/decode.h"

#define LONG_NAME "Олександра-Вікторія Константинопольська-Переяславська з Великих Будищ Диканського району"
#define LONG_ORGANISATION "Комунальний заклад «Центр професійного розвитку педагогічних працівників» Великобудищанської сільської ради"

static const struct badge samples[] = {
	{.name = "Олена Приклад",
	 .position = "Перша заступниця голови ради з питань розвитку",
	 .organisation = "ГО «Приклад»",
	 .community = "Сорочинська громада",
	 .region = "Полтавська область",
	 .category = "Спікерка",
	 .code = "TO0AAAAAAAAAAAA"},
	{.name = LONG_NAME,
	 .position = LONG_ORGANISATION,
	 .organisation = LONG_ORGANISATION,
	 .community = LONG_NAME,
	 .region = LONG_NAME,
	 .category = "Уповноважена особа",
	 .code = "TO0BBBBBBBBBBBB"},
	{.name = "Ж", .code = "TO0CCCCCCCCCCCC"},
	{.name = "Дональддашадмінантропоморфізаційнийнеподільнийкод",
	 .organisation = "日本語 العربية ελληνικά",
	 .code = "A-FOREIGN/code?x=1&y=2"},
	{.name = "O'Brien-Îñtërnâtiônàlizætiøn", .category = "VIP", .code = "https://example.org/t/0123456789abcdef"},
};

static void run(const char *command) {
	if (system(command) != 0) { /* NOLINT: the words are ours */
		fail_msg("failed: %s", command);
	}
}

/* All codes found in the pictures of a folder, one a line, in order of the files. */
static void read_back(const char *folder, struct strbuf *out) {
	struct err err = {0};
	struct decoder *decoder;
	char **names;
	size_t count;
	assert_ok(decoder_open(&decoder, &err));
	assert_ok(file_list(folder, 1000, &names, &count, &err));
	for (size_t i = 0; i < count; i++) {
		struct decode_result found[32];
		struct image image;
		char *path = file_join(folder, names[i]);
		if (str_ends_nocase(path, ".png")) {
			assert_ok(image_load(path, &image, &err));
			size_t n = decoder_scan(decoder, &image, &(struct decode_options){.max = COUNT_OF(found)}, found);
			for (size_t k = 0; k < n; k++) {
				strbuf_addf(out, "%s\n", found[k].payload);
			}
			image_fini(&image);
		}
		free(path);
		free(names[i]);
	}
	free(names);
	decoder_close(decoder);
}

static void check_codes(const struct strbuf *found, const char *what) {
	for (size_t i = 0; i < COUNT_OF(samples); i++) {
		if (strstr(strbuf_str(found), samples[i].code) == NULL) {
			fail_msg("%s: the code %s was not read back", what, samples[i].code);
		}
	}
}

static void every_layout_reads_back(void **state) {
	struct scratch *s = *state;
	for (int layout = 0; layout < BADGE_LAYOUT_COUNT; layout++) {
		struct err err = {0};
		struct badge_sheet_options options = {.layout = (enum badge_layout)layout,
						      .format = CANVAS_PDF,
						      .event_title = "Ярмарок співпраці громад",
						      .dates = "14–15 травня 2026"};
		const char *name = layout_spec((enum badge_layout)layout)->name;
		char *folder = scratch_path(s, name), *pdf = file_join(folder, "badges.pdf");
		assert_ok(file_mkdirs(folder, &err));
		assert_ok(sheet_write(pdf, samples, COUNT_OF(samples), &options, &err));
		char *command = xasprintf("pdftoppm -r 150 -png '%s' '%s/page'", pdf, folder);
		run(command);
		struct strbuf found = {0};
		read_back(folder, &found);
		check_codes(&found, name);
		strbuf_fini(&found);
		free(command);
		command = xasprintf("pdftotext '%s' - | tr -d '\\n ' | grep -q ОленаПриклад", pdf); /* text stays text */
		run(command);
		free(command);
		free(pdf);
		free(folder);
	}
}

static void pictures_of_pages(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct badge_sheet_options options = {.layout = BADGE_A6, .format = CANVAS_PNG, .dpi = 150};
	char *folder = scratch_path(s, "png"), *path = file_join(folder, "badge.png");
	assert_ok(file_mkdirs(folder, &err));
	assert_ok(sheet_write(path, samples, COUNT_OF(samples), &options, &err));
	struct strbuf found = {0};
	read_back(folder, &found);
	check_codes(&found, "png");
	strbuf_fini(&found);
	options.format = CANVAS_SVG;
	char *svg = scratch_path(s, "one.svg");
	assert_ok(sheet_write(svg, samples, 1, &options, &err));
	struct strbuf text = {0};
	assert_ok(file_read(svg, 1 << 24, &text, &err));
	assert_holds(strbuf_str(&text), "<svg");
	strbuf_fini(&text);
	free(svg);
	free(path);
	free(folder);
}

/* To measure on; for canvas_close(). */
static struct canvas *a4_sheet(void) {
	struct err err = {0};
	struct canvas *c;
	assert_ok(canvas_open(&(struct canvas_options){.format = CANVAS_PDF, .width = 210, .height = 297}, &c, &err));
	return c;
}

/* Every layout, and again as it is where the event thanks somebody. */
#define SPECS (2 * BADGE_LAYOUT_COUNT)
static const struct badge_layout_spec *spec_of(int which, struct badge_layout_spec *own) {
	*own = layout_with_credits((enum badge_layout)(which % BADGE_LAYOUT_COUNT));
	return which < BADGE_LAYOUT_COUNT ? layout_spec((enum badge_layout)which) : own;
}

static void nothing_leaves_its_badge(void **state) {
	(void)state;
	struct canvas *c = a4_sheet();
	for (int which = 0; which < SPECS; which++) {
		struct badge_layout_spec own;
		const struct badge_layout_spec *spec = spec_of(which, &own);
		for (size_t i = 0; i < COUNT_OF(samples); i++) {
			struct badge_measure m;
			double below = 0;
			sheet_measure(c, &samples[i], spec, &m);
			for (int p = 0; p < BADGE_PART_COUNT; p++) {
				struct mm_rect b = m.part[p];
				if (b.w <= 0) {
					continue;
				}
				const struct mm_rect *w = &spec->words;
				bool fits = b.x >= w->x - 0.01 && b.y >= w->y - 0.01 && b.x + b.w <= w->x + w->w + 0.01 &&
					    b.y + b.h <= w->y + w->h + 0.01;
				if (!fits || b.y < below - 0.01) {
					fail_msg("%s, badge %zu, part %d leaves its room: %.2f,%.2f %.2fx%.2f", spec->name, i, p, b.x, b.y,
						 b.w, b.h);
				}
				below = b.y + b.h;
				assert_true(m.em[p] >= (i == 1 ? 0.7 : 1.8)); /* mm; the second has ninety letters in every field */
			}
		}
	}
	canvas_close(c);
}

/* --- generated names ------------------------------------------------------------------------------------------------------------ */

static const char *const WORDS[3][10] = {
	{"Олена", "Приклад", "і", "Великобудищанська", "з", "рада", "та", "Христорождественський", "у", "Сорочинці-Переяславські"},
	{"Anna", "of", "a", "Department", "and", "I", "Understanding", "O'Brien-Smith", "in", "Wolverhampton"},
	{"Jörg", "von", "zu", "Bundesministerium", "und", "Groß", "Landwirtschaftskammer", "e", "Weiß-Müller", "Gemeindeverwaltung"},
};

/* Exactly so many characters, of words in that language; the words differ with the seed. */
static void make_text(char *out, size_t cap, int language, size_t characters, uint32_t seed) {
	size_t made = 0;
	char *end = out;
	while (made < characters) {
		seed = seed * 1664525u + 1013904223u;
		const char *word = WORDS[language][(seed >> 16) % 10];
		if (made != 0 && made + 1 < characters) {
			*end++ = ' ';
			made++;
		}
		for (const char *at = word; *at != '\0' && made < characters; made++) {
			do {
				assert_true((size_t)(end - out) + 1 < cap);
				*end++ = *at++;
			} while (utf8_is_later(*at));
		}
	}
	*end = '\0';
}

static double largest_text(const struct badge_measure *m) {
	double largest = 0;
	for (int part = BADGE_PART_POSITION; part < BADGE_PART_COUNT; part++) {
		largest = m->em[part] > largest ? m->em[part] : largest;
	}
	return largest;
}

static bool stands_well(const struct badge_measure *m, const struct badge_layout_spec *spec) {
	double below = spec->words.y;
	for (int part = 0; part < BADGE_PART_COUNT; part++) {
		const struct mm_rect b = m->part[part];
		if (b.w > 0 && (b.x < spec->words.x - 0.01 || b.x + b.w > spec->words.x + spec->words.w + 0.01 || b.y < below - 0.01 ||
				b.y + b.h > spec->words.y + spec->words.h + 0.01)) {
			return false;
		}
		below = b.w > 0 ? b.y + b.h : below;
	}
	return true;
}

static void names_lead(struct canvas *c, int which, size_t letters, uint32_t seed) {
	char text[6][400];
	struct badge_layout_spec own;
	const struct badge_layout_spec *spec = spec_of(which, &own);
	for (int language = 0; language < 3; language++) {
		for (uint32_t part = 0; part < 6; part++) {
			size_t n = part == 0 ? letters : seed * (part + 7) % 90 + 1;
			make_text(text[part], sizeof text[part], language, part == 5 ? n % 30 : n, seed * 31 + part);
		}
		const struct badge badge = {.name = text[0],
					    .position = text[1],
					    .organisation = text[2],
					    .community = text[3],
					    .region = text[4],
					    .category = text[5]};
		struct badge_measure m;
		sheet_measure(c, &badge, spec, &m);
		double name = m.em[BADGE_PART_NAME], other = largest_text(&m);
		if (!stands_well(&m, spec) || name < 1.249 * other || name < 1.249 * m.others_max || other > m.others_max + 0.001) {
			fail_msg("%s, %zu letters, seed %u, language %d: name %.2f, other %.2f of %.2f", spec->name, letters, seed,
				 language, name, other, m.others_max);
		}
	}
}

static void names_are_the_largest_text(void **state) {
	(void)state;
	struct canvas *c = a4_sheet();
	for (int which = 0; which < SPECS; which++) {
		for (size_t letters = 1; letters <= 90; letters++) {
			names_lead(c, which, letters, (uint32_t)letters * 2654435u + (uint32_t)which);
		}
	}
	canvas_close(c);
}

/* With an organisation of ninety letters the name is as large as without: what stands around it gives way. */
static void others_give_way(void **state) {
	(void)state;
	struct canvas *c = a4_sheet();
	for (int layout = 0; layout < BADGE_LAYOUT_COUNT; layout++) {
		const struct badge_type *type = &layout_spec((enum badge_layout)layout)->name_type;
		struct badge_measure alone, beside, longest;
		sheet_measure(c, &(struct badge){.name = "Ян Ко"}, layout_spec((enum badge_layout)layout), &alone);
		sheet_measure(c, &(struct badge){.name = "Олександр Христорождественський"}, layout_spec((enum badge_layout)layout),
			      &beside);
		sheet_measure(c, &(struct badge){.name = "Олександр Христорождественський", .organisation = LONG_ORGANISATION},
			      layout_spec((enum badge_layout)layout), &longest);
		assert_true(alone.em[BADGE_PART_NAME] > type->max - 0.01);
		assert_true(longest.em[BADGE_PART_NAME] > beside.em[BADGE_PART_NAME] * 0.95);
		sheet_measure(c, &(struct badge){.name = LONG_NAME, .organisation = LONG_ORGANISATION},
			      layout_spec((enum badge_layout)layout), &longest);
		assert_true(longest.em[BADGE_PART_NAME] > type->min);
	}
	canvas_close(c);
}

static void boxes_are_told(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct unknown_texts unknown = {0};
	struct strbuf packages = {0};
	/* Private characters: no font here has them, whatever is installed. */
	static const struct badge strange[] = {{.name = "Ян \xF4\x8F\xBF\xB0\xF4\x8F\xBF\xB1 Ко"},
					       {.name = "Олена"},
					       {.name = "\xF4\x8F\xBF\xB2", .organisation = "\xF4\x8F\xBF\xB2"}};
	struct badge_sheet_options options = {.layout = BADGE_A6, .format = CANVAS_PNG, .dpi = 72, .unknown = &unknown};
	char *path = scratch_path(s, "x.png");
	assert_ok(sheet_write(path, strange, COUNT_OF(strange), &options, &err));
	assert_int_equal(unknown.count, 2); /* of all pages; each once */
	assert_string_equal(unknown.items[0], strange[0].name);
	assert_string_equal(unknown.items[1], strange[2].name);
	unknown_packages(&unknown, &packages);
	assert_string_equal(strbuf_str(&packages), "");
	strbuf_fini(&packages);
	unknown_fini(&unknown);
	free(path);
}

static void the_same_badges_give_the_same_bytes(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct strbuf a = {0}, b = {0};
	struct badge_sheet_options options = {.layout = BADGE_A4, .created = {1778745600000}};
	char *one = scratch_path(s, "1.pdf"), *two = scratch_path(s, "2.pdf");
	assert_ok(sheet_write(one, samples, COUNT_OF(samples), &options, &err));
	assert_ok(sheet_write(two, samples, COUNT_OF(samples), &options, &err));
	assert_ok(file_read(one, 1 << 24, &a, &err) && file_read(two, 1 << 24, &b, &err));
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	strbuf_fini(&a);
	strbuf_fini(&b);
	free(one);
	free(two);
}

static void what_cannot_be_printed(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	static char huge[8000];
	memset(huge, 'x', sizeof huge - 1);
	struct badge big = {.name = "A", .code = huge};
	struct badge_sheet_options options = {.layout = BADGE_A4};
	char *path = scratch_path(s, "x.pdf");
	assert_false(sheet_write(path, NULL, 0, &options, &err));
	assert_false(sheet_write(path, &big, 1, &options, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	options.logo = "/nonexistent.svg";
	assert_false(sheet_write(path, samples, 1, &options, &err));
	assert_holds(err.text, "/nonexistent.svg");
	assert_false(file_exists(path));
	options.logo = NULL;
	assert_false(sheet_write("/nonexistent/x.pdf", samples, 1, &options, &err));
	assert_holds(err.text, "no folder /nonexistent");
	free(path);
}

static void ten_to_a_sheet(void **state) {
	(void)state;
	const struct badge_layout_spec *a4 = layout_spec(BADGE_A4);
	assert_int_equal(layout_per_page(a4), 10);
	for (int i = 0; i < 10; i++) {
		struct mm_rect b = layout_slot(a4, i);
		assert_true(b.w > 84.99 && b.w < 85.01 && b.h > 53.99 && b.h < 54.01);
		assert_true(b.x >= 0 && b.y >= 0 && b.x + b.w <= 210 && b.y + b.h <= 297);
	}
	struct mm_line marks[LAYOUT_MARKS_MAX];
	assert_true(layout_cut_marks(a4, marks) > 0);
	assert_int_equal(layout_cut_marks(layout_spec(BADGE_A6), marks), 0);
	assert_string_equal(layout_spec(BADGE_A4)->name, "a4");
	assert_string_equal(layout_spec(BADGE_LABEL62)->name, "label62");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(every_layout_reads_back),
					   TEST(pictures_of_pages),
					   TEST(nothing_leaves_its_badge),
					   TEST(the_same_badges_give_the_same_bytes),
					   TEST(what_cannot_be_printed),
					   TEST(ten_to_a_sheet),
					   TEST(names_are_the_largest_text),
					   TEST(others_give_way),
					   TEST(boxes_are_told)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
