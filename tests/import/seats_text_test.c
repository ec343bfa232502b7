#include "import/seats_text.h"

#include "lib/testing.h"

#include "base/alloc.h"

static void reads(const char *text, int want) {
	int seats = -1;
	if (!seats_text_read(text, &seats) || seats != want) {
		print_error("\"%s\" is %d, not %d\n", text, seats, want);
		fail();
	}
}

static void a_number_among_words(void **state) {
	(void)state;
	static const struct {
		const char *text;
		int seats;
	} rows[] = {
		{"40", 40},           {"40 осіб", 40},      {"до 40", 40},        {"40+", 40},        {"~7", 7},
		{"≈ 12 чол.", 12},    {"max. 40", 40},      {"не більше 40", 40}, {"местов: 25", 25}, {"40.0", 40},
		{"1 000", 1000},      {"1,000", 1000},      {"1 200 осіб", 1200}, {"40 seats", 40},   {"≤40", 40},
		{"<= 40", 40},        {"1000000", 1000000}, {"40осіб", 40},       {"30-40", 40},      {"30 – 40 осіб", 40},
		{"від 30 до 40", 40}, {"30 to 40", 40},     {"30…40", 40},        {"0", 0},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		reads(rows[i].text, rows[i].seats);
	}
}

static void words_for_no_limit(void **state) {
	(void)state;
	static const char *const words[] = {"",
					    " ",
					    "-",
					    "—",
					    "∞",
					    "немає",
					    "Необмежено",
					    "не обмежено",
					    "НЕТ",
					    "n/a",
					    "N/A",
					    "без ліміту",
					    "без обмежень",
					    "unlimited",
					    "No limit",
					    "неограниченно"};
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		reads(words[i], 0);
	}
}

static void everything_else_is_not_understood(void **state) {
	(void)state;
	static const char *const wrong[] = {
		"сорок",  "2 столи по 8", "-5",     "−5",      "40%", "40-30", "1000001", "99999999999999999999",
		"2 тис.", "2к",           "від 10", "min. 10", ">40", "1/2",   "10:00",   "40,5",
		"?",      "1 2 3",        "багато", "40 + 5"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		int seats = -1;
		if (seats_text_read(wrong[i], &seats) || seats != 0) {
			print_error("\"%s\" is %d\n", wrong[i], seats);
			fail();
		}
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_among_words),
		cmocka_unit_test(words_for_no_limit),
		cmocka_unit_test(everything_else_is_not_understood),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
