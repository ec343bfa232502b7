/* Every field that an import or a conflict can name has words of its own; what is no field keeps its key. */
#include "words/fields.h"

#include "lib/testing.h"
#include "lib/words_built.h"

#include "event/agenda.h"
#include "import/people_alias.h"

static void every_field_has_words(void **state) {
	(void)state;
	struct words *w = words_built();
	struct tongue uk = {w, words_language(w, "uk")};
	for (int i = 0; i < PEOPLE_TARGET_COUNT; i++) {
		assert_string_not_equal(words_field(&uk, people_target_key(i)), people_target_key(i));
	}
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		const char *key = session_field_key((enum session_field)i);
		assert_string_not_equal(words_field(&uk, key), key);
	}
	assert_string_equal(words_field(&uk, "name"), "імʼя");
	words_close(w);
}

static void others_keep_their_keys(void **state) {
	(void)state;
	struct words *w = words_built();
	struct tongue uk = {w, words_language(w, "uk")};
	assert_string_equal(words_field(&uk, "Обід"), "Обід");
	assert_string_equal(words_field(NULL, "name_latin"), "name_latin");
	words_close(w);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_field_has_words), cmocka_unit_test(others_keep_their_keys)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
