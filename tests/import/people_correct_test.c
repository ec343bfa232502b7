/* Which new rows are people of the source whose rows are gone. */
#include "import/people_correct.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

#define NEW(...) \
	{ .open = true, .mine = true, __VA_ARGS__ }
#define KEPT(...) \
	{ .mine = true, __VA_ARGS__ } /* with a row and a person that belong together */
#define OTHERS(...) \
	{ .open = true, __VA_ARGS__ }
#define SECOND(which, text) .second[CORRECT_##which] = (text)

/* "row=known" of the sure ones, "row?known" of doubts, "row??known" of those that have another. */
static void finds(const struct correct_person *rows, size_t row_count, const struct correct_person *known, size_t known_count,
		  const char *wanted) {
	struct corrections found = {0};
	struct strbuf out = {0};
	people_correct(&(struct correct_input){rows, known, row_count, known_count}, &found);
	for (size_t i = 0; i < found.count; i++) {
		const struct correction *c = &found.items[i];
		strbuf_addf(&out, "%zu%s%zu ", c->row, c->sure ? "=" : c->only ? "?" : "??", c->known);
	}
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
	corrections_fini(&found);
}
#define FINDS(rows, known, wanted) finds(rows, COUNT_OF(rows), known, COUNT_OF(known), wanted)

static void by_an_address_or_phone_that_nobody_else_has(void **state) {
	(void)state;
	static const struct correct_person known[] = {
		NEW(.name = "Олена Приклад", SECOND(EMAIL, "o@x.org")),
		NEW(.name = "Тарас Зразок", SECOND(PHONE, "380501234567")),
		NEW(.name = "Ганна Проба", SECOND(EMAIL, "office@x.org")),
		KEPT(.name = "Івга Проба", SECOND(EMAIL, "office@x.org")),
		NEW(.name = "Марія Перша", SECOND(EMAIL, "m@x.org"), SECOND(BIRTH_YEAR, "1980")),
	};
	static const struct correct_person rows[] = {
		NEW(.name = "Зовсім Інша", SECOND(EMAIL, "o@x.org")),
		NEW(.name = "Хтось Третій", SECOND(PHONE, "380501234567")),
		NEW(.name = "Петро Новий", SECOND(EMAIL, "office@x.org")), /* two had it */
		NEW(.name = "Марія Друга", SECOND(EMAIL, "m@x.org"), SECOND(BIRTH_YEAR, "2010")),
	};
	FINDS(rows, known, "0=0 1=1 ");
	static const struct correct_person twice[] = {
		NEW(.name = "Зовсім Інша", SECOND(EMAIL, "o@x.org")),
		KEPT(.name = "Хтось Третій", SECOND(EMAIL, "o@x.org")),
	};
	FINDS(twice, known, "");
}

static void by_names_where_a_second_field_agrees(void **state) {
	(void)state;
	static const struct correct_person known[] = {
		NEW(.name = "Олена Приклад", SECOND(COMMUNITY, "зарічна")),
		NEW(.name = "Тарас Шевченко", SECOND(ORGANISATION, "рада")),
		NEW(.name = "Валентин Проба", SECOND(COMMUNITY, "зарічна")),
		NEW(.name = "Ганна Зразок", SECOND(COMMUNITY, "нова")),
	};
	static const struct correct_person rows[] = {
		NEW(.name = "Приклад Олена Іванівна", SECOND(COMMUNITY, "зарічна")),
		NEW(.name = "Тарас Шевчекно", SECOND(ORGANISATION, "рада")), NEW(.name = "Валентина Проба", SECOND(COMMUNITY, "зарічна")),
		NEW(.name = "Ганна Зразок", SECOND(COMMUNITY, "стара")), /* moved, or another */
	};
	FINDS(rows, known, "0=0 1=1 3?3 ");
}

