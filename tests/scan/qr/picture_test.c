/* Painted symbols: seen at a slant, bent, inverted, mirrored, many at once. Each stage finds what was painted where it was painted. */
#include "lib/painted.h"
#include "lib/testing.h"

#include <math.h>

#include "base/alloc.h"
#include "paper/qr.h"
#include "scan/image/filters.h"
#include "scan/qr/damaged_finder.h"
#include "scan/qr/payload.h"
#include "scan/qr/reader.h"
#include "scan/qr/triples.h"
#include "scan/qr/warp.h"

#define WIDTH PAINTED_WIDTH
#define HEIGHT PAINTED_HEIGHT

static const struct deadline no_deadline = {0};

static const struct point SLANTED[4] = {{180, 90}, {430, 120}, {400, 360}, {150, 300}};
static const char TEXT[] = "TO1 a symbol of version four or so, seen at a slant";

/* --- stages ------------------------------------------------------------------------------------------------------------------------------- */

/* Word by word as pixel by pixel. */
static void bitmaps(void **state) {
	struct painted *s = *state;
	struct bitmap b = {.bits = NULL};
	struct bitmap_work work = {.levels = NULL};
	uint16_t changes[WIDTH + 2];
	painted_paint(s, TEXT, SLANTED);
	s->image.width = WIDTH - 7; /* no whole blocks and words */
	s->image.height = HEIGHT - 3;
	assert_true(bitmap_threshold(&b, &s->image, &no_deadline, &work));
	int dark = 0;
	for (int y = 0; y < b.height; y++) {
		int count = bitmap_changes(&b, y, changes);
		int along = 0;
		assert_true(count % 2 == 0 && (count == 0 || changes[count - 1] <= b.width));
		for (int x = 0; x < b.width; x++) {
			along += along < count && changes[along] == x;
			assert_int_equal(bitmap_dark(&b, x, y), along % 2);
			dark += along % 2;
		}
	}
	assert_true(dark > 10000 && dark < 60000);
	for (int y = 0; y < b.height; y++) { /* beyond the width all is light */
		assert_true(b.width % 64 == 0 || b.bits[(size_t)(y + 1) * (size_t)b.words - 1] >> b.width % 64 == 0);
	}
	bitmap_fini(&b);
	bitmap_work_fini(&work);
}

static void see(const struct painted *s, struct finders *finders) {
	struct bitmap b = {.bits = NULL};
	struct bitmap_work work = {.levels = NULL};
	uint16_t changes[WIDTH + 2];
	assert_true(bitmap_threshold(&b, &s->image, &no_deadline, &work));
	finders_find(&b, &(struct finders_options){.step = 1, .changes = changes, .deadline = &no_deadline}, finders);
	for (int i = 0; i < finders->count; i++) {
		finder_outline(&b, &finders->items[i]);
	}
	bitmap_fini(&b);
	bitmap_work_fini(&work);
}

static void patterns_are_found_where_they_are(void **state) {
	struct painted *s = *state;
	struct finders finders;
	struct triples triples;
	painted_paint(s, TEXT, SLANTED);
	see(s, &finders);
	assert_true(finders.count >= 3);
	triples_rank(&finders, &no_deadline, &triples);
	assert_true(triples.count >= 1);
	const struct triple *t = &triples.items[0];
	float far = (float)s->qr.side - 3.5F;
	assert_true(point_distance(finders.items[t->corner].centre, painted_place(s, 3.5F, 3.5F)) < 1);
	assert_true(point_distance(finders.items[t->right].centre, painted_place(s, far, 3.5F)) < 1);
	assert_true(point_distance(finders.items[t->below].centre, painted_place(s, 3.5F, far)) < 1);
	const struct finder *f = &finders.items[t->corner];
	assert_true(f->outlined);
	for (int i = 0; i < 4; i++) {
		float nearest = 100;
		for (int k = 0; k < 4; k++) {
			nearest = fminf(nearest, point_distance(f->corners[i], painted_place(s, (float)(k % 2 * 7), (float)(k / 2 * 7))));
		}
		assert_true(nearest < 0.6F * f->module);
	}
}

