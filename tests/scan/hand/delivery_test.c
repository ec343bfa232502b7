#include "scan/hand/delivery.h"

#include "lib/testing.h"

#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "scan/hand/wedge.h"

static enum delivery judge(const char *text) { return delivery_judge(text, strlen(text)); }

static void what_came_says_what_happened(void **state) {
	(void)state;
	static const struct {
		const char *text;
		enum delivery is;
	} codes[] = {
		{"", DELIVERY_WHOLE},
		{"7", DELIVERY_WHOLE}, /* one and two characters are codes like others */
		{"A1", DELIVERY_WHOLE},
		{"OLENA-77", DELIVERY_WHOLE},
		{"https://example.org/?a=1", DELIVERY_WHOLE},
		{"TOMATO", DELIVERY_WHOLE},
		{"\x1D"
		 "010203",
		 DELIVERY_WHOLE},
		{"AB\x01"
		 "CD",
		 DELIVERY_CONTROLS},
		{"AB\tCD", DELIVERY_CONTROLS},
		{"?\?\?\?-77", DELIVERY_LETTERS},
		{"\xEF\xBF\xBD"
		 "-77",
		 DELIVERY_LETTERS},
		{"TO!ABC", DELIVERY_LAYOUT}, /* shifted digits: French */
		{"TO1ABC&>DE", DELIVERY_LAYOUT},
		{"TO1ABCDEF", DELIVERY_SHORT},
		{"TO0ABC", DELIVERY_SHORT},
	};
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		assert_int_equal(judge(codes[i].text), codes[i].is);
	}
}

/* Codes of ours are whole; each character that gets lost is told. */
static void codes_of_ours(void **state) {
	(void)state;
	struct hash event = {{1}};
	struct key_pair key;
	char code[CODE_TEXT_MAX];
	crypto_key_new(&key);
	for (int i = 0; i < 50; i++) {
		code_make_signed(&event, &key, 0, code);
		assert_int_equal(judge(code), DELIVERY_WHOLE);
		memmove(code + 10 + i, code + 11 + i, strlen(code + 11 + i) + 1);
		assert_int_equal(judge(code), DELIVERY_SHORT);
		code_make_short(code);
		assert_int_equal(judge(code), DELIVERY_WHOLE);
	}
}

/* The keys of a burst that the US layout does not have: they are counted, not passed over. */
static void keys_without_a_character_are_told(void **state) {
	(void)state;
	static const uint16_t foreign[] = {0x64, 0x87, 0x8b, 0x90, 0x94};
	for (size_t i = 0; i < COUNT_OF(foreign); i++) {
		struct wedge w = {0};
		struct framing framing = {0};
		const uint16_t keys[] = {0x04, foreign[i], 0x05, 0x28};
		enum wedge_answer last = WEDGE_NOTHING;
		for (size_t k = 0; k < COUNT_OF(keys); k++) {
			last = wedge_feed(&w, &framing,
					  &(struct wedge_key){.usage = keys[k], .pressed = true, .time_ms = 10000 + (int64_t)k * 5});
		}
		assert_int_equal(last, WEDGE_CODE);
		assert_string_equal(w.text, "a\xEF\xBF\xBD"
					    "b");
		assert_int_equal(judge(w.text), DELIVERY_LETTERS);
	}
}

/* One and two characters, from a scanner that nobody typed before. */
static void short_codes_are_codes(void **state) {
	(void)state;
	static const struct framing framing;
	for (size_t length = 1; length <= 2; length++) {
		struct wedge w = {0};
		enum wedge_answer last = WEDGE_NOTHING;
		for (size_t k = 0; k <= length; k++) {
			last = wedge_feed(
				&w, &framing,
				&(struct wedge_key){.usage = k < length ? 0x1e : 0x28, .pressed = true, .time_ms = 10000 + (int64_t)k * 5});
		}
		assert_int_equal(last, WEDGE_CODE);
		assert_string_equal(w.text, length == 1 ? "1" : "11");
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(what_came_says_what_happened), cmocka_unit_test(codes_of_ours),
					   cmocka_unit_test(keys_without_a_character_are_told), cmocka_unit_test(short_codes_are_codes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
