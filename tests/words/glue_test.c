/* What stays together at a line's end. */
#include "words/glue.h"

#include "lib/testing.h"

#include "base/alloc.h"

/* "_" stands for the unbreakable space. */
static void glued(const char *text, const char *expected) {
	char *got = text_glued(text);
	struct strbuf plain = {0};
	for (const char *at = got; *at != '\0'; at++) {
		if (at[0] == '\xC2' && at[1] == '\xA0') {
			strbuf_addc(&plain, '_');
			at++;
		} else {
			strbuf_addc(&plain, *at);
		}
	}
	assert_string_equal(strbuf_str(&plain), expected);
	strbuf_fini(&plain);
	free(got);
}

static void short_words_go_to_the_next_line(void **state) {
	(void)state;
	glued("Управління освіти і науки", "Управління освіти і_науки");
	glued("ОСВІТИ ТА НАУКИ У ПОЛТАВІ", "ОСВІТИ ТА_НАУКИ У_ПОЛТАВІ");
	glued("Головний спеціаліст із й з в о к с питань", "Головний спеціаліст із_й_з_в_о_к_с_питань");
	glued("Head of a Department", "Head of_a_Department");
	glued("Freiherr von Hohenstein zu Oberwiesenthal", "Freiherr von Hohenstein zu_Oberwiesenthal");
	glued("Громада · Область", "Громада ·_Область");
	glued("Школа № 5 міста", "Школа №_5 міста");
	glued("Рада — це ми", "Рада_— це ми");
}

static void other_texts_stay(void **state) {
	(void)state;
	glued("", "");
	glued("і", "і");
	glued("Олена Приклад", "Олена Приклад");
	glued("Рада ", "Рада ");
	glued("a ", "a ");
	glued("А\nБ", "А\nБ");
	glued("5 рад 7 громад", "5 рад 7 громад");
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(short_words_go_to_the_next_line), cmocka_unit_test(other_texts_stay)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