static struct grid best_grid(const struct painted *s) {
	struct finders finders;
	struct triples triples;
	struct grid guesses[3], places[3];
	see(s, &finders);
	triples_rank(&finders, &no_deadline, &triples);
	assert_true(triples.count > 0);
	const struct triple *t = &triples.items[0];
	struct grid_view view = {&s->image, finders.items[t->corner], finders.items[t->right], finders.items[t->below]};
	assert_true(grid_guess(&view, guesses, 3) > 0);
	assert_int_equal(guesses[0].version, qr_version(&s->qr));
	assert_true(grid_align(&view, &guesses[0], places, 3) > 0);
	return places[0];
}

/* How far the patterns of the best of some triples are off at worst. */
static float nearest_triple(const struct painted *s, const struct grid_view *views, int count) {
	float far = (float)s->qr.side - 3.5F;
	float nearest = 1000;
	for (int i = 0; i < count; i++) {
		float off = point_distance(views[i].corner.centre, painted_place(s, 3.5F, 3.5F));
		off = fmaxf(off, point_distance(views[i].right.centre, painted_place(s, far, 3.5F)));
		off = fmaxf(off, point_distance(views[i].below.centre, painted_place(s, 3.5F, far)));
		nearest = fminf(nearest, off);
	}
	return nearest;
}

/* A streak goes through one pattern: nobody sees its runs any more, but what is left is found by the other two. */
static void a_damaged_pattern_is_found_by_the_others(void **state) {
	struct painted *s = *state;
	struct finders finders;
	struct grid_view views[DAMAGED_FINDER_MAX];
	for (int damaged = 0; damaged < 3; damaged++) {
		painted_paint(s, TEXT, SLANTED);
		float far = (float)s->qr.side - 3.5F;
		const struct point middles[3] = {painted_place(s, 3.5F, 3.5F), painted_place(s, far, 3.5F), painted_place(s, 3.5F, far)};
		struct point at = middles[damaged];
		for (int y = (int)at.y - 30; y < (int)at.y + 30; y++) {
			memset(s->image.luma + y * s->image.stride + (int)at.x - 7, 215, 14);
		}
		see(s, &finders);
		const struct finder *two[2] = {NULL, NULL};
		for (int i = 0; i < finders.count; i++) {
			assert_true(point_distance(finders.items[i].centre, at) > 5);
			for (int k = 0; k < 2; k++) {
				bool is_it = point_distance(finders.items[i].centre, middles[(damaged + 1 + k) % 3]) < 3;
				two[k] = is_it ? &finders.items[i] : two[k];
			}
		}
		assert_true(two[0] != NULL && two[1] != NULL);
		int count = damaged_finder_guess(&s->image, two[0], two[1], views);
		assert_true(nearest_triple(s, views, count) < 4); /* about half a module */
	}
}

static void two_of_different_symbols_have_no_third(void **state) {
	struct painted *s = *state;
	struct grid_view views[DAMAGED_FINDER_MAX];
	struct finder a = {.centre = {100, 100}, .module = 4};
	struct finder b = {.centre = {300, 100}, .module = 9};
	memset(s->image.luma, 128, (size_t)s->image.stride * (size_t)s->image.height);
	assert_int_equal(damaged_finder_guess(&s->image, &a, &b, views), 0); /* sizes */
	b.module = 4;
	assert_int_equal(damaged_finder_guess(&s->image, &a, &b, views), 0); /* nothing is there */
	assert_int_equal(damaged_finder_guess(&s->image, &a, &a, views), 0);
	b.centre.x = 130;
	assert_int_equal(damaged_finder_guess(&s->image, &a, &b, views), 0); /* too near */
}

