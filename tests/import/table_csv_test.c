#include "import/table_csv.h"

#include "import/table_read.h"
#include "scratch.h"

static bool parse(const char *text, size_t n, struct table *t, struct err *err) {
	struct strbuf bytes = {0};
	strbuf_add(&bytes, text, n);
	bool ok = table_parse(&bytes, NULL, t, err);
	strbuf_fini(&bytes);
	return ok;
}

/* `rows` as "a|b/c|d": cells and rows. */
static void expect(const char *text, char delimiter, const char *rows) {
	struct table t = {0};
	struct err err = {0};
	struct strbuf got = {0};
	assert_ok(parse(text, strlen(text), &t, &err));
	for (size_t r = 0; r < t.count; r++) {
		strbuf_adds(&got, r ? "/" : "");
		for (size_t c = 0; c < t.rows[r].count; c++) {
			strbuf_addf(&got, "%s%s", c ? "|" : "", table_cell(&t, r, c));
		}
	}
	assert_string_equal(strbuf_str(&got), rows);
	assert_int_equal(t.delimiter, delimiter);
	strbuf_fini(&got);
	table_fini(&t);
}

static void delimiters_are_found(void **state) {
	(void)state;
	expect("a,b\nc,d\n", ',', "a|b/c|d");
	expect("a;b\nc;d\n", ';', "a|b/c|d");
	expect("a\tb\nc\td\n", '\t', "a|b/c|d");
	expect("name;note\nA, B;x, y\nC, D;z\n", ';', "name|note/A, B|x, y/C, D|z");
	expect("\"a;b\",\"c;d\"\n\"e;f\",g\n", ',', "a;b|c;d/e;f|g");
	expect("alone\nword\n", ',', "alone/word");
}

static void a_sep_line_is_taken(void **state) {
	(void)state;
	expect("sep=;\na;b,c\nd;e\n", ';', "a|b,c/d|e");
	expect("SEP=,\r\na;x,b\r\n", ',', "a;x|b");
	expect("\"sep=;\"\na;b\n", ';', "a|b");
	expect("sep=\t\na\tb\n", '\t', "a|b");
	expect("sep=;;\na;b\n", ';', "sep=/a|b");
	expect("sep=\na;b\nc;d\n", ';', "sep=/a|b/c|d");
}

static void marks_of_texts_are_taken_off(void **state) {
	(void)state;
	expect("a,b\n=\"00456\",'00123\n", ',', "a|b/00456|00123");
	expect("a;b\n\"=\"\"0 44\"\"\";'+380 (44) 5-6\n", ';', "a|b/0 44|+380 (44) 5-6");
	expect("a,b\n'90s club,='x'\n", ',', "a|b/'90s club|='x'");
	expect("a,b\n=\"\",'\n", ',', "a|b/|'");
	expect("a,b\n=\"a\"&\"b\",c\n", ',', "a|b/=\"a\"&\"b\"|c");
}

static void quotes_as_programs_write_them(void **state) {
	(void)state;
	expect("a,\"b \"\"c\"\" d\",e\n", ',', "a|b \"c\" d|e");
	expect("a,\"b,c\nd\",e\nf,g,h\n", ',', "a|b,c d|e/f|g|h");
	expect("a,\"\",b\n", ',', "a||b");
	expect("a,b\"c\"d,e\n", ',', "a|b\"c\"d|e");
	expect("a,\"b\"c,d\n", ',', "a|bc|d");
}

static void line_ends_and_blanks(void **state) {
	(void)state;
	expect("a,b\r\nc,d\r\n", ',', "a|b/c|d");
	expect("a,b\rc,d\r", ',', "a|b/c|d");
	expect("a,b\n\n,,\n  ,\nc,d", ',', "a|b/c|d");
	expect("  a  ,\xC2\xA0 b\xE2\x80\x8B\n", ',', "a|b");
	expect("a,,,\n", ',', "a");
}

