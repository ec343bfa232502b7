/* Values in force: what no edit replaced, whatever the order. */
#include "store/view/register.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

/* An edit whose hash is `number` in its first byte. */
static struct edit edit_of(uint8_t number, const char *body) {
	struct err err = {0};
	struct edit e = {.hash = {{number}}, .body = json_parse(body, strlen(body), &err)};
	assert_ok(e.body != NULL);
	e.set = json_get(e.body, "set");
	return e;
}

#define H1 "0100000000000000000000000000000000000000000000000000000000000000"
#define H2 "0200000000000000000000000000000000000000000000000000000000000000"
#define H3 "0300000000000000000000000000000000000000000000000000000000000000"

static void add(struct registers *r, struct edit e) {
	ARRAY_GROW(r, items);
	r->items[r->count++] = e;
}

static void nothing_says_anything(void **state) {
	(void)state;
	struct registers r = {0};
	assert_null(registers_value(&r, "name"));
	assert_null(registers_text(&r, "name"));
	assert_false(registers_disputed(&r, "name"));
	registers_fini(&r);
}

static void the_greatest_hash_of_those_in_force(void **state) {
	(void)state;
	struct registers r = {0};
	add(&r, edit_of(1, "{\"set\":{\"name\":\"A\",\"note\":\"x\"}}"));
	add(&r, edit_of(2, "{\"set\":{\"name\":\"B\"}}"));
	assert_string_equal(registers_text(&r, "name"), "B");
	assert_string_equal(registers_text(&r, "note"), "x");
	assert_true(registers_disputed(&r, "name"));
	assert_false(registers_disputed(&r, "note"));
	registers_fini(&r);
}

/* What is replaced is so for good, though its hash be the greatest. */
static void what_was_replaced_is_not_in_force(void **state) {
	(void)state;
	struct registers r = {0};
	add(&r, edit_of(1, "{\"set\":{\"name\":\"A\"},\"was\":[\"" H2 "\"]}"));
	add(&r, edit_of(2, "{\"set\":{\"name\":\"B\",\"note\":\"kept\"}}"));
	assert_string_equal(registers_text(&r, "name"), "A");
	assert_false(registers_disputed(&r, "name"));
	assert_string_equal(registers_text(&r, "note"), "kept"); /* of that field nothing was replaced */
	assert_true(registers_in_force(&r, &r.items[0], "name"));
	assert_false(registers_in_force(&r, &r.items[1], "name"));
	assert_false(registers_in_force(&r, &r.items[0], "note")); /* it does not say */
	registers_fini(&r);
}

static void equal_values_are_no_dispute(void **state) {
	(void)state;
	struct registers r = {0};
	add(&r, edit_of(1, "{\"set\":{\"when\":{\"start\":1,\"end\":2}}}"));
	add(&r, edit_of(2, "{\"set\":{\"when\":{\"end\":2,\"start\":1}}}"));
	assert_false(registers_disputed(&r, "when"));
	add(&r, edit_of(3, "{\"set\":{\"when\":{\"end\":3,\"start\":1}}}"));
	assert_true(registers_disputed(&r, "when"));
	assert_null(registers_text(&r, "when")); /* it is no text */
	registers_fini(&r);
}

/* Two that replace each other: nobody honest writes it, and it must not hang or crash; neither stands. */
static void a_ring(void **state) {
	(void)state;
	struct registers r = {0};
	add(&r, edit_of(1, "{\"set\":{\"name\":\"A\"},\"was\":[\"" H2 "\"]}"));
	add(&r, edit_of(2, "{\"set\":{\"name\":\"B\"},\"was\":[\"" H1 "\",7,null]}"));
	assert_null(registers_value(&r, "name"));
	registers_fini(&r);
	add(&r, edit_of(1, "{\"set\":{\"name\":\"A\"},\"was\":[\"" H1 "\"]}")); /* itself: it goes on counting */
	assert_string_equal(registers_text(&r, "name"), "A");
	registers_fini(&r);
}

static bool join_fields(void *context, const char *field, const struct json *value, struct err *err) {
	(void)err;
	strbuf_addf(context, "%s=%s;", field, str_or_empty(json_text(value)));
	return !str_eq(field, "stop");
}

static void every_field_once_in_order(void **state) {
	(void)state;
	struct err err = {0};
	struct registers r = {0};
	struct strbuf out = {0};
	assert_ok(registers_each(&r, join_fields, &out, &err));
	assert_int_equal(out.len, 0);
	add(&r, edit_of(1, "{\"set\":{\"b\":\"1\",\"a\":\"2\"}}"));
	add(&r, edit_of(2, "{\"set\":{\"c\":\"3\",\"a\":\"4\"}}"));
	assert_ok(registers_each(&r, join_fields, &out, &err));
	assert_string_equal(out.data, "a=4;b=1;c=3;");
	strbuf_reset(&out);
	add(&r, edit_of(3, "{\"set\":{\"stop\":\"\",\"z\":\"5\"}}"));
	assert_false(registers_each(&r, join_fields, &out, &err));
	assert_string_equal(out.data, "a=4;b=1;c=3;stop=;");
	strbuf_fini(&out);
	registers_fini(&r);
}

static void a_new_edit_names_what_it_replaces(void **state) {
	(void)state;
	struct err err = {0};
	struct registers r = {0};
	struct strbuf out = {0};
	struct json_writer w = {.out = &out};
	add(&r, edit_of(1, "{\"set\":{\"name\":\"A\"}}"));
	add(&r, edit_of(2, "{\"set\":{\"note\":\"x\"}}"));
	add(&r, edit_of(3, "{\"set\":{\"name\":\"C\"},\"was\":[\"" H1 "\"]}"));
	struct json *set = json_parse("{\"name\":\"D\"}", 12, &err);
	assert_ok(set != NULL);
	json_open(&w, NULL, '{');
	registers_write_was(&r, set, &w);
	json_close(&w, '}');
	assert_string_equal(out.data, "{\"was\":[\"" H3 "\"]}"); /* not the one that was replaced already */
	json_free(set);
	strbuf_fini(&out);
	registers_fini(&r);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_says_anything),
		cmocka_unit_test(the_greatest_hash_of_those_in_force),
		cmocka_unit_test(what_was_replaced_is_not_in_force),
		cmocka_unit_test(equal_values_are_no_dispute),
		cmocka_unit_test(a_ring),
		cmocka_unit_test(every_field_once_in_order),
		cmocka_unit_test(a_new_edit_names_what_it_replaces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