/* When time is over everything ends soon and says so. */
static void what_takes_long_looks_at_the_clock(void **state) {
	struct painted *s = *state;
	static struct mesh mesh;
	static struct symbol_map map;
	struct warp warp = {.count = 0};
	const struct deadline over = {1}; /* the thread has worked for more than a microsecond */
	char text[200];
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	painted_paint(s, text, (const struct point[4]){{120, 40}, {520, 40}, {520, 440}, {120, 440}});
	struct grid g = best_grid(s);
	assert_true(g.version >= 7);
	symbol_map_fill(&map, g.version);
	assert_true(mesh_fit(&s->image, &g, &no_deadline, &mesh));
	assert_false(mesh_fit(&s->image, &g, &over, &mesh));
	assert_false(warp_fit(&s->image, &(struct warp_options){.grid = &g, .map = &map, .deadline = &over}, &warp));
	struct grid climbed = g;
	grid_climb(&s->image, &climbed, &over);
	assert_memory_equal(&climbed.map, &g.map, sizeof g.map);
}

static void pictures_twice_the_size(void **state) {
	struct painted *s = *state;
	struct filtered f = {.cap = 0}, g = {.cap = 0};
	painted_paint(s, TEXT, SLANTED);
	s->image.width = WIDTH - 1;
	const struct image *twice = filter_double(&f, &s->image, &no_deadline);
	assert_int_equal(twice->width, 2 * (WIDTH - 1));
	assert_int_equal(twice->height, 2 * HEIGHT);
	const struct image *back = filter_halve(&g, twice); /* what was made bigger and small again is a little blurred, and where it was */
	int64_t off = 0;
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH - 1; x++) {
			int by = back->luma[y * back->stride + x] - s->image.luma[y * s->image.stride + x];
			off += by;
			assert_true(by > -80 && by < 80);
		}
	}
	assert_true(off > -WIDTH * HEIGHT && off < WIDTH * HEIGHT);
	filtered_fini(&f);
	filtered_fini(&g);
}

/* How far a lattice is off at worst, in pixels. */
static float worst(const struct painted *s, const struct lattice *l) {
	float most = 0;
	for (int i = 0; i < s->qr.side * s->qr.side; i++) {
		struct point at = painted_place(s, (float)(i % s->qr.side) + 0.5F, (float)(i / s->qr.side) + 0.5F);
		most = fmaxf(most, point_distance(at, l->at[i]));
	}
	return most;
}

static void grids_lie_on_the_modules(void **state) {
	struct painted *s = *state;
	static struct lattice lattice;
	painted_paint(s, TEXT, SLANTED);
	struct grid g = best_grid(s);
	lattice_of_grid(&g, &lattice);
	float before = worst(s, &lattice);
	assert_true(before < 3);
	grid_climb(&s->image, &g, &no_deadline);
	lattice_of_grid(&g, &lattice);
	assert_true(worst(s, &lattice) < 2.3F);
}

/* A grid is found again where the symbol has gone since. */
static void grids_are_followed(void **state) {
	struct painted *s = *state;
	static struct lattice lattice;
	struct followed from = {.version = 0};
	struct grid g;
	painted_paint(s, TEXT, SLANTED);
	from.version = qr_version(&s->qr);
	float module = 250.0F / (float)s->qr.side;
	for (int i = 0; i < 4; i++) { /* two modules across, one up, and a little askew */
		from.corners[i] = point_add(SLANTED[i], (struct point){2 * module + (i == 2 ? module / 2 : 0), -module});
	}
	assert_true(follow_grid(&s->image, &from, &no_deadline, &g));
	lattice_of_grid(&g, &lattice);
	assert_true(worst(s, &lattice) < 0.45F * module);
	for (int i = 0; i < 4; i++) {
		from.corners[i] = SLANTED[0];
	}
	assert_false(follow_grid(&s->image, &from, &no_deadline, &g)); /* no corners at all */
}

