/* What a printer says of itself, and what that means. */
#include "paper/printer_trouble.h"

#include "lib/testing.h"

#include "base/alloc.h"

enum { IDLE = 3, PROCESSING = 4, STOPPED = 5 };

static void reasons_are_troubles(void **state) {
	(void)state;
	static const struct {
		int state;
		bool accepting;
		const char *reasons[3];
		enum printer_trouble trouble;
		const char *reason;
	} cases[] = {
		{IDLE, true, {"none"}, PRINTER_FINE, ""},
		{PROCESSING, true, {"none"}, PRINTER_FINE, ""},
		{IDLE, true, {"media-empty"}, PRINTER_NO_PAPER, "media-empty"},
		{STOPPED, true, {"media-empty-error"}, PRINTER_NO_PAPER, "media-empty-error"},
		{IDLE, true, {"media-needed-warning"}, PRINTER_NO_PAPER, "media-needed-warning"},
		{IDLE, true, {"media-low-warning"}, PRINTER_FINE, ""},
		{IDLE, true, {"toner-low-report", "marker-supply-low-warning"}, PRINTER_FINE, ""},
		{IDLE, true, {"marker-supply-empty-warning"}, PRINTER_FINE, ""},
		{STOPPED, true, {"marker-supply-empty-error"}, PRINTER_NO_INK, "marker-supply-empty-error"},
		{STOPPED, true, {"media-empty-error", "cover-open-error"}, PRINTER_COVER_OPEN, "cover-open-error"},
		{STOPPED, true, {"paused", "media-jam-error"}, PRINTER_JAM, "media-jam-error"},
		{STOPPED, true, {"paused"}, PRINTER_HELD, "paused"},
		{STOPPED, true, {"none"}, PRINTER_HELD, ""},
		{IDLE, true, {"cups-offline-report"}, PRINTER_OFF, "cups-offline-report"},
		{PROCESSING, true, {"offline-report"}, PRINTER_OFF, "offline-report"},
		{IDLE, false, {"none"}, PRINTER_NOT_ACCEPTING, ""},
		{STOPPED, true, {"com.example-flux-drained"}, PRINTER_FAULT, "com.example-flux-drained"},
		{IDLE, true, {"com.example-flux-drained"}, PRINTER_FINE, ""},
		{IDLE, true, {"not-media-emptyish"}, PRINTER_FINE, ""},
		{IDLE, true, {"", "-error", "-"}, PRINTER_FINE, ""},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *reason;
		size_t count = 0;
		while (count < 3 && cases[i].reasons[count] != NULL) {
			count++;
		}
		assert_int_equal(printer_trouble_of(cases[i].state, cases[i].accepting, cases[i].reasons, count, &reason),
				 cases[i].trouble);
		assert_string_equal(reason, cases[i].reason);
	}
	const char *reason;
	assert_int_equal(printer_trouble_of(IDLE, true, NULL, 0, &reason), PRINTER_FINE);
}

static void every_trouble_is_a_sentence_of_its_own(void **state) {
	(void)state;
	for (int i = 0; i < PRINTER_TROUBLE_COUNT; i++) {
		const char *text = printer_trouble_text((enum printer_trouble)i);
		assert_true(strlen(text) > 8 && text[strlen(text) - 1] != '.');
		for (int other = 0; other < i; other++) {
			assert_string_not_equal(text, printer_trouble_text((enum printer_trouble)other));
		}
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reasons_are_troubles),
		cmocka_unit_test(every_trouble_is_a_sentence_of_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
