/* What a name is made of, word by word. */
#include "event/name_parts.h"

#include "lib/given_names.h"
#include "lib/testing.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

/* "Рак:open Олена:given", with " | " where the comma is and " +" where something was left out. */
static char *told(const char *name) {
	static const char *const kinds[] = {"open", "given", "family", "patronymic", "vich", "initial", "particle"};
	struct strbuf out = {0};
	struct name_parts parts;
	name_parts_read(name, given_names_there(), &parts);
	for (size_t i = 0; i < parts.count; i++) {
		bool comma = parts.before_comma > 0 && parts.before_comma == i;
		strbuf_addf(&out, "%s%s:%s", comma ? " | " : i > 0 ? " " : "", parts.items[i].text, kinds[parts.items[i].kind]);
	}
	strbuf_adds(&out, parts.more ? " +" : "");
	name_parts_fini(&parts);
	return strbuf_detach(&out);
}

static void each_word_by_itself(void **state) {
	static const char *const names[][2] = {
		{"Рак Олена Петрівна", "Рак:open Олена:given Петрівна:patronymic"},
		{"Рак Іван Петрович", "Рак:open Іван:given Петрович:vich"},
		{"Петрович Іван", "Петрович:family Іван:given"}, /* nothing stands before it */
		{"Шевченко Ясна", "Шевченко:family Ясна:open"},
		{"Лев Ковалів", "Лев:given Ковалів:family"},
		{"Анна-Марія Рак-Ткачук", "Анна-Марія:given Рак-Ткачук:family"},
		{"Роман-Дзюба Любомира", "Роман-Дзюба:open Любомира:given"},
		{"О.В. Рак", "О:initial В:initial Рак:open"},
		{"Jan van der Berg", "Jan:given van:particle der:particle Berg:open"},
		{"Ван Лінг", "Ван:open Лінг:open"}, /* somebody has to be called something */
		{"Алієв Ельчин Рашид огли", "Алієв:family Ельчин:open Рашид:patronymic"},
		{"Рак, Олена", "Рак:open | Олена:given"},
		{"проф. Рак Олена", "Рак:open Олена:given +"},
		{"д-р Рак (Київ) Олена Jr.", "Рак:open Олена:given +"},
		{"Олена Рак, директорка, Київ", "Олена:given Рак:open"},
		{"[Рак Олена]", "Рак:open Олена:given +"},
		{"Рак ((Олена", "Рак:open +"},
		{")))«", " +"},
		{"пані", " +"},
		{"", ""},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		char *is = told(names[i][0]);
		assert_string_equal(is, names[i][1]);
		free(is);
	}
}

static void no_more_words_than_there_is_room_for(void **state) {
	struct strbuf name = {0};
	struct name_parts parts;
	(void)state;
	for (int i = 0; i < 50; i++) {
		strbuf_addf(&name, "%sСлово%d", i > 0 ? " " : "", i);
	}
	name_parts_read(strbuf_str(&name), given_names_there(), &parts);
	assert_int_equal(parts.count, NAME_PARTS_MAX);
	assert_true(parts.more);
	assert_int_equal(name_parts_count(&parts, NAME_OPEN), NAME_PARTS_MAX);
	assert_true(name_part_is_core(&parts.items[0]));
	name_parts_fini(&parts);
	strbuf_fini(&name);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_word_by_itself),
		cmocka_unit_test(no_more_words_than_there_is_room_for),
	};
	return cmocka_run_group_tests(tests, given_names_set_up, given_names_tear_down);
}