static void warps_lie_on_bent_paper(void **state) {
	struct painted *s = *state;
	static struct lattice lattice;
	static struct symbol_map map;
	struct warp warp = {.count = 0};
	s->bend = 9;
	painted_paint(s, TEXT, (const struct point[4]){{180, 100}, {440, 100}, {440, 360}, {180, 360}});
	struct grid g = best_grid(s);
	lattice_of_grid(&g, &lattice);
	float before = worst(s, &lattice);
	symbol_map_fill(&map, g.version);
	for (int i = 0; i < 3; i++) {
		assert_true(warp_fit(&s->image, &(struct warp_options){.grid = &g, .map = &map, .deadline = &no_deadline}, &warp));
	}
	lattice_of_warp(&g, &warp, &lattice);
	float module = 260.0F / (float)s->qr.side;
	assert_true(before > 0.7F * module); /* else there was nothing to do */
	assert_true(worst(s, &lattice) < 0.45F * module);
	/* One that modules which look alike led astray comes back. */
	struct point *astray = &warp.off[3 * warp.count + 3];
	*astray = point_add(*astray, (struct point){1.6F * module, 1.2F * module});
	lattice_of_warp(&g, &warp, &lattice);
	assert_true(worst(s, &lattice) > module);
	for (int i = 0; i < 2; i++) {
		assert_true(warp_fit(&s->image, &(struct warp_options){.grid = &g, .map = &map, .deadline = &no_deadline}, &warp));
	}
	lattice_of_warp(&g, &warp, &lattice);
	assert_true(worst(s, &lattice) < 0.6F * module);
}

/* --- reading ------------------------------------------------------------------------------------------------------------------------------ */

struct told {
	struct payload payload;
	struct point corners[4];
	const char *stage;
	int count;
};

static enum search_verdict take(void *context, const struct search_find *find) {
	struct told *t = context;
	assert_true(payload_read(find->symbol, &t->payload));
	memcpy(t->corners, find->corners, sizeof t->corners);
	t->stage = find->stage;
	t->stage = find->stage;
	t->count++;
	return SEARCH_ENOUGH;
}

static void assert_read(struct painted *s, const char *text, const struct point corners[4]) {
	struct reader *reader = reader_open();
	struct told t = {.count = 0};
	assert_true(reader_search(reader, &s->image, &(struct reader_options){.found = take, .context = &t}));
	assert_int_equal(t.count, 1);
	assert_string_equal(strbuf_str(&t.payload.bytes), text);
	for (int i = 0; i < 4 && corners != NULL; i++) {
		assert_true(point_distance(t.corners[i], corners[i]) < 8);
	}
	payload_fini(&t.payload);
	reader_close(reader);
}

static void in_every_position(void **state) {
	struct painted *s = *state;
	static const struct point positions[][4] = {
		{{200, 100}, {440, 100}, {440, 340}, {200, 340}}, /* upright, */
		{{440, 100}, {440, 340}, {200, 340}, {200, 100}}, /* turned, */
		{{440, 340}, {200, 340}, {200, 100}, {440, 100}}, {{200, 340}, {200, 100}, {440, 100}, {440, 340}},
		{{320, 70}, {490, 240}, {320, 410}, {150, 240}},                                                    /* on a corner, */
		{{240, 100}, {400, 100}, {460, 380}, {180, 380}},                                                   /* leaning back, */
		{{100, 150}, {400, 60}, {420, 420}, {120, 330}},  {{300, 200}, {368, 200}, {368, 268}, {300, 268}}, /* far away. */
	};
	for (size_t i = 0; i < COUNT_OF(positions); i++) {
		painted_paint(s, TEXT, positions[i]);
		assert_read(s, TEXT, positions[i]);
	}
}

static void turned_over(void **state) {
	struct painted *s = *state;
	painted_paint(s, TEXT, (const struct point[4]){{440, 100}, {200, 100}, {200, 340}, {440, 340}});
	assert_read(s, TEXT, NULL); /* as in a mirror */
	painted_paint(s, TEXT, SLANTED);
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		s->image.luma[i] = (uint8_t)(255 - s->image.luma[i]);
	}
	assert_read(s, TEXT, SLANTED); /* light on dark */
}

