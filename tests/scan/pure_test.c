/* debounce, wedge and framing: what is let through, who types, and where a code begins and ends. */
#include "lib/testing.h"

#include <limits.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "scan/hand/framing.h"
#include "scan/hand/wedge.h"
#include "scan/image/least.h"
#include "scan/image/region.h"
#include "scan/track/debounce.h"

static void a_code_in_view_passes_once(void **state) {
	(void)state;
	struct debounce d = {0};
	assert_true(debounce_pass(&d, "A", 1, 0));
	for (int64_t ms = 30; ms < 60000; ms += 30) {
		assert_false(debounce_pass(&d, "A", 1, ms)); /* held before the camera for a minute */
	}
	assert_false(debounce_pass(&d, "A", 1, 59970 + DEBOUNCE_MS - 1));
	assert_true(debounce_pass(&d, "A", 1, 59970 + 2 * DEBOUNCE_MS));
}

static void another_code_passes_at_once(void **state) {
	(void)state;
	struct debounce d = {0};
	assert_true(debounce_pass(&d, "A", 1, 0));
	assert_true(debounce_pass(&d, "B", 1, 1));
	assert_false(debounce_pass(&d, "A", 1, 2)); /* two badges in view do not take turns */
	assert_false(debounce_pass(&d, "B", 1, 3));
	debounce_reset(&d);
	assert_true(debounce_pass(&d, "A", 1, 4));
}

/* HID usages of the US layout. */
static uint16_t usage_of(char c, bool *shift) {
	for (uint16_t u = 0x04; u < 0x64; u++) {
		for (int s = 0; s < 2; s++) {
			if (wedge_character(u, s != 0) == c) {
				*shift = s != 0;
				return u;
			}
		}
	}
	fail_msg("no key types '%c'", c);
	return 0;
}

static const struct framing plain; /* Enter ends a code */

static enum wedge_answer press(struct wedge *w, const struct framing *framing, struct wedge_key key) {
	key.pressed = true;
	enum wedge_answer answer = wedge_feed(w, framing, &key);
	key.pressed = false;
	key.time_ms++;
	assert_int_equal(wedge_feed(w, framing, &key), WEDGE_NOTHING);
	return answer;
}

/* Types the text without anything behind it; what the last key was answered with. */
static enum wedge_answer type_keys(struct wedge *w, const struct framing *framing, const char *text, int gap_ms, int64_t *ms) {
	enum wedge_answer answer = WEDGE_NOTHING;
	for (; *text != '\0'; text++) {
		struct wedge_key key = {.time_ms = *ms};
		key.usage = usage_of(*text, &key.shift);
		answer = press(w, framing, key);
		*ms += gap_ms;
	}
	return answer;
}

static enum wedge_answer type(struct wedge *w, const char *text, int gap_ms, int64_t *ms, bool caps) {
	for (; *text != '\0'; text++) {
		bool shift = false;
		uint16_t usage = usage_of(*text, &shift);
		press(w, &plain, (struct wedge_key){.usage = usage, .shift = shift, .caps_lock = caps, .time_ms = *ms});
		*ms += gap_ms;
	}
	return press(w, &plain, (struct wedge_key){.usage = 0x28, .caps_lock = caps, .time_ms = *ms});
}

static void a_burst_is_a_code(void **state) {
	(void)state;
	static const char code[] = "TO1%69 VD92EX0$*+-./:abc";
	struct wedge w = {0};
	int64_t ms = 1000;
	assert_int_equal(type(&w, code, 5, &ms, false), WEDGE_CODE);
	assert_string_equal(w.text, code);
	ms += 1000;
	assert_int_equal(type(&w, "https://example.org/?a=1&b=2", WEDGE_GAP_MS, &ms, false), WEDGE_CODE);
	assert_string_equal(w.text, "https://example.org/?a=1&b=2");
}

/* Numbers of a list as codes; one after the other, too. */
static void short_codes_where_nobody_types(void **state) {
	(void)state;
	struct wedge w = {0};
	int64_t ms = 1000;
	assert_int_equal(type(&w, "7", 5, &ms, false), WEDGE_CODE);
	assert_string_equal(w.text, "7");
	ms += 60;
	assert_int_equal(type(&w, "42", 5, &ms, false), WEDGE_CODE);
	assert_string_equal(w.text, "42");
	ms += 1000;
	type_keys(&w, &plain, "A", 120, &ms);
	ms += WEDGE_QUIET_MS;
	assert_int_equal(type(&w, "8", 5, &ms, false), WEDGE_CODE);
	assert_string_equal(w.text, "8");
}

