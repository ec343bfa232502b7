/* debounce and wedge: what is let through, and who types. */
#include "lib/testing.h"

#include "base/alloc.h"
#include "scan/debounce.h"
#include "scan/wedge.h"

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

static enum wedge_answer type(struct wedge *w, const char *text, int gap_ms, int64_t *ms, bool caps) {
	for (; *text != '\0'; text++) {
		bool shift = false;
		uint16_t usage = usage_of(*text, &shift);
		wedge_feed(w, &(struct wedge_key){.usage = usage, .pressed = true, .shift = shift, .caps_lock = caps, .time_ms = *ms});
		wedge_feed(w, &(struct wedge_key){.usage = usage, .pressed = false, .shift = shift, .caps_lock = caps, .time_ms = *ms + 1});
		*ms += gap_ms;
	}
	return wedge_feed(w, &(struct wedge_key){.usage = 0x28, .pressed = true, .caps_lock = caps, .time_ms = *ms});
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

static void people_are_no_scanners(void **state) {
	(void)state;
	struct wedge w = {0};
	int64_t ms = 1000;
	assert_int_not_equal(type(&w, "7F3K2MQ9", 120, &ms, false), WEDGE_CODE);
	ms += 1000;
	assert_int_not_equal(type(&w, "AB", 5, &ms, false), WEDGE_CODE); /* too short */
	assert_false(wedge_holds(&w, ms + 1000));
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

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_code_in_view_passes_once), cmocka_unit_test(another_code_passes_at_once),
					   cmocka_unit_test(a_burst_is_a_code),          cmocka_unit_test(people_are_no_scanners),
					   cmocka_unit_test(caps_lock_is_seen_through),  cmocka_unit_test(endless_bursts)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