/* Only in the ways that were asked for, and first where it was said to be. */
static void ways_and_places(void **state) {
	struct painted *s = *state;
	struct reader *reader = reader_open();
	struct told t = {.count = 0};
	struct sight *sight = xcalloc(1, sizeof *sight);
	struct reader_options options = {.found = take, .context = &t, .ways = READER_INVERTED, .sight = sight};
	painted_paint(s, TEXT, SLANTED);
	assert_false(reader_search(reader, &s->image, &options));
	options.ways = READER_QUARTER | READER_HALF;
	assert_true(reader_search(reader, &s->image, &options));
	assert_string_equal(t.stage, "half");
	struct region beside = {-50, -50, 150, 150};
	options.first = &beside;
	assert_true(reader_search(reader, &s->image, &options));
	assert_string_equal(t.stage, "half");
	struct region there = {130, 70, 2 * WIDTH, 320}; /* beyond the edge, too */
	options.first = &there;
	assert_true(reader_search(reader, &s->image, &options));
	assert_true(strncmp(t.stage, "tracked", 7) == 0);
	for (int i = 0; i < 4; i++) {
		assert_true(point_distance(t.corners[i], SLANTED[i]) < 8);
	}
	struct followed known = {.version = qr_version(&s->qr)};
	memcpy(known.corners, SLANTED, sizeof known.corners);
	options.known = &known;
	assert_true(reader_search(reader, &s->image, &options));
	assert_string_equal(t.stage, "followed");
	assert_int_equal(t.count, 4);
	payload_fini(&t.payload);
	free(sight);
	reader_close(reader);
}

static enum search_verdict refuse(void *context, const struct search_find *find) {
	(void)context;
	(void)find;
	return SEARCH_NOTHING;
}

/* What was seen of a symbol of which nothing came: the modules as they are printed, the right way round also in a mirror. */
static void sightings(void **state) {
	struct painted *s = *state;
	static const struct point mirrored[4] = {{430, 90}, {180, 120}, {210, 360}, {460, 300}};
	struct reader *reader = reader_open();
	struct sight *sight = xcalloc(1, sizeof *sight);
	for (int way = 0; way < 2; way++) {
		const struct point *corners = way == 0 ? SLANTED : mirrored;
		int wrong = 0;
		painted_paint(s, TEXT, corners);
		assert_false(reader_search(reader, &s->image, &(struct reader_options){.found = refuse, .sight = sight}));
		assert_int_equal(sight->kind, SIGHT_MODULES);
		assert_true(sight->right >= SIGHT_RIGHT_SURE);
		assert_int_equal(sight->version, qr_version(&s->qr));
		for (int i = 0; i < 4; i++) {
			assert_true(point_distance(sight->corners[i], corners[i]) < 8);
		}
		for (int i = 0; i < s->qr.side * s->qr.side; i++) {
			wrong += (sight->measured.sure[i] > 0) != qr_dark(&s->qr, i % s->qr.side, i / s->qr.side);
		}
		assert_true(wrong < 5);
	}
	memset(s->image.luma, 128, WIDTH * HEIGHT);
	assert_false(reader_search(reader, &s->image, &(struct reader_options){.found = refuse, .sight = sight}));
	assert_int_equal(sight->kind, SIGHT_NOTHING);
	free(sight);
	reader_close(reader);
}

static enum search_verdict take_on(void *context, const struct search_find *find) {
	take(context, find);
	return SEARCH_GO_ON;
}