static void rows_know_their_lines(void **state) {
	(void)state;
	struct table t = {0};
	struct err err = {0};
	const char *text = "h1,h2\r\n\r\n\"two\r\nlines\",b\r\nc,d\r\n";
	assert_ok(parse(text, strlen(text), &t, &err));
	assert_int_equal(t.count, 3);
	assert_int_equal(t.rows[0].line, 1);
	assert_int_equal(t.rows[1].line, 3);
	assert_int_equal(t.rows[2].line, 5);
	table_fini(&t);
}

static void letters_come_composed(void **state) {
	(void)state;
	expect("\xD0\xB8\xCC\x86,e\xCC\x81\n", ',', "й|é");
}

static void an_unclosed_quote_is_named(void **state) {
	(void)state;
	struct table t = {0};
	struct err err = {0};
	const char *text = "a,b\nc,\"d\ne,f\n";
	assert_false(parse(text, strlen(text), &t, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_says("line 2, column 2");
	assert_false(parse("a,b\nc\0,d\n", 9, &t, &err));
	assert_says("line 2, column 2");
	assert_false(parse("", 0, &t, &err));
	assert_says("empty");
	assert_false(parse(" \n,,\n", 5, &t, &err));
	assert_says("empty");
}

static void sizes_are_capped(void **state) {
	(void)state;
	struct table t = {0};
	struct err err = {0};
	struct strbuf wide = {0};
	for (int i = 0; i < 1000000; i++) {
		strbuf_adds(&wide, "x,");
	}
	assert_false(parse(wide.data, wide.len, &t, &err));
	assert_says("line 1: more than 500 columns");
	strbuf_reset(&wide);
	for (int i = 0; i < 1000000; i++) {
		strbuf_addc(&wide, ',');
	}
	strbuf_adds(&wide, "\na,b\n");
	assert_ok(parse(wide.data, wide.len, &t, &err)); /* a million empty columns are no columns */
	assert_int_equal(t.count, 1);
	table_fini(&t);
	strbuf_reset(&wide);
	strbuf_adds(&wide, "a,b\nc,");
	for (int i = 0; i < 40000; i++) {
		strbuf_adds(&wide, "ї");
	}
	assert_false(parse(wide.data, wide.len, &t, &err));
	assert_says("line 2, column 2: a cell longer than 32767");
	strbuf_fini(&wide);
}

static void every_prefix_is_read_or_refused(void **state) {
	(void)state;
	const char *text = "\xEF\xBB\xBFsep=;\nПІБ;\"Пошта\"\nЇжак \"О\";\"a\"\"b@c\"\r\n\"x\ny\";z\n";
	for (size_t n = 0; n <= strlen(text); n++) {
		struct table t = {0};
		struct err err = {0};
		if (parse(text, n, &t, &err)) {
			table_fini(&t);
		} else {
			assert_int_equal(err.kind, ERR_INPUT);
		}
	}
}

/* While it is read, not when all of it stands in memory; blank lines are no rows. */
static void rows_are_counted_as_they_come(void **state) {
	(void)state;
	static const struct table_options three = {.rows_max = 3};
	struct table t = {0};
	struct err err = {0};
	struct strbuf bytes = {0};
	strbuf_adds(&bytes, "a\n1\n\n\n2\n");
	assert_ok(table_parse(&bytes, &three, &t, &err));
	assert_int_equal(t.count, 3);
	table_fini(&t);
	strbuf_adds(&bytes, "3\n\"never closed");
	assert_false(table_parse(&bytes, &three, &t, &err));
	assert_holds(err.text, "line 6");
	assert_holds(err.text, "more than 3 rows");
	strbuf_fini(&bytes);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_counted_as_they_come),
		cmocka_unit_test(delimiters_are_found),
		cmocka_unit_test(a_sep_line_is_taken),
		cmocka_unit_test(quotes_as_programs_write_them),
		cmocka_unit_test(marks_of_texts_are_taken_off),
		cmocka_unit_test(line_ends_and_blanks),
		cmocka_unit_test(rows_know_their_lines),
		cmocka_unit_test(letters_come_composed),
		cmocka_unit_test(an_unclosed_quote_is_named),
		cmocka_unit_test(sizes_are_capped),
		cmocka_unit_test(every_prefix_is_read_or_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