static void people_are_no_scanners(void **state) {
	(void)state;
	struct wedge w = {0};
	int64_t ms = 1000;
	assert_int_not_equal(type(&w, "7F3K2MQ9", 120, &ms, false), WEDGE_CODE);
	ms += 1000;
	type_keys(&w, &plain, "OLEN", 120, &ms);
	assert_int_not_equal(type(&w, "KA", 30, &ms, false), WEDGE_CODE); /* a word's end and Enter */
	assert_false(wedge_holds(&w, ms + 1000));
	ms += 100;
	assert_int_not_equal(type(&w, "7", 30, &ms, false), WEDGE_CODE);
	ms += 1000;
	assert_int_equal(press(&w, &plain, (struct wedge_key){.usage = 0x28, .time_ms = ms}), WEDGE_NOTHING); /* Enter alone */
}

static void caps_lock_is_seen_through(void **state) {
	(void)state;
	struct wedge w = {0};
	int64_t ms = 0;
	assert_int_equal(type(&w, "to1abc", 5, &ms, true), WEDGE_CODE);
	assert_true(strcmp(w.text, "TO1ABC") == 0 || strcmp(w.turned, "TO1ABC") == 0);
}

static void endless_bursts(void **state) {
	(void)state;
	struct wedge w = {0};
	int64_t ms = 0;
	char *text = xmalloc(WEDGE_LENGTH_MAX * 2);
	memset(text, 'A', WEDGE_LENGTH_MAX * 2 - 1);
	text[WEDGE_LENGTH_MAX * 2 - 1] = '\0';
	assert_int_not_equal(type(&w, text, 1, &ms, false), WEDGE_CODE);
	ms += 1000;
	assert_int_equal(type(&w, "ABCDEFG", 1, &ms, false), WEDGE_CODE); /* and the next one is read again */
	free(text);
}

/* --- framing ------------------------------------------------------------------------------------------------------------------------- */

static struct framing framing_of(const char *prefix, const char *suffix) {
	struct err err = {0};
	struct framing f;
	assert_ok(framing_parse(prefix, suffix, &f, &err));
	return f;
}

static void marks_are_read_and_written(void **state) {
	(void)state;
	static const char *const marks[] = {"none", "enter", "tab", "stx", "etx", "]C1", "\\x1d", "A\\x5cB", "\\x02\\x03"};
	static const char *const wrong[] = {"\\", "\\q", "\\x1", "\\xzz", "123456789"};
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		struct framing_mark mark;
		struct err err = {0};
		char text[FRAMING_TEXT_MAX];
		assert_ok(framing_mark_parse(marks[i], &mark, &err));
		framing_mark_print(&mark, text);
		assert_string_equal(text, marks[i]);
	}
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct framing_mark mark;
		struct err err = {0};
		assert_false(framing_mark_parse(wrong[i], &mark, &err));
		assert_int_equal(err.kind, ERR_USAGE);
	}
	struct framing_mark escaped;
	struct err err = {0};
	assert_ok(framing_mark_parse("\\r\\n\\t\\\\\\x41", &escaped, &err));
	assert_int_equal(escaped.length, 5);
	assert_memory_equal(escaped.bytes, "\r\n\t\\A", 5);
}