static void who_has_a_rival_is_not_sure(void **state) {
	(void)state;
	static const struct correct_person known[] = {
		NEW(.name = "Олена Приклад", SECOND(COMMUNITY, "зарічна")),
		NEW(.name = "Олена Приклад", SECOND(COMMUNITY, "зарічна")),
		NEW(.name = "Тарас Шевченко", SECOND(COMMUNITY, "зарічна")),
	};
	static const struct correct_person rows[] = {
		NEW(.name = "Приклад Олена", SECOND(COMMUNITY, "зарічна")),
		NEW(.name = "Шевченко Тарас", SECOND(COMMUNITY, "зарічна")), /* goes before the one with a slip */
		NEW(.name = "Тарас Шевчено", SECOND(COMMUNITY, "зарічна")),
	};
	FINDS(rows, known, "0??0 1=2 ");
}

static void whom_others_brought_is_a_doubt_at_most(void **state) {
	(void)state;
	static const struct correct_person known[] = {
		OTHERS(.name = "Олена Приклад"),
		OTHERS(.name = "Тарас Зразок", SECOND(COMMUNITY, "зарічна")),
		OTHERS(.name = "Ганна Проба", SECOND(COMMUNITY, "зарічна")),
	};
	static const struct correct_person rows[] = {
		NEW(.name = "Приклад Олена", SECOND(COMMUNITY, "нова")),
		NEW(.name = "Тарас Зразок", SECOND(COMMUNITY, "нова")), /* a namesake */
		NEW(.name = "Ганна Прба", SECOND(COMMUNITY, "зарічна")),
	};
	FINDS(rows, known, "0?0 ");
}

/* A family shares its address and phone: a new surname for one of it, or for all, is asked about. */
static void by_a_contact_that_several_have(void **state) {
	(void)state;
#define FAMILY SECOND(EMAIL, "k@x.org"), SECOND(PHONE, "380501234567")
	static const struct correct_person known[] = {
		KEPT(.name = "Іван Перший", FAMILY),
		NEW(.name = "Марія Перша", FAMILY),
		NEW(.name = "Ганна Проба", SECOND(EMAIL, "g@x.org")),
		NEW(.name = "Юрій Перший", FAMILY),
	};
	static const struct correct_person rows[] = {
		KEPT(.name = "Іван Перший", FAMILY),
		NEW(.name = "Юрій Другий", FAMILY),
		NEW(.name = "Марія Друга", FAMILY),
		NEW(.name = "Зовсім Інша", FAMILY),
		NEW(.name = "Ганна Зразок", SECOND(COMMUNITY, "нова")),
	};
	FINDS(rows, known, "1?3 2?1 ");
}

/* Somebody of whom nothing but the name is known comes after who agrees in a second field, and is no rival of theirs. */
static void a_second_field_goes_before_none(void **state) {
	(void)state;
	static const struct correct_person known[] = {
		OTHERS(.name = "Олена Приклад"),
		OTHERS(.name = "Олена Приклад", SECOND(COMMUNITY, "зарічна")),
	};
	static const struct correct_person rows[] = {NEW(.name = "Приклад Олена", SECOND(COMMUNITY, "зарічна"))};
	FINDS(rows, known, "0?1 ");
}

static void nobody_and_many(void **state) {
	(void)state;
	enum { MANY = 3000 };
	struct correct_person *rows = xcalloc(MANY, sizeof *rows), *known = xcalloc(MANY, sizeof *known);
	struct corrections found = {0};
	people_correct(&(struct correct_input){0}, &found);
	assert_int_equal(found.count, 0);
	for (size_t i = 0; i < MANY; i++) { /* one name throughout: it takes no square of their number */
		rows[i] = (struct correct_person)NEW(.name = "Іван Іваненко", SECOND(COMMUNITY, "одна"));
		known[i] = rows[i];
	}
	people_correct(&(struct correct_input){rows, known, MANY, MANY}, &found);
	assert_int_equal(found.count, MANY);
	for (size_t i = 0; i < found.count; i++) {
		assert_false(found.items[i].sure);
	}
	corrections_fini(&found);
	free(rows);
	free(known);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_an_address_or_phone_that_nobody_else_has),
		cmocka_unit_test(by_names_where_a_second_field_agrees),
		cmocka_unit_test(who_has_a_rival_is_not_sure),
		cmocka_unit_test(whom_others_brought_is_a_doubt_at_most),
		cmocka_unit_test(by_a_contact_that_several_have),
		cmocka_unit_test(a_second_field_goes_before_none),
		cmocka_unit_test(nobody_and_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
