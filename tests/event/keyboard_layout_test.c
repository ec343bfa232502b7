/* What was typed while another keyboard layout was on. */
#include "event/keyboard_layout.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"

struct readings {
	char *items[LAYOUT_READINGS_MAX];
	size_t count;
};

static struct readings read_text(const char *text) {
	struct readings r;
	r.count = layout_readings(text, r.items);
	assert_in_range(r.count, 0, LAYOUT_READINGS_MAX);
	return r;
}

static bool has(const struct readings *r, const char *text) {
	for (size_t i = 0; i < r->count; i++) {
		if (str_eq(r->items[i], text)) {
			return true;
		}
	}
	return false;
}

static void readings_fini(struct readings *r) {
	for (size_t i = 0; i < r->count; i++) {
		free(r->items[i]);
	}
}

static void one_is(const char *typed, const char *meant, size_t count) {
	struct readings r = read_text(typed);
	if (r.count != count || (meant != NULL && !has(&r, meant))) {
		fail_msg("%s: %zu readings, the first %s", typed, r.count, r.count == 0 ? "none" : r.items[0]);
	}
	readings_fini(&r);
}

static void what_was_meant(void **state) {
	(void)state;
	one_is("Itdxtyrj", "Шевченко", 1); /* the same in both layouts */
	one_is("Cthusq", "Сергій", 2);
	one_is("Cthusq", "Сергый", 2);
	one_is("k.,jd", "любов", 1);
	one_is("]fhjck", "їаросл", 2);
	one_is("'rfnthbyf", "єкатерина", 2);
	one_is("Лфеу", "Kate", 1);
	one_is("іьшер", "smith", 2); /* and as Russian: ыьшер */
	one_is("іьшер", "ыьшер", 2);
	one_is("ыьшер", "smith", 2);
	one_is("юлия", ".kbz", 1);
	one_is("Itdxtyrj Jktyf", "Шевченко Олена", 1);
}

static void what_no_key_gives(void **state) {
	(void)state;
	static const char *const texts[] = {"",      " ",     "123",         "—",      "Σωκράτης", "王伟",
					    "Ћирић", "Iрина", "Олена Smith", "Müller", "ім'я name"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		one_is(texts[i], NULL, 0);
	}
}

/* All keys of a keyboard, without and with Shift. */
static void key_by_key(void **state) {
	(void)state;
	static const char *const latin[] = {"`qwertyuiop[]\\asdfghjkl;'zxcvbnm,.", "~QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>"};
	static const char *const ukrainian[] = {"'йцукенгшщзхїґфівапролджєячсмитьбю", "ʼЙЦУКЕНГШЩЗХЇҐФІВАПРОЛДЖЄЯЧСМИТЬБЮ"};
	static const char *const russian[] = {"ёйцукенгшщзхъ\\фывапролджэячсмитьбю", "ЁЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"};
	for (size_t i = 0; i < COUNT_OF(latin); i++) {
		one_is(latin[i], ukrainian[i], 2);
		one_is(latin[i], russian[i], 2);
		one_is(ukrainian[i], latin[i], 2);
		one_is(ukrainian[i], russian[i], 2);
		one_is(russian[i], latin[i], 2);
		one_is(russian[i], ukrainian[i], 2);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_meant),
		cmocka_unit_test(what_no_key_gives),
		cmocka_unit_test(key_by_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