static void wedges_with_marks_of_their_own(void **state) {
	(void)state;
	const struct framing tab = framing_of("none", "tab"), sharp = framing_of("#", "~~");
	struct wedge w = {0};
	int64_t ms = 1000;
	type_keys(&w, &tab, "FIRST-111", 5, &ms);
	assert_int_equal(press(&w, &tab, (struct wedge_key){.usage = 0x2B, .time_ms = ms}), WEDGE_CODE);
	assert_string_equal(w.text, "FIRST-111");
	ms += 1000;
	type_keys(&w, &tab, "FIRST-111", 5, &ms); /* Enter is nothing here */
	assert_int_equal(press(&w, &tab, (struct wedge_key){.usage = 0x28, .time_ms = ms}), WEDGE_NOTHING);
	ms += 1000;
	assert_int_equal(type_keys(&w, &sharp, "#CODE~1~~", 5, &ms), WEDGE_CODE);
	assert_string_equal(w.text, "CODE~1");
	ms += 1000;
	assert_int_equal(type_keys(&w, &sharp, "CODE~1~~", 5, &ms), WEDGE_NOTHING); /* without the prefix it is no scanner */
	/* STX and ETX come as Control B and Control C. */
	const struct framing control = framing_of("stx", "etx");
	ms += 1000;
	press(&w, &control, (struct wedge_key){.usage = 0x05, .control = true, .time_ms = ms});
	type_keys(&w, &control, "badge 7", 5, &ms);
	assert_int_equal(press(&w, &control, (struct wedge_key){.usage = 0x06, .control = true, .time_ms = ms}), WEDGE_CODE);
	assert_string_equal(w.text, "badge 7");
}

static void a_pause_ends_a_code(void **state) {
	(void)state;
	const struct framing pause = framing_of("none", "none");
	struct wedge w = {0};
	int64_t ms = 1000;
	assert_int_equal(type_keys(&w, &pause, "FIRST-111", 5, &ms), WEDGE_HELD);
	assert_false(wedge_pause(&w, &pause, ms));
	assert_true(wedge_pause(&w, &pause, ms + WEDGE_GAP_MS + 1));
	assert_string_equal(w.text, "FIRST-111");
	assert_false(wedge_pause(&w, &pause, ms + 2 * WEDGE_GAP_MS));
	ms += 1000;
	type_keys(&w, &pause, "ABC", 5, &ms); /* somebody drums on the keys */
	assert_false(wedge_pause(&w, &pause, ms + 1000));
	assert_false(wedge_pause(&w, &plain, ms + 1000));
}

/* Alt down, digits on the keypad, Alt up. */
static enum wedge_answer alt_code(struct wedge *w, const char *digits, int64_t *ms) {
	struct wedge_key alt = {.usage = 0xE2, .alt = true, .pressed = true, .time_ms = *ms};
	wedge_feed(w, &plain, &alt);
	for (; *digits != '\0'; digits++, *ms += 2) {
		uint16_t usage = (uint16_t)(*digits == '0' ? 0x62 : 0x59 + *digits - '1');
		press(w, &plain, (struct wedge_key){.usage = usage, .alt = true, .time_ms = *ms});
	}
	return wedge_feed(w, &plain, &(struct wedge_key){.usage = 0xE2, .time_ms = *ms += 2});
}

static void alt_and_the_keypad(void **state) {
	(void)state;
	static const struct {
		const char *numbers[8], *text;
	} cases[] = {
		{{"084", "079", "49", "045", "97"}, "TO1-a"},       /* ASCII, with and without zeros */
		{{"0233", "0128", "0255"}, "\u00e9\u20ac\u00ff"},   /* code page 1252 */
		{{"130", "225", "254"}, "\u00e9\u00df\u25a0"},      /* code page 437 */
		{{"0208", "0158", "0208", "0187"}, "\u041e\u043b"}, /* UTF-8, byte by byte */
		{{"1054", "1083", "8364"}, "\u041e\u043b\u20ac"},   /* Unicode's numbers */
		{{"65", "66", "67", "55296", "9999999"}, "ABC"},    /* no characters */
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct wedge w = {0};
		int64_t ms = 1000;
		for (size_t k = 0; k < 8 && cases[i].numbers[k] != NULL; k++) {
			assert_int_equal(alt_code(&w, cases[i].numbers[k], &ms), WEDGE_NOTHING);
			assert_true(wedge_holds(&w, ms));
		}
		assert_int_equal(press(&w, &plain, (struct wedge_key){.usage = 0x28, .time_ms = ms}), WEDGE_CODE);
		assert_string_equal(w.text, cases[i].text);
	}
	struct wedge w = {0};
	int64_t ms = 1000;
	type_keys(&w, &plain, "AB", 5, &ms);
	alt_code(&w, "67", &ms);
	assert_int_equal(alt_code(&w, "013", &ms), WEDGE_CODE); /* Enter, as everything */
	assert_string_equal(w.text, "ABC");
}

