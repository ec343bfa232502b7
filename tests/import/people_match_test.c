#include "import/people_match.h"

#include "import/table_read.h"
#include "scratch.h"

static const struct hash EVENT = {{1, 2, 3}};

static void read_people(const char *text, const char *key, struct people *p) {
	struct strbuf bytes = {0};
	struct table t = {0};
	struct err err = {0};
	struct people_options opt = {.key = key};
	strbuf_adds(&bytes, text);
	assert_ok(table_parse(&bytes, NULL, &t, &err) && people_from_table(&t, &opt, p, &err));
	table_fini(&t);
	strbuf_fini(&bytes);
}

/* Someone on the roster: "key=value" pairs of what is there now, ended by NULL; "said:key=value" is what an import said. */
static void add_known(struct known_people *k, const char *id, bool mine, const char *const *pairs) {
	bool made = false;
	ARRAY_GROW(k, items);
	struct known_person *p = &k->items[k->count++];
	*p = (struct known_person){.mine = mine, .sourced = mine, .root = k->count - 1};
	str_copy(p->id, sizeof p->id, id);
	*mapstr_place(&k->by_id, id, &made) = (int64_t)k->count;
	for (; *pairs != NULL; pairs++) {
		bool said = str_starts(*pairs, "said:");
		const char *pair = *pairs + (said ? 5 : 0);
		const char *value = strchr(pair, '=') + 1;
		char *key = xstrndup(pair, (size_t)(value - pair - 1));
		int field = known_field(k, key);
		ARRAY_GROW(p, cells);
		p->cells[p->count++] = (struct known_cell){.now = said ? NULL : value, .said = said ? value : NULL, .field = field};
		free(key);
	}
}

static void start_known(struct known_people *k) {
	for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
		known_field(k, person_field_key((enum person_field)i));
	}
}

/* Which person each row belongs to: the id of a known one, or "new1", "new2", … in the order of their first rows. */
static void expect(struct known_people *k, const char *text, const char *key, const char *want) {
	struct people p = {0};
	struct match m = {0};
	struct strbuf got = {0};
	read_people(text, key, &p);
	struct match_input in = {&EVENT, &p, k, key, false};
	people_match(&in, &m);
	size_t *of = xcalloc(p.count, sizeof *of);
	size_t *number = xcalloc(m.count, sizeof *number);
	size_t fresh = 0;
	for (size_t i = 0; i < m.count; i++) {
		for (size_t r = m.items[i].first_row; r != MATCH_NONE; r = m.next[r]) {
			of[r] = i;
		}
	}
	for (size_t r = 0; r < p.count; r++) {
		size_t i = of[r];
		if (m.items[i].known != MATCH_NONE) {
			strbuf_addf(&got, "%s ", m.items[i].id);
			continue;
		}
		number[i] = number[i] ? number[i] : ++fresh;
		strbuf_addf(&got, "new%zu ", number[i]);
	}
	assert_string_equal(strbuf_str(&got), want);
	free(of);
	free(number);
	strbuf_fini(&got);
	match_fini(&m);
	people_fini(&p);
}

static void the_stronger_key_decides(void **state) {
	(void)state;
	struct known_people k = {0};
	start_known(&k);
	add_known(&k, "a", false, (const char *const[]){"name=Їжак Олена", "code=K1", "email=o@x.org", NULL});
	add_known(&k, "b", false, (const char *const[]){"name=Їжак Олена", "email=two@x.org", NULL});
	expect(&k, "ПІБ,Email,Код\nЇжак Олена,two@x.org,K1\n", NULL, "a ");
	expect(&k, "ПІБ,Email,Код\nЇжак Олена,o@x.org,K2\n", NULL, "new1 ");
	expect(&k, "ПІБ,Email\nЇЖАК  ОЛЕНА,O@X.ORG\nЇжак Олена,two@x.org\n", NULL, "a b ");
	expect(&k, "ПІБ,Email\nІнша Людина,o@x.org\n", NULL, "new1 ");
	known_people_fini(&k);
}

static void phones_in_any_form(void **state) {
	(void)state;
	struct known_people k = {0};
	start_known(&k);
	add_known(&k, "a", false, (const char *const[]){"name=Їжак Олена", "phone=+38 (050) 123-45-67", NULL});
	expect(&k, "ПІБ,Телефон\nЇжак Олена,0501234567\n", NULL, "a ");
	expect(&k, "ПІБ,Телефон,Email\nЇжак Олена,80501234567,new@x.org\n", NULL, "a ");
	expect(&k, "ПІБ,Телефон\nЇжак Олена,0509999999\n", NULL, "new1 ");
	known_people_fini(&k);
}

static void what_an_import_said_recognises_too(void **state) {
	(void)state;
	struct known_people k = {0};
	start_known(&k);
	add_known(&k, "a", true, (const char *const[]){"name=Їжаченко Олена", "email=new@x.org", NULL});
	k.items[0].cells[0].said = "Їжак Олена";
	k.items[0].cells[1].said = "old@x.org";
	expect(&k, "ПІБ,Email\nЇжак Олена,old@x.org\n", NULL, "a ");
	expect(&k, "ПІБ,Email\nЇжаченко Олена,new@x.org\n", NULL, "a ");
	known_people_fini(&k);
}

static void of_namesakes_each_row_has_one(void **state) {
	(void)state;
	struct known_people k = {0};
	start_known(&k);
	add_known(&k, "a", true, (const char *const[]){"name=Іваненко Іван", "email=a@x.org", NULL});
	add_known(&k, "b", true, (const char *const[]){"name=Іваненко Іван", NULL});
	/* The second row has a's address, so the first cannot be a. */
	expect(&k, "ПІБ,Email\nІваненко Іван,\nІваненко Іван,a@x.org\nІваненко Іван,\n", NULL, "b a new1 ");
	known_people_fini(&k);
}

static void rows_of_one_file(void **state) {
	(void)state;
	struct known_people k = {0};
	start_known(&k);
	expect(&k, "ПІБ,Email,Телефон\nА Б,a@x.org,\nА Б,,0501234567\nА Б,a@x.org,0501234567\nА Б,,\n", NULL, "new1 new2 new1 new3 ");
	expect(&k, "ПІБ,Email,Телефон\nА Б,a@x.org,0501234567\nА Б,,0501234567\nА Б,b@x.org,0501234567\n", NULL, "new1 new1 new2 ");
	known_people_fini(&k);
}

static void the_key_column_comes_first(void **state) {
	(void)state;
	struct known_people k = {0};
	start_known(&k);
	add_known(&k, "a", true, (const char *const[]){"name=Їжак Олена", "email=o@x.org", "custom:Номер=7", NULL});
	expect(&k, "ПІБ,Email,Номер\nІнша Людина,x@x.org,7\nЇжак Олена,o@x.org,8\n", "номер", "a new1 ");
	known_people_fini(&k);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_stronger_key_decides),
		cmocka_unit_test(phones_in_any_form),
		cmocka_unit_test(what_an_import_said_recognises_too),
		cmocka_unit_test(of_namesakes_each_row_has_one),
		cmocka_unit_test(rows_of_one_file),
		cmocka_unit_test(the_key_column_comes_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