static void several_at_once(void **state) {
	struct painted *s = *state;
	struct err err = {0};
	struct image all;
	struct told t = {.count = 0};
	assert_ok(image_init(&all, 2 * WIDTH, HEIGHT, &err));
	for (int k = 0; k < 2; k++) {
		painted_paint(s, k == 0 ? "the first" : "the second of them, which is longer", SLANTED);
		for (int y = 0; y < HEIGHT; y++) {
			memcpy(all.luma + (size_t)y * 2 * WIDTH + (size_t)k * WIDTH, s->image.luma + (size_t)y * WIDTH, WIDTH);
		}
	}
	struct reader *reader = reader_open();
	assert_false(reader_search(reader, &all, &(struct reader_options){.found = take_on, .context = &t}));
	assert_int_equal(t.count, 2); /* each once, though all ways of looking were gone through */
	payload_fini(&t.payload);
	reader_close(reader);
	image_fini(&all);
}

/* A sheet of badges: more symbols than there is room for patterns at once. With all the time there is, and with a little of it, all are found. */
static void a_sheet_of_them(void **state) {
	enum { ACROSS = 6, DOWN = 5, PITCH = 110, PIXELS = 3 };
	struct painted *s = *state;
	struct err err = {0};
	struct image sheet;
	assert_ok(image_init(&sheet, (int64_t)ACROSS * PITCH, (int64_t)DOWN * PITCH, &err));
	memset(sheet.luma, 230, (size_t)sheet.stride * (size_t)sheet.height);
	for (int k = 0; k < ACROSS * DOWN; k++) {
		char text[32];
		snprintf(text, sizeof text, "TO1 badge %d", k);
		assert_ok(qr_encode(&s->qr, text, strlen(text), QR_LEVEL_M, &err));
		for (int i = 0; i < s->qr.side * PIXELS * s->qr.side * PIXELS; i++) {
			int x = i % (s->qr.side * PIXELS);
			int y = i / (s->qr.side * PIXELS);
			int at = (k / ACROSS * PITCH + 15 + y) * sheet.stride + k % ACROSS * PITCH + 15 + x;
			sheet.luma[at] = qr_dark(&s->qr, x / PIXELS, y / PIXELS) ? 30 : 230;
		}
	}
	struct reader *reader = reader_open();
	for (int64_t budget = 0; budget <= 60000000; budget += 60000000) {
		struct told t = {.count = 0};
		assert_false(reader_search(reader, &sheet,
					   &(struct reader_options){.budget_us = budget, .found = take_on, .context = &t, .all = true}));
		assert_int_equal(t.count, ACROSS * DOWN);
		payload_fini(&t.payload);
	}
	reader_close(reader);
	image_fini(&sheet);
}

/* The stage that reads the scene when no other way of looking is allowed; "-": none. */
static const char *read_by(const struct painted *s, unsigned ways, int64_t budget_us) {
	static const char *const names[] = {"half", "full", "quarter", "double", "sharp", "inked", "inverted", "inverted-full"};
	struct reader *reader = reader_open();
	struct told t = {.count = 0};
	bool found = reader_search(reader, &s->image,
				   &(struct reader_options){.budget_us = budget_us, .found = take, .context = &t, .ways = ways});
	const char *stage = "-";
	for (size_t i = 0; found && i < COUNT_OF(names); i++) {
		stage = strcmp(t.stage, names[i]) == 0 ? names[i] : stage;
	}
	payload_fini(&t.payload);
	reader_close(reader);
	return stage;
}

/* Each way of looking finds by itself what it is there for, and nobody else's. */
static void every_way_by_itself(void **state) {
	struct painted *s = *state;
	const struct point upright[4] = {{200, 100}, {440, 100}, {440, 340}, {200, 340}};
	painted_paint(s, TEXT, upright);
	assert_string_equal(read_by(s, READER_HALF, 0), "half");
	assert_string_equal(read_by(s, READER_FULL, 0), "full");
	assert_string_equal(read_by(s, READER_QUARTER, 0), "quarter");
	assert_string_equal(read_by(s, READER_DOUBLE, 0), "double");
	assert_string_equal(read_by(s, READER_SHARP, 0), "sharp");
	assert_string_equal(read_by(s, READER_INVERTED | READER_INVERTED_FULL, 0), "-");
	for (int y = 0; y < HEIGHT; y++) { /* a dark bar beside two of its patterns */
		memset(s->image.luma + (size_t)y * (size_t)s->image.stride + 120, 40, 80);
	}
	assert_string_equal(read_by(s, READER_HALF, 0), "-");
	assert_string_equal(read_by(s, READER_INKED, 0), "inked");
	painted_paint(s, TEXT, upright);
	for (int i = 0; i < s->image.stride * s->image.height; i++) {
		s->image.luma[i] = (uint8_t)(255 - s->image.luma[i]);
	}
	assert_string_equal(read_by(s, READER_HALF | READER_FULL | READER_SHARP, 0), "-");
	assert_string_equal(read_by(s, READER_INVERTED, 0), "inverted");
	assert_string_equal(read_by(s, READER_INVERTED_FULL, 0), "inverted-full");
}

