#include "base/json.h"

#include "lib/testing.h"

#include "base/alloc.h"

static struct json *parse(const char *text, struct err *err) { return json_parse(text, strlen(text), err); }

static void values(void **state) {
	(void)state;
	struct err err = {0};
	struct json *j = parse("{\"a\": [1, -2, \"три\", true, null], \"b\": 9007199254740991, \"c\": 1.5}", &err);
	assert_ok(j != NULL);
	int64_t v;
	assert_int_equal(json_count(json_get(j, "a")), 5);
	assert_string_equal(json_text(json_at(json_get(j, "a"), 2)), "три");
	assert_true(json_int(json_get(j, "b"), &v) && v == 9007199254740991);
	assert_false(json_int(json_get(j, "c"), &v));
	assert_null(json_get(j, "none"));
	assert_null(json_text(json_get(json_get(j, "none"), "x"))); /* what is not there answers empty */
	assert_int_equal(json_get_int(j, "none", 5), 5);
	json_free(j);
}

static void wrong_texts_say_where(void **state) {
	(void)state;
	static const struct {
		const char *text, *says;
	} wrong[] = {{"", "line 1"},     {"{\n\"a\": }", "line 2"},         {"{\"a\":1,\"a\":2}", "duplicate"},
		     {"[1,]", "line 1"}, {"{\"a\":\"\\u0000\"}", "line 1"}, {"\"\xff\"", ""},
		     {"[1] x", "line 1"}};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct err err = {0};
		assert_null(parse(wrong[i].text, &err));
		assert_int_equal(err.kind, ERR_INPUT);
		assert_holds(err.text, wrong[i].says);
	}
}

static void depth_is_capped(void **state) {
	(void)state;
	struct err err = {0};
	struct strbuf deep = {0};
	for (int i = 0; i < 100000; i++) {
		strbuf_addc(&deep, '[');
	}
	assert_null(json_parse(strbuf_str(&deep), deep.len, &err));
	strbuf_fini(&deep);
}

static void what_is_written_is_read(void **state) {
	(void)state;
	struct strbuf out = {0};
	struct err err = {0};
	struct json_writer w = {.out = &out};
	json_open(&w, NULL, '{');
	json_put_text(&w, "q\"", "a\\\"\n\t\x01ї");
	json_put_int(&w, "n", -5);
	json_open(&w, "list", '[');
	json_put_bool(&w, NULL, true);
	json_put_text(&w, NULL, NULL);
	json_close(&w, ']');
	json_close(&w, '}');
	assert_null(strchr(strbuf_str(&out), '\n'));
	struct json *j = parse(strbuf_str(&out), &err);
	assert_ok(j != NULL);
	assert_string_equal(json_get_text(j, "q\""), "a\\\"\n\t\x01ї");
	assert_int_equal(json_get_int(j, "n", 0), -5);
	assert_int_equal(json_kind(json_at(json_get(j, "list"), 1)), JSON_KIND_NULL);
	json_free(j);
	strbuf_fini(&out);
}

static void count_one(void *context, const char *key, const char *value) {
	size_t *count = context;
	*count += strlen(key) + strlen(value) > 0;
}

/* What json_each_text reads json_parse reads alike; the rest it leaves to json_parse, also what that refuses. */
static void objects_of_texts_are_read_without_a_tree(void **state) {
	static const char *const plain[] = {"{}", "{\"a\":\"b\"}", "{\"a\":\"\\n\\\"\\/\",\"ї\":\"\x7f\"}"};
	static const char *const odd[] = {"",
					  "{",
					  "{\"a\":\"b\"",
					  "{\"a\":\"b\",}",
					  "{\"a\":1}",
					  "{\"a\":\"b\"}x",
					  "{\"a\" :\"b\"}",
					  "{\"a\":\"\\u0041\"}",
					  "{\"a\":\"\t\"}",
					  "{\"\x01\":\"b\"}",
					  "{\"a\":\"\\x\"}",
					  "[\"a\"]"};
	struct err err = {0};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(plain); i++) {
		size_t count = 0;
		assert_true(json_each_text(plain[i], count_one, &count));
		assert_int_equal(count, i);
		struct json *j = parse(plain[i], &err);
		assert_ok(j != NULL);
		json_free(j);
	}
	for (size_t i = 0; i < COUNT_OF(odd); i++) {
		size_t count = 0;
		assert_false(json_each_text(odd[i], count_one, &count));
	}
}

static bool is_short(const void *most, const char *key, const char *value) { return strlen(key) + strlen(value) <= *(const size_t *)most; }

static void members_of_one_object_in_another(void **state) {
	static const char text[] = "{\"a\":\"1\",\"long\":\"а\\n\\\"б\",\"none\":null,\"b\":\"\"}";
	const size_t most = 2;
	(void)state;
	struct err err = {0};
	struct strbuf out = {0};
	struct json_writer w = {.out = &out};
	struct json *object = json_parse(text, strlen(text), &err);
	assert_non_null(object);
	json_open(&w, NULL, '{');
	json_put_members(&w, object, NULL, NULL);
	json_put_members(&w, object, is_short, &most);
	json_put_text(&w, "c", "2");
	json_close(&w, '}');
	assert_string_equal(strbuf_str(&out),
			    "{\"a\":\"1\",\"long\":\"а\\n\\\"б\",\"none\":\"\",\"b\":\"\",\"a\":\"1\",\"b\":\"\",\"c\":\"2\"}");
	json_free(object);
	strbuf_fini(&out);
}

int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(values),
					   cmocka_unit_test(wrong_texts_say_where),
					   cmocka_unit_test(depth_is_capped),
					   cmocka_unit_test(what_is_written_is_read),
					   cmocka_unit_test(objects_of_texts_are_read_without_a_tree),
					   cmocka_unit_test(members_of_one_object_in_another)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
