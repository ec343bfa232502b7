/* Badge codes: the frozen layout, base 45, the spoken form, pretix's tickets. */
#include "badge/code.h"

#include "lib/testing.h"

#include "badge/pretix.h"
#include "base/alloc.h"
#include "base/base45.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "paper/qr.h"

static void base45_of_the_rfc(void **state) {
	(void)state;
	static const struct {
		const char *plain, *text;
	} rows[] = {{"AB", "BB8"}, {"Hello!!", "%69 VD92EX0"}, {"base-45", "UJCLQE7W581"}, {"ietf!", "QED8WEX0"}, {"", ""}};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char text[64];
		uint8_t back[64];
		size_t n = strlen(rows[i].plain), got;
		base45_encode((const uint8_t *)rows[i].plain, n, text);
		assert_string_equal(text, rows[i].text);
		assert_true(base45_decode(text, back, sizeof back, &got));
		assert_int_equal(got, n);
		assert_memory_equal(back, rows[i].plain, n);
	}
}

static void base45_refuses(void **state) {
	(void)state;
	static const char *const wrong[] = {"GGW", "A", "BB8A", "bb8", "BB8,", ":::", "::"};
	uint8_t out[64];
	size_t n;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(base45_decode(wrong[i], out, sizeof out, &n));
	}
	assert_false(base45_decode("BB8BB8", out, 3, &n)); /* more than there is room for */
}

static void the_layout_is_frozen(void **state) {
	(void)state;
	struct key_pair key;
	struct hash event = crypto_sha256("event", 5);
	struct code code;
	struct qr_matrix qr;
	struct err err = {0};
	char text[CODE_TEXT_MAX];
	crypto_key_new(&key);
	code_make_signed(&event, &key, 7, text);
	assert_int_equal(strlen(text), 120);
	assert_int_equal(code_parse(text, &code), CODE_SIGNED);
	assert_int_equal(code.category, 7);
	assert_memory_equal(code.tag, event.b, CODE_TAG_LEN);
	assert_int_equal(code_verify(&code, &event, &key.public_key), CODE_OK);
	assert_ok(qr_encode(&qr, text, strlen(text), QR_LEVEL_M, &err));
	assert_int_equal(qr_version(&qr), 5);
	code_make_short(text);
	assert_int_equal(strlen(text), 15);
	assert_int_equal(code_parse(text, &code), CODE_SHORT);
	assert_ok(qr_encode(&qr, text, strlen(text), QR_LEVEL_M, &err));
	assert_int_equal(qr_version(&qr), 1);
}

static void nothing_of_a_code_can_be_changed(void **state) {
	(void)state;
	struct key_pair key;
	struct hash event = crypto_sha256("event", 5);
	struct code code;
	char text[CODE_TEXT_MAX];
	crypto_key_new(&key);
	code_make_signed(&event, &key, 0, text);
	for (size_t i = 3; i < strlen(text); i++) {
		char was = text[i];
		text[i] = was == '0' ? '1' : '0';
		if (code_parse(text, &code) == CODE_SIGNED) {
			assert_int_not_equal(code_verify(&code, &event, &key.public_key), CODE_OK);
		}
		text[i] = was;
	}
	/* Another event with the same tag: the signature covers the whole id. */
	struct hash twin = event;
	twin.b[31] ^= 1;
	assert_int_equal(code_parse(text, &code), CODE_SIGNED);
	assert_int_equal(code_verify(&code, &twin, &key.public_key), CODE_FORGED);
	twin.b[0] ^= 1;
	assert_int_equal(code_verify(&code, &twin, &key.public_key), CODE_WRONG_EVENT);
}

static void wrong_and_foreign_texts(void **state) {
	(void)state;
	struct code code;
	static const char *const malformed[] = {"TO1", "TO0", "TO1BB8", "TO0BB8", "TO1!", "TO0aaaaaaaaaaaa"};
	static const char *const foreign[] = {"", "TO", "to1BB8", "TO2ABC", "https://example.org", "CODE-A"};
	for (size_t i = 0; i < COUNT_OF(malformed); i++) {
		assert_int_equal(code_parse(malformed[i], &code), CODE_MALFORMED);
	}
	for (size_t i = 0; i < COUNT_OF(foreign); i++) {
		assert_int_equal(code_parse(foreign[i], &code), CODE_FOREIGN);
	}
}

