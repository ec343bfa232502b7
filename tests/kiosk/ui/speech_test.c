#include "kiosk/ui/speech.h"

#include "lib/testing.h"

#include <string.h>

#include "base/utf8.h"

static void said(const char *screen, const char *line, const char *wanted) {
	struct speech s = {0};
	struct strbuf got = {0};
	speech_add(&s, &(struct speech_tongue){screen, "uk"}, line);
	for (size_t i = 0; i < s.count; i++) {
		strbuf_addf(&got, "[%s]%s", s.parts[i].language, strbuf_str(&s.parts[i].text));
	}
	assert_string_equal(strbuf_str(&got), wanted);
	strbuf_fini(&got);
	speech_fini(&s);
}

static void names_are_spoken_in_their_own_language(void **state) {
	(void)state;
	said("en", "Welcome!", "[en]Welcome!\n");
	said("en", "Олена Приклад", "[uk]Олена Приклад.\n"); /* the event's */
	said("en", "Welcome, Юлія Їжак!", "[en]Welcome, [uk]Юлія Їжак!\n");
	said("en", "Эльвира Пыльцына", "[ru]Эльвира Пыльцына.\n");
	said("uk", "Вітаємо, Артём Быков", "[uk]Вітаємо, Артём Быков.\n"); /* one of each: as the screen */
	said("uk", "Артём Быков", "[ru]Артём Быков.\n");
	said("uk", "Олена Приклад", "[uk]Олена Приклад.\n");
	said("ru", "Юлія Їжак", "[uk]Юлія Їжак.\n");
	said("ru", "Олег Петров", "[ru]Олег Петров.\n");
	said("uk", "Зала John Smith", "[uk]Зала [en]John Smith.\n");
	said("uk", "Зал IV", "[uk]Зал чотири.\n");
	said("ru", "12 345", "[ru]двенадцать тысяч триста сорок пять.\n");
	said("uk", "", "");
}

/* However much there is, it is bounded, and whole characters are left. */
static void too_much_is_cut(void **state) {
	(void)state;
	struct speech s = {0};
	for (int i = 0; i < 4000; i++) {
		speech_add(&s, &(struct speech_tongue){"uk", "uk"}, i % 2 == 0 ? "Привіт" : "Hello");
	}
	assert_true(s.count <= SPEECH_PARTS_MAX && s.bytes <= SPEECH_BYTES_MAX);
	speech_fini(&s);
	for (int i = 0; i < 1000; i++) {
		speech_add(&s, &(struct speech_tongue){"uk", "uk"}, "Привіт");
	}
	assert_int_equal(s.count, 1);
	assert_true(s.bytes <= SPEECH_BYTES_MAX && s.bytes > SPEECH_BYTES_MAX - 8);
	assert_true(utf8_valid(strbuf_str(&s.parts[0].text), s.parts[0].text.len, NULL));
	speech_fini(&s);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_spoken_in_their_own_language), cmocka_unit_test(too_much_is_cut)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