/* A microsecond is over before anything was looked at, on any machine. */
static void when_time_is_over_nothing_is_begun(void **state) {
	struct painted *s = *state;
	painted_paint(s, TEXT, SLANTED);
	assert_string_equal(read_by(s, 0, 1), "-");
	assert_string_equal(read_by(s, 0, 60000000), "half");
}

static enum search_verdict refuse_first(void *context, const struct search_find *find) {
	struct told *t = context;
	return t->count == 0 ? (t->count++, SEARCH_NOTHING) : take(context, find);
}

/* What was found and says nothing does not end the search, not even when time is short. */
static void what_says_nothing_was_not_found(void **state) {
	struct painted *s = *state;
	struct reader *reader = reader_open();
	struct told t = {.count = 0};
	painted_paint(s, TEXT, SLANTED);
	assert_true(
		reader_search(reader, &s->image, &(struct reader_options){.budget_us = 60000000, .found = refuse_first, .context = &t}));
	assert_int_equal(t.count, 2);
	assert_string_equal(strbuf_str(&t.payload.bytes), TEXT);
	payload_fini(&t.payload);
	reader_close(reader);
}

static void points_beyond_a_picture(void **state) {
	struct painted *s = *state;
	s->image.luma[0] = 7;
	s->image.luma[HEIGHT * WIDTH - 1] = 9;
	assert_int_equal(image_grey(&s->image, -INFINITY, -1e30F), 7);
	assert_int_equal(image_grey(&s->image, NAN, NAN), 7);
	assert_int_equal(image_grey(&s->image, INFINITY, 1e30F), 9);
	assert_int_equal(image_grey(&s->image, WIDTH - 0.5F, HEIGHT - 0.5F), 9);
}

static void tiny_pictures(void **state) {
	(void)state;
	struct err err = {0};
	struct reader *reader = reader_open();
	struct told t = {.count = 0};
	for (int side = 1; side < 100; side += 7) {
		struct image image;
		assert_ok(image_init(&image, side, 100 - side, &err));
		assert_false(reader_search(reader, &image, &(struct reader_options){.found = take, .context = &t}));
		image_fini(&image);
	}
	reader_close(reader);
}

#define SCENE(f) cmocka_unit_test_setup_teardown(f, painted_set_up, painted_tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {
		SCENE(bitmaps),
		SCENE(patterns_are_found_where_they_are),
		SCENE(a_damaged_pattern_is_found_by_the_others),
		SCENE(two_of_different_symbols_have_no_third),
		SCENE(what_takes_long_looks_at_the_clock),
		SCENE(pictures_twice_the_size),
		SCENE(grids_lie_on_the_modules),
		SCENE(grids_are_followed),
		SCENE(warps_lie_on_bent_paper),
		SCENE(in_every_position),
		SCENE(turned_over),
		SCENE(ways_and_places),
		SCENE(sightings),
		SCENE(several_at_once),
		SCENE(a_sheet_of_them),
		SCENE(every_way_by_itself),
		SCENE(when_time_is_over_nothing_is_begun),
		SCENE(what_says_nothing_was_not_found),
		SCENE(points_beyond_a_picture),
		cmocka_unit_test(tiny_pictures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