static void read_aloud(void **state) {
	(void)state;
	char text[CODE_TEXT_MAX], aloud[CODE_ALOUD_MAX], typed[CODE_ALOUD_MAX], again[CODE_ALOUD_MAX];
	code_make_short(text);
	code_read_aloud(text, aloud);
	code_read_aloud(text, again);
	assert_string_equal(aloud, again);
	assert_int_equal(strlen(aloud), 9);
	assert_int_equal(aloud[4], '-');
	assert_true(code_normalise_read_aloud(" 7f3k 2mq9 ", typed));
	assert_string_equal(typed, "7F3K-2MQ9");
	assert_true(code_normalise_read_aloud("oil0-IL1O", typed));
	assert_string_equal(typed, "0110-1110");
	assert_false(code_normalise_read_aloud("7F3K-2MQ", typed));
	assert_false(code_normalise_read_aloud("7F3K-2MQU", typed));
	assert_false(code_normalise_read_aloud("7F3K-2MQ99", typed));
	assert_string_equal(typed, "");
}

static void pretix_vectors(void **state) {
	(void)state;
	char path[512];
	struct strbuf text = {0};
	struct err err = {0};
	if (shared_folder("samples/pretix", path) == NULL) {
		skip();
	}
	assert_ok(file_read("../shared/samples/pretix/sig1_vectors.json", 1 << 20, &text, &err));
	struct json *root = json_parse(strbuf_str(&text), text.len, &err);
	assert_ok(root != NULL);
	struct json *keys = json_get(root, "public_keys_raw_hex"), *vectors = json_get(root, "vectors");
	struct public_key raw[8];
	size_t key_count = json_count(keys);
	for (size_t i = 0; i < key_count; i++) {
		assert_true(str_unhex(json_text(json_at(keys, i)), raw[i].b, KEY_LEN));
	}
	int good = 0;
	assert_true(json_count(vectors) >= 5);
	for (size_t i = 0; i < json_count(vectors); i++) {
		struct json *v = json_at(vectors, i);
		struct pretix_ticket ticket;
		bool parsed = pretix_parse(json_get_text(v, "qr"), &ticket);
		int64_t which;
		bool verifies = json_int(json_get(v, "verified_by_key_index"), &which);
		size_t got = 99;
		assert_int_equal(parsed && pretix_verify(&ticket, raw, key_count, &got), verifies);
		if (verifies) {
			struct json *fields = json_get(v, "fields");
			assert_int_equal(got, which);
			assert_string_equal(ticket.seed, json_get_text(fields, "seed"));
			assert_int_equal(ticket.item, json_get_int(fields, "item", 0));
			assert_int_equal(ticket.valid_until, json_get_int(fields, "validUntilUnixTime", 0));
			good++;
		}
	}
	assert_true(good >= 4);
	json_free(root);
	strbuf_fini(&text);
}

static void hostile_pretix_texts(void **state) {
	(void)state;
	static const char *const wrong[] = {"", "=", "====", "AQAPAEAA", "A", "//////////8B", "not base64 at all!"};
	struct pretix_ticket ticket;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(pretix_parse(wrong[i], &ticket));
	}
	static char huge[100000];
	memset(huge, 'A', sizeof huge - 1);
	assert_false(pretix_parse(huge, &ticket));
	struct public_key key;
	struct err err = {0};
	assert_false(pretix_key_read("bm8ga2V5", &key, &err));
	assert_true(err.text[0] != '\0');
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base45_of_the_rfc),       cmocka_unit_test(base45_refuses),
		cmocka_unit_test(the_layout_is_frozen),    cmocka_unit_test(nothing_of_a_code_can_be_changed),
		cmocka_unit_test(wrong_and_foreign_texts), cmocka_unit_test(read_aloud),
		cmocka_unit_test(pretix_vectors),          cmocka_unit_test(hostile_pretix_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
