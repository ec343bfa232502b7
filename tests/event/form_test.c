/* The form for people without a badge: what a field is, who is asked what, and what goes onto the roster of it. */
#include "event/form.h"

#include "lib/testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

static struct json *parse(const char *text) {
	struct err err = {0};
	struct json *set = json_parse(text, strlen(text), &err);
	assert_ok(set != NULL);
	return set;
}

static void add(struct form *form, const char *key, const char *set) { assert_true(form_add(form, key, parse(set))); }

static void which_keys_there_are(void **state) {
	(void)state;
	static const struct {
		const char *key;
		bool good;
	} cases[] = {
		{"name", true},
		{"community", true},
		{"birth_year", true},
		{"custom:Food", true},
		{"consent:photo", true},
		{"consent:other", true},
		{"code", false},
		{"registration", false},
		{"language", false},
		{"photo_consent", false},
		{"", false},
		{"custom:", false},
		{"consent:", false},
		{"Name", false},
		{"custom:consent:photo", false},
		{"anything", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct err err = {0};
		struct form form = {0};
		if (form_key_check(cases[i].key, &err) != cases[i].good || form_add(&form, cases[i].key, parse("{}")) != cases[i].good) {
			fail_msg("\"%s\" is judged wrongly: %s", cases[i].key, err.text);
		}
		form_fini(&form);
	}
}

static void check(const char *key, const char *set, const char *wrong) {
	struct err err = {0};
	struct json *json = parse(set);
	bool ok = form_field_check(key, json, &err);
	if (ok != (wrong == NULL) || (wrong != NULL && strstr(err.text, wrong) == NULL)) {
		fail_msg("%s %s: %s", key, set, ok ? "is taken" : err.text);
	}
	json_free(json);
}

static void what_a_field_is(void **state) {
	(void)state;
	check("name", "{}", NULL);
	check("custom:Food", "{\"type\":\"choice\",\"choices\":\"a\\nb\",\"choices:uk\":\"а\\nб\"}", NULL);
	check("custom:Food", "{\"type\":\"choice\"}", "nothing to choose from");
	check("custom:Food", "{\"type\":\"choice\",\"choices\":\"a\\nb\",\"choices:uk\":\"а\"}", "choices:uk has 1");
	check("custom:Food", "{\"type\":\"list\"}", "\"list\"");
	check("custom:Food", "{\"type\":\"consent\"}", "\"consent\"");
	check("consent:photo", "{\"type\":\"text\"}", "is a consent");
	check("consent:photo", "{\"type\":\"consent\"}", NULL);
	check("consent:photo", "{\"required\":\"yes\"}", "cannot be required");
	check("phone", "{\"seen_by\":\"all\"}", "\"all\"");
	check("phone", "{\"seen_by\":\"staff\"}", NULL);
	check("sex", "{}", NULL);
	check("sex", "{\"type\":\"choice\"}", NULL); /* there are some that every event has */
	check("sex", "{\"type\":\"text\"}", "chosen by a touch");
	check("sex", "{\"type\":\"yes-no\"}", "chosen by a touch");
	check("phone", "{\"when\":\"minor\"}", "minor=yes");
	check("phone", "{\"when\":\"=yes\"}", "minor=yes");
	check("phone", "{\"when\":\"minor=yes\"}", NULL);
	for (int more = 0; more < 2; more++) {
		struct strbuf label = {0};
		strbuf_adds(&label, "{\"label:uk\":\"");
		for (int i = 0; i < FORM_LABEL_MAX + more; i++) {
			strbuf_addc(&label, 'x');
		}
		strbuf_adds(&label, "\"}");
		check("phone", label.data, more == 0 ? NULL : "longer than 300 bytes");
		strbuf_fini(&label);
	}
}

static void unknown_words_ask_all_the_same(void **state) {
	(void)state;
	struct form form = {0};
	add(&form, "custom:X", "{\"type\":\"telepathy\",\"seen_by\":\"martians\",\"order\":\"first\"}");
	assert_int_equal(form.items[0].type, FORM_TEXT);
	assert_int_equal(form.items[0].seen, FORM_SEEN_BY_ORGANISER);
	assert_int_equal(form.items[0].order, 0);
	form_fini(&form);
}

static void it_has_an_order(void **state) {
	(void)state;
	struct form form = {0};
	add(&form, "phone", "{\"order\":\"20\"}");
	add(&form, "name", "{\"order\":\"10\"}");
	add(&form, "email", "{\"order\":\"20\"}");
	form_sort(&form);
	assert_string_equal(form.items[0].key, "name");
	assert_string_equal(form.items[1].key, "email"); /* of one order by their keys */
	assert_true(form.items[0].required);             /* whoever comes has a name */
	assert_int_equal(form_find(&form, "phone"), 2);
	assert_int_equal(form_find(&form, "region"), -1);
	for (int i = 0; form.count < FORM_FIELDS_MAX; i++) {
		char *key = xasprintf("custom:%d", i);
		add(&form, key, "{}");
		free(key);
	}
	assert_false(form_add(&form, "custom:one more", parse("{}")));
	form_fini(&form);
}

static void words_in_a_language(void **state) {
	(void)state;
	struct form form = {0};
	char *choices[FORM_CHOICES_MAX];
	add(&form, "custom:A", "{\"label\":\"any\",\"label:uk\":\"укр\",\"choices\":\"a\\n\\nb\",\"choices:uk\":\"а\\nб\"}");
	add(&form, "custom:B", "{\"label:ru\":\"рус\",\"text:en\":\"text\"}");
	add(&form, "custom:C", "{}");
	assert_string_equal(form_words(&form.items[0], "label", "uk"), "укр");
	assert_string_equal(form_words(&form.items[0], "label", "en"), "any");
	assert_string_equal(form_words(&form.items[1], "label", "en"), "рус"); /* rather than nothing */
	assert_null(form_words(&form.items[2], "label", "en"));
	assert_int_equal(form_choices(&form.items[0], "uk", choices), 2);
	assert_string_equal(choices[1], "б");
	free(choices[0]);
	free(choices[1]);
	assert_int_equal(form_choices(&form.items[0], "en", choices), 2);
	assert_string_equal(choices[1], "b");
	free(choices[0]);
	free(choices[1]);
	assert_int_equal(form_choices(&form.items[2], "en", choices), 0);
	form_fini(&form);
}

/* A version is of the words alone, in whatever order they stand: other words are another version, and so is another language more. */
static void versions_of_consents(void **state) {
	(void)state;
	struct form form = {0};
	add(&form, "consent:a", "{\"text:uk\":\"так\",\"text:en\":\"yes\",\"order\":\"1\"}");
	add(&form, "consent:b", "{\"order\":\"2\",\"text:en\":\"yes\",\"text:uk\":\"так\"}");
	add(&form, "consent:c", "{\"text:en\":\"yes\",\"text:uk\":\"так!\"}");
	add(&form, "consent:d", "{\"text:en\":\"yes\",\"text:uk\":\"так\",\"label:uk\":\"питання\"}");
	add(&form, "name", "{\"text:en\":\"yes\"}");
	assert_int_equal(strlen(form.items[0].version), FORM_VERSION_LEN);
	assert_string_equal(form.items[0].version, form.items[1].version);
	assert_string_not_equal(form.items[0].version, form.items[2].version);
	assert_string_not_equal(form.items[0].version, form.items[3].version);
	assert_string_equal(form.items[4].version, "");
	assert_string_equal(form.items[0].version, "f2cc2f8c978f"); /* spelt out: answers name it */
	form_fini(&form);
}

static void who_is_asked_what(void **state) {
	(void)state;
	struct form form = {0};
	struct form_answers answers = {0};
	add(&form, "birth_year", "{\"order\":\"1\"}");
	add(&form, "custom:guardian", "{\"order\":\"2\",\"when\":\"minor=yes\"}");
	add(&form, "custom:Role", "{\"order\":\"3\"}");
	add(&form, "custom:Talk", "{\"order\":\"4\",\"when\":\"custom:Role=speaker\"}");
	add(&form, "custom:Odd", "{\"order\":\"5\",\"when\":\"custom:Gone=x\"}");
	form_sort(&form);
	assert_false(form_is_asked(&form, &answers, 1, 2026));
	assert_false(form_is_asked(&form, &answers, 3, 2026));
	assert_true(form_is_asked(&form, &answers, 4, 2026)); /* that field is on the form no more */
	static const struct {
		const char *born;
		bool minor;
	} years[] = {{"2007", false}, {"2008", true}, {"2009", true}, {"1960", false}, {"", false}, {"x", false}};
	for (size_t i = 0; i < COUNT_OF(years); i++) { /* who turns 18 in that year may be 17 on the day */
		form_answers_put(&answers, 0, years[i].born);
		assert_int_equal(form_is_asked(&form, &answers, 1, 2026), years[i].minor);
	}
	form_answers_put(&answers, 2, "speaker");
	assert_true(form_is_asked(&form, &answers, 3, 2026));
	form_answers_put(&answers, 2, "guest");
	assert_false(form_is_asked(&form, &answers, 3, 2026));
	form_answers_fini(&answers);
	form_fini(&form);
}

static void writes(const struct form *form, const struct form_answers *answers, const struct form_filled *filled, const char *wanted) {
	struct strbuf out = {0};
	form_answers_write(form, answers, filled, &out);
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
}

static void what_goes_onto_the_roster(void **state) {
	(void)state;
	struct form form = {0};
	struct form_answers answers = {0};
	struct form_filled filled = {
		.language = "uk", .unnamed = "Гість", .year = 2026, .community = "Інша", .district = "Район", .region = "Область"};
	char wanted[512];
	add(&form, "name", "{\"order\":\"1\"}");
	add(&form, "community", "{\"order\":\"2\"}");
	add(&form, "custom:Talk", "{\"order\":\"3\",\"when\":\"minor=yes\"}");
	add(&form, "consent:photo", "{\"order\":\"4\",\"text\":\"a\"}");
	add(&form, "consent:processing", "{\"order\":\"5\",\"text\":\"b\"}");
	form_answers_put(&answers, 0, "Олена");
	form_answers_put(&answers, 1, "Зарічна");
	form_answers_put(&answers, 2, "not asked any more");
	form_answers_put(&answers, 3, "no");
	form_answers_put(&answers, 4, "yes");
	snprintf(wanted, sizeof wanted,
		 "{\"name\":\"Олена\",\"community\":\"Зарічна\",\"custom:consent:photo\":\"no %s uk\",\"photo_consent\":\"no\","
		 "\"custom:consent:processing\":\"yes %s uk\",\"language\":\"uk\",\"district\":\"Район\",\"region\":\"Область\"}",
		 form.items[3].version, form.items[4].version);
	writes(&form, &answers, &filled, wanted);
	/* Nothing is kept of who refuses that, but that they came. */
	form_answers_put(&answers, 4, "no");
	assert_true(form_is_unnamed(&form, &answers));
	snprintf(wanted, sizeof wanted, "{\"custom:consent:processing\":\"no %s uk\",\"name\":\"Гість\"}", form.items[4].version);
	writes(&form, &answers, &filled, wanted);
	form_answers_fini(&answers);
	form_fini(&form);
}

static void has_choices(const struct form_field *field, const char *language, const char *const *wanted, size_t count) {
	char *choices[FORM_CHOICES_MAX];
	size_t n = form_choices(field, language, choices);
	assert_int_equal(n, count);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(choices[i], wanted[i]);
		free(choices[i]);
	}
}