/* --- serial -------------------------------------------------------------------------------------------------------------------------- */

/* The codes in a stream of bytes that come 1 ms apart, with "|" behind each. */
static void frame(const struct framing *framing, const char *bytes, size_t n, struct strbuf *out) {
	struct framer *f = xcalloc(1, sizeof *f);
	int64_t ms = 1000;
	for (size_t i = 0; i < n; i++) {
		if (framer_byte(f, framing, bytes[i], ms++)) {
			strbuf_add(out, f->text, f->length);
			strbuf_addc(out, '|');
		}
	}
	ms += FRAMING_PAUSE_MS;
	if (framer_pause(f, framing, ms)) {
		strbuf_add(out, f->text, f->length);
		strbuf_addc(out, '|');
	}
	assert_false(framer_pause(f, framing, ms + 1));
	free(f);
}

static void bytes_of_a_serial_scanner(void **state) {
	(void)state;
	static const struct {
		const char *prefix, *suffix, *bytes, *codes;
	} cases[] = {
		{"none", "enter", "ONE\rTWO\nTHREE\r\n\r\n\nFOUR\r\nFI", "ONE|TWO|THREE|FOUR|"},
		{"stx", "etx",
		 "x\x02ONE\x03\r\n\x02"
		 "CUT\x02TWO\x03",
		 "ONE|TWO|"},
		{"]C1", "tab", "]C1ONE\tTWO\t]C1\t]C1]C\t", "ONE|]C|"},
		{"none", "\\r\\n", "A\rB\r\nC", "A\rB|"},
		{"none", "none", "ONE\r\n", "ONE\r\n|"},
		{"#", "none", "#ONE", "ONE|"},
		{"#", "none", "ONE", ""},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct framing f = framing_of(cases[i].prefix, cases[i].suffix);
		struct strbuf out = {0};
		frame(&f, cases[i].bytes, strlen(cases[i].bytes), &out);
		assert_string_equal(strbuf_str(&out), cases[i].codes);
		strbuf_fini(&out);
	}
}

static void serial_noise(void **state) {
	(void)state;
	struct framer *f = xcalloc(1, sizeof *f);
	int64_t ms = 0;
	for (int i = 0; i < 10 * FRAMING_CODE_MAX; i++) {
		assert_false(framer_byte(f, &plain, 'x', ms));
	}
	assert_false(framer_byte(f, &plain, '\r', ms)); /* overlong: no code */
	assert_false(framer_byte(f, &plain, 'A', ms));
	assert_true(framer_byte(f, &plain, '\r', ms));
	assert_string_equal(f->text, "A");
	assert_false(framer_byte(f, &plain, 'B', ms));
	assert_false(framer_byte(f, &plain, 'C', ms + FRAMING_STALE_MS + 1)); /* half a code, a plug pulled out */
	assert_true(framer_byte(f, &plain, '\n', ms + FRAMING_STALE_MS + 2));
	assert_string_equal(f->text, "C");
	assert_int_equal(framer_due_ms(f, &plain, ms), -1);
	free(f);
}

static void quadrilaterals_hold_what_is_within(void **state) {
	(void)state;
	const struct point slanted[4] = {{10, 20}, {90, 30}, {80, 120}, {5, 100}};
	const struct point mirrored[4] = {{10, 20}, {5, 100}, {80, 120}, {90, 30}};
	const struct point out[] = {{0, 60}, {50, 10}, {95, 60}, {40, 130}};
	assert_true(point_within((struct point){45, 60}, slanted) && point_within((struct point){45, 60}, mirrored));
	for (size_t i = 0; i < COUNT_OF(out); i++) {
		assert_false(point_within(out[i], slanted) || point_within(out[i], mirrored));
	}
}

