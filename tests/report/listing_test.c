#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "report/listing.h"

static const struct column COLUMNS[] = {
	{"name", NULL, 0},
	{"n", "count", 0},
	{"new", NULL, LISTING_JSON | LISTING_CSV},
	{"more", NULL, LISTING_JSON},
};

static void put(struct listing *l, const char *name, int64_t n) {
	struct err err = {0};
	listing_text(l, name);
	listing_int(l, n);
	listing_bool(l, n > 5);
	listing_json(l, "{\"a\":1}");
	assert_true(listing_row(l, &err));
}

/* The rows "Ївга" 7 and the given name 12 in a form. */
static void print(struct out *out, enum listing_form form, const char *name) {
	struct listing_options options = {.form = form, .columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	struct err err = {0};
	struct listing *l = listing_open(out, &options);
	put(l, "Ївга", 7);
	put(l, name, 12);
	assert_true(listing_finish(l, &err));
	listing_close(l);
}

static void tables_are_aligned_by_display_width(void **state) {
	(void)state;
	struct out out = {.fd = -1};
	print(&out, LISTING_TABLE, "日本 x\ny"); /* wide characters; a line end would break the table */
	assert_string_equal(out.text.data, "name      count\n"
					   "Ївга          7\n"
					   "日本 x y     12\n");
	strbuf_fini(&out.text);
}

static void nothing_in_a_table_steers(void **state) {
	(void)state;
	struct out out = {.fd = -1};
	print(&out, LISTING_TABLE, "\x1b[2J\u202Ex");
	assert_string_equal(out.text.data, "name                  count\n"
					   "Ївга                      7\n"
					   "\\x1B[2J\\xE2\\x80\\xAEx     12\n");
	assert_false(out.exact);
	strbuf_reset(&out.text);
	print(&out, LISTING_CSV, "\x1b[2J\u202Ex");
	assert_string_equal(out.text.data, "name,n,new\r\nЇвга,7,yes\r\n\x1b[2J\u202Ex,12,yes\r\n");
	assert_true(out.exact);
	strbuf_fini(&out.text);
}

static void json_is_an_array_of_objects(void **state) {
	(void)state;
	struct out out = {.fd = -1};
	print(&out, LISTING_JSON, NULL);
	assert_string_equal(out.text.data, "[\n{\"name\":\"Ївга\",\"n\":7,\"new\":true,\"more\":{\"a\":1}},\n"
					   "{\"name\":null,\"n\":12,\"new\":true,\"more\":{\"a\":1}}\n]\n");
	strbuf_fini(&out.text);
}

static void what_a_row_has_not(void **state) {
	(void)state;
	static const enum listing_form forms[] = {LISTING_JSON, LISTING_CSV, LISTING_TABLE};
	static const char *const wanted[] = {"[\n{\"name\":\"x\",\"new\":true}\n]\n", "name,n,new\r\nx,,yes\r\n", "name  count\nx     \n"};
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		struct out out = {.fd = -1};
		struct listing_options options = {.form = forms[i], .columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
		struct err err = {0};
		struct listing *l = listing_open(&out, &options);
		listing_text(l, "x");
		listing_none(l);
		listing_bool(l, true);
		listing_none(l);
		assert_true(listing_row(l, &err) && listing_finish(l, &err));
		assert_string_equal(out.text.data, wanted[i]);
		listing_close(l);
		strbuf_fini(&out.text);
	}
}

static void csv_is_quoted_and_defused(void **state) {
	(void)state;
	struct out out = {.fd = -1};
	print(&out, LISTING_CSV, "=SUM(A1,\"x\")");
	assert_string_equal(out.text.data, "name,n,new\r\nЇвга,7,yes\r\n\"'=SUM(A1,\"\"x\"\")\",12,yes\r\n");
	strbuf_reset(&out.text);
	static const char *const formulas[] = {"=1", "+380", "-1", "@x", "\tx"};
	for (size_t i = 0; i < COUNT_OF(formulas); i++) {
		print(&out, LISTING_CSV, formulas[i]);
		char *want = xasprintf("name,n,new\r\nЇвга,7,yes\r\n'%s,12,yes\r\n", formulas[i]);
		assert_string_equal(out.text.data, want);
		free(want);
		strbuf_reset(&out.text);
	}
	strbuf_fini(&out.text);
}

static void an_empty_list_has_its_head(void **state) {
	(void)state;
	static const struct {
		enum listing_form form;
		const char *want;
	} cases[] = {{LISTING_TABLE, "name  count\n"}, {LISTING_JSON, "[]\n"}, {LISTING_CSV, "\xEF\xBB\xBFname,n,new\r\n"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct out out = {.fd = -1};
		struct err err = {0};
		struct listing_options options = {.form = cases[i].form, .columns = COLUMNS, .count = COUNT_OF(COLUMNS), .bom = true};
		struct listing *l = listing_open(&out, &options);
		assert_true(listing_finish(l, &err));
		listing_close(l);
		assert_string_equal(out.text.data, cases[i].want);
		strbuf_fini(&out.text);
	}
}

/* After the sample the rows stream; a longer cell moves its own row only. */
static void long_tables_stream(void **state) {
	(void)state;
	struct out out = {.fd = -1};
	struct err err = {0};
	struct listing_options options = {.form = LISTING_TABLE, .columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	struct listing *l = listing_open(&out, &options);
	for (int i = 0; i < LISTING_SAMPLE; i++) {
		assert_int_equal(out.text.len, 0);
		put(l, "x", i);
	}
	assert_true(out.text.len > LISTING_SAMPLE);
	strbuf_reset(&out.text);
	put(l, "longer than all", 1);
	assert_string_equal(out.text.data, "longer than all      1\n");
	assert_true(listing_finish(l, &err));
	listing_close(l);
	strbuf_fini(&out.text);
}

static void output_that_cannot_be_written_is_an_error(void **state) {
	(void)state;
	struct out out = {.fd = -1};
	struct err err = {0};
	strbuf_adds(&out.text, "x");
	assert_false(out_flush(&out, &err));
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_true(out_flush(&out, &err)); /* said once */
	strbuf_fini(&out.text);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_aligned_by_display_width),
		cmocka_unit_test(nothing_in_a_table_steers),
		cmocka_unit_test(json_is_an_array_of_objects),
		cmocka_unit_test(what_a_row_has_not),
		cmocka_unit_test(csv_is_quoted_and_defused),
		cmocka_unit_test(an_empty_list_has_its_head),
		cmocka_unit_test(long_tables_stream),
		cmocka_unit_test(output_that_cannot_be_written_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