/* Nobody has to write down which sexes there are; who would rather not say has answered, and nothing is kept of that. */
static void choices_that_every_event_has(void **state) {
	(void)state;
	static const char *const ours[] = {"f", "m", "x", FORM_UNSAID}, *const own[] = {"жінка", "чоловік"};
	struct form form = {0}, others = {0};
	struct form_answers answers = {0};
	const struct form_filled filled = {.language = "uk", .unnamed = "Гість", .year = 2026};
	add(&form, "name", "{\"order\":\"1\"}");
	add(&form, "sex", "{\"order\":\"2\",\"type\":\"text\"}"); /* as an older program put it */
	add(&form, "custom:Group", "{\"order\":\"3\",\"when\":\"sex=f\"}");
	add(&others, "sex", "{\"choices\":\"жінка\\nчоловік\"}");
	assert_int_equal(form.items[1].type, FORM_CHOICE);
	has_choices(&form.items[1], NULL, ours, COUNT_OF(ours));
	has_choices(&form.items[1], "uk", ours, COUNT_OF(ours));
	has_choices(&others.items[0], NULL, own, COUNT_OF(own));
	form_answers_put(&answers, 0, "Олена");
	form_answers_put(&answers, 1, "f");
	assert_true(form_is_asked(&form, &answers, 2, 2026));
	writes(&form, &answers, &filled, "{\"name\":\"Олена\",\"sex\":\"f\",\"language\":\"uk\"}");
	form_answers_put(&answers, 1, FORM_UNSAID);
	writes(&form, &answers, &filled, "{\"name\":\"Олена\",\"language\":\"uk\"}");
	form_answers_fini(&answers);
	form_fini(&form);
	form_fini(&others);
}

static void consents_as_they_are_kept(void **state) {
	(void)state;
	assert_true(form_consent_given("yes 0123456789ab uk"));
	assert_true(form_consent_given("yes"));
	assert_false(form_consent_given("no 0123456789ab uk"));
	assert_false(form_consent_given("yesterday"));
	assert_false(form_consent_given(""));
	assert_false(form_consent_given(NULL));
}

static void where_nobody_made_a_form(void **state) {
	(void)state;
	struct form form;
	form_default(&form);
	assert_int_equal(form.count, 4);
	assert_string_equal(form.items[0].key, "name");
	assert_int_equal(form_find(&form, "phone"), 3);
	form_fini(&form);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(which_keys_there_are),
		cmocka_unit_test(what_a_field_is),
		cmocka_unit_test(unknown_words_ask_all_the_same),
		cmocka_unit_test(it_has_an_order),
		cmocka_unit_test(words_in_a_language),
		cmocka_unit_test(versions_of_consents),
		cmocka_unit_test(who_is_asked_what),
		cmocka_unit_test(what_goes_onto_the_roster),
		cmocka_unit_test(choices_that_every_event_has),
		cmocka_unit_test(consents_as_they_are_kept),
		cmocka_unit_test(where_nobody_made_a_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