static void parts_lie_within_their_pictures(void **state) {
	(void)state;
	static uint8_t pixels[100 * 80];
	struct image image = {pixels, 90, 80, 100};
	struct part part;
	assert_true(region_cut(&image, &(struct region){-10, 20, 60, 200}, &part));
	assert_ptr_equal(part.image.luma, pixels + 20 * 100);
	assert_int_equal(part.image.width, 50);
	assert_int_equal(part.image.height, 60);
	assert_int_equal(part.image.stride, 100);
	assert_float_equal(part.at.y, 20, 0);
	assert_true(region_cut(&image, &(struct region){0, 0, INT_MAX, INT_MAX}, &part));
	assert_int_equal(part.image.width, 90);
	assert_false(region_cut(&image, &(struct region){0, 0, REGION_SIDE_LEAST - 1, 80}, &part));
	assert_false(region_cut(&image, &(struct region){200, 0, 100, 80}, &part));
}

/* Two straight lines through points that lie on none: what is left over is least in squares, and weighs as it is told. */
static void equations_that_contradict(void **state) {
	(void)state;
	struct least l = {.unknowns = 2, .sides = 2};
	double out[4];
	for (int x = 0; x < 4; x++) {
		least_add(&l, (const double[]){1, x, 3 + 2 * x + (x % 2 == 0 ? 0.5 : -0.5), -x}, 1);
	}
	assert_true(least_solve(&l, out));
	assert_float_equal(out[0], 3.3, 1e-9); /* by hand: the line nearest to 3.5, 4.5, 7.5, 8.5 */
	assert_float_equal(out[1], 1.8, 1e-9);
	assert_float_equal(out[2], 0, 1e-9);
	assert_float_equal(out[3], -1, 1e-9);
	l = (struct least){.unknowns = 1, .sides = 1};
	least_add(&l, (const double[]){1, 10}, 3);
	least_add(&l, (const double[]){1, 20}, 1);
	assert_true(least_solve(&l, out));
	assert_float_equal(out[0], 12.5, 1e-9);
	l = (struct least){.unknowns = 2, .sides = 1};
	least_add(&l, (const double[]){1, 1, 5}, 1); /* one equation for two */
	assert_false(least_solve(&l, out));
}

static void maps_go_through_their_points(void **state) {
	(void)state;
	static const struct point slanted[4] = {{180, 90}, {430, 120}, {400, 360}, {150, 300}};
	struct homography map, back;
	const struct point square[4] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}};
	assert_true(homography_of_square(10, slanted, &map));
	assert_true(homography_fit(&(struct pairs){slanted, square, NULL, 4}, &back));
	for (int i = 0; i < 4; i++) {
		assert_true(point_distance(homography_at(&map, square[i].x, square[i].y), slanted[i]) < 0.01F);
	}
	struct point p = homography_at(&map, 3, 7);
	assert_true(point_distance(homography_at(&back, p.x, p.y), (struct point){3, 7}) < 0.01F);
	/* Many points that all lie so give the same map. */
	struct point from[25], to[25];
	for (int i = 0; i < 25; i++) {
		from[i] = (struct point){(float)(i % 5), (float)(i / 5)};
		to[i] = homography_at(&map, from[i].x, from[i].y);
	}
	struct homography again;
	assert_true(homography_fit(&(struct pairs){from, to, NULL, 25}, &again));
	assert_true(point_distance(homography_at(&again, 10, 10), slanted[2]) < 0.1F);
	for (int i = 0; i < 25; i++) {
		from[i].y = 0; /* a line determines nothing */
	}
	assert_false(homography_fit(&(struct pairs){from, to, NULL, 25}, &again));
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(quadrilaterals_hold_what_is_within),
					   cmocka_unit_test(parts_lie_within_their_pictures),
					   cmocka_unit_test(equations_that_contradict),
					   cmocka_unit_test(maps_go_through_their_points),
					   cmocka_unit_test(a_code_in_view_passes_once),
					   cmocka_unit_test(another_code_passes_at_once),
					   cmocka_unit_test(a_burst_is_a_code),
					   cmocka_unit_test(people_are_no_scanners),
					   cmocka_unit_test(short_codes_where_nobody_types),
					   cmocka_unit_test(caps_lock_is_seen_through),
					   cmocka_unit_test(endless_bursts),
					   cmocka_unit_test(marks_are_read_and_written),
					   cmocka_unit_test(wedges_with_marks_of_their_own),
					   cmocka_unit_test(a_pause_ends_a_code),
					   cmocka_unit_test(alt_and_the_keypad),
					   cmocka_unit_test(bytes_of_a_serial_scanner),
					   cmocka_unit_test(serial_noise)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
