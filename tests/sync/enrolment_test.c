/* A hub's door: tokens and pairing codes as people copy them, texts, and boxes that only the right hub opens. */
#include "sync/enrolment.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/create.h"

static int start(void **state) {
	struct err err = {0};
	(void)state;
	return crypto_init(&err) ? 0 : -1;
}

/* --- tokens and codes ------------------------------------------------------------------------------------------------------------------------ */

static void tokens(void **state) {
	static const char *const wrong[] = {"",
					    "0123456789abcdef",
					    "0123456789abcdef-",
					    "0123456789abcdef-0123456789abcdef0123456789abcde",
					    "0123456789abcdef-0123456789abcdef0123456789abcdef0",
					    "0123456789abcdef_0123456789abcdef0123456789abcdef",
					    "0123456789abcdeg-0123456789abcdef0123456789abcdef",
					    "0123456789abcdef-0123456789abcdef0123456789abcdeg"};
	struct err err = {0};
	struct hub_token token, again;
	char text[TOKEN_TEXT_MAX];
	uint8_t one[8], other[8];
	(void)state;
	assert_ok(hub_token_parse("0123456789abcdef-00112233445566778899aabbccddeeff", &token, &err));
	assert_true(token.fingerprint[0] == 0x01 && token.fingerprint[7] == 0xef && token.secret[0] == 0 && token.secret[15] == 0xff);
	hub_token_text(&token, text);
	assert_string_equal(text, "0123456789abcdef-00112233445566778899aabbccddeeff");
	assert_ok(hub_token_parse(text, &again, &err));
	assert_memory_equal(&token, &again, sizeof token);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(hub_token_parse(wrong[i], &token, &err));
		assert_int_equal(err.kind, ERR_USAGE);
	}
	struct key_pair a = key_of_number(1), b = key_of_number(2);
	hub_token_fingerprint(&a.public_key, one);
	hub_token_fingerprint(&b.public_key, other);
	assert_memory_not_equal(one, other, sizeof one);
}

static void codes_as_people_type_them(void **state) {
	static const char *const same[] = {"7K3M-9QRT-2WXY-41BC", "7k3m9qrt2wxy41bc",    " 7K3M 9QRT 2WXY 41BC ",
					   "7k3m-9qrt-2wxy-4IBC", "7K3M-9QRT-2WXY-4lbc", "--7K3M9QRT\t2WXY41BC\n"};
	static const char *const wrong[] = {"",
					    "7K3M-9QRT-2WXY-41B",
					    "7K3M-9QRT-2WXY-41BCD",
					    "7K3M-9QRT-2WXY-4UBC",
					    "7K3M-9QRT-2WXY-4!BC",
					    "7К3М-9QRT-2WXY-41BC" /* Cyrillic К, М */};
	struct err err = {0};
	struct pair_code code, first;
	char text[PAIR_TEXT_MAX];
	(void)state;
	assert_ok(pair_code_parse(same[0], &first, &err));
	pair_code_text(&first, text);
	assert_string_equal(text, same[0]);
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		assert_ok(pair_code_parse(same[i], &code, &err));
		assert_memory_equal(&code, &first, sizeof code);
	}
	assert_ok(pair_code_parse("OOOO-0000-oooo-ZZZZ", &code, &err));
	pair_code_text(&code, text);
	assert_string_equal(text, "0000-0000-0000-ZZZZ");
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(pair_code_parse(wrong[i], &code, &err));
		assert_int_equal(err.kind, ERR_USAGE);
	}
}

static void a_codes_fingerprint_is_the_hubs(void **state) {
	struct err err = {0};
	struct key_pair a = key_of_number(1), b = key_of_number(2);
	uint8_t one[5], again[5], other[5];
	(void)state;
	assert_ok(pair_code_fingerprint(&a.public_key, one, &err) && pair_code_fingerprint(&a.public_key, again, &err) &&
		  pair_code_fingerprint(&b.public_key, other, &err));
	assert_memory_equal(one, again, sizeof one);
	assert_memory_not_equal(one, other, sizeof one);
}

/* --- texts ----------------------------------------------------------------------------------------------------------------------------------- */

static bool read_lines(const char *text, size_t n, struct enrolment_lines *out, struct err *err) {
	struct strbuf copy = {0};
	strbuf_add(&copy, text, n);
	return enrolment_lines_read(&copy, out, err);
}

static void lines_of_words_and_values(void **state) {
	struct err err = {0};
	struct enrolment_lines lines;
	uint8_t two[2];
	static const char text[] = "door\tpair\nempty\t\ndoor\tagain\nhex\t0aFF\ntabs\ta\tb\n";
	(void)state;
	assert_ok(read_lines(text, strlen(text), &lines, &err));
	assert_string_equal(enrolment_get(&lines, "door"), "pair");
	assert_string_equal(enrolment_get(&lines, "empty"), "");
	assert_string_equal(enrolment_get(&lines, "tabs"), "a\tb");
	assert_null(enrolment_get(&lines, "doo"));
	assert_true(enrolment_get_octets(&lines, "hex", two, 2) && two[0] == 0x0a && two[1] == 0xff);
	assert_false(enrolment_get_octets(&lines, "hex", two, 1));
	assert_false(enrolment_get_octets(&lines, "door", two, 2));
	enrolment_lines_fini(&lines);
}

static void texts_that_are_none(void **state) {
	static const char *const wrong[] = {"", "\n", "door\n", "door\tpair", "door\tpair\nx", "door\tpair\n\nx\ty\n"};
	struct err err = {0};
	struct enrolment_lines lines;
	struct strbuf many = {0};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_false(read_lines(wrong[i], strlen(wrong[i]), &lines, &err));
		assert_int_equal(err.kind, ERR_INPUT);
		enrolment_lines_fini(&lines);
	}
	assert_false(read_lines("a\tb\0c\n", 6, &lines, &err));
	enrolment_lines_fini(&lines);
	for (size_t i = 0; i < ENROLMENT_LINES_MAX; i++) {
		strbuf_adds(&many, "a\tb\n");
	}
	assert_ok(read_lines(many.data, many.len, &lines, &err));
	enrolment_lines_fini(&lines);
	strbuf_adds(&many, "a\tb\n");
	assert_false(read_lines(many.data, many.len, &lines, &err));
	enrolment_lines_fini(&lines);
	strbuf_fini(&many);
}

static struct store_origin an_origin(bool invitation) {
	struct store_origin origin = {.event = {{1, 2, 3}}, .organiser = {{4, 5}}, .event_key = {6}, .has_invitation = invitation};
	memset(origin.invitation_seed, invitation ? 7 : 0, KEY_LEN);
	return origin;
}

static void an_events_keys_come_whole(void **state) {
	static const char *const needed[] = {"event\t", "organiser\t", "event-key\t"};
	struct err err = {0};
	(void)state;
	for (int with = 0; with < 2; with++) {
		struct store_origin origin = an_origin(with == 1), read;
		struct strbuf text = {0};
		struct enrolment_lines lines;
		enrolment_put_origin(&text, &origin);
		assert_ok(enrolment_lines_read(&text, &lines, &err) && enrolment_get_origin(&lines, &read, &err));
		assert_memory_equal(&origin, &read, sizeof origin);
		enrolment_lines_fini(&lines);
	}
	for (size_t i = 0; i < COUNT_OF(needed); i++) {
		struct store_origin origin = an_origin(true), read;
		struct strbuf text = {0};
		struct enrolment_lines lines;
		enrolment_put_origin(&text, &origin);
		*strstr(text.data, needed[i]) = 'x';
		assert_ok(enrolment_lines_read(&text, &lines, &err));
		assert_false(enrolment_get_origin(&lines, &read, &err));
		assert_int_equal(err.kind, ERR_INPUT);
		enrolment_lines_fini(&lines);
	}
}

static void what_is_signed_names_event_and_hub(void **state) {
	char text[PUBLISH_TEXT_MAX], other[PUBLISH_TEXT_MAX];
	struct hash event = {{0xab}};
	struct key_pair hub = key_of_number(1), elsewhere = key_of_number(2);
	(void)state;
	size_t n = enrolment_publish_text(&event, &hub.public_key, text);
	assert_int_equal(n, strlen("turnout-publish-1\n") + 2 * 65);
	assert_true(str_starts(text, "turnout-publish-1\nab0000"));
	enrolment_publish_text(&event, &elsewhere.public_key, other);
	assert_string_not_equal(text, other);
}

/* --- boxes ----------------------------------------------------------------------------------------------------------------------------------- */

static void assert_shut(const struct key_pair *own, const void *data, size_t n) {
	struct err err = {0};
	struct enrolment_lines lines;
	assert_false(enrolment_open(own, (struct octets){data, n}, &lines, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_null(enrolment_get(&lines, "door"));
	enrolment_lines_fini(&lines);
}

static void a_box_is_for_one_hub(void **state) {
	struct err err = {0};
	struct key_pair hub = key_of_number(1), other = key_of_number(2);
	struct strbuf text = {0}, box = {0};
	struct enrolment_lines lines;
	(void)state;
	enrolment_put(&text, "door", "pair");
	assert_true(enrolment_close(&hub.public_key, &text, &box));
	assert_shut(&other, box.data, box.len);
	for (size_t i = 0; i < box.len; i++) {
		box.data[i] = (char)(box.data[i] ^ 2);
		assert_shut(&hub, box.data, box.len);
		box.data[i] = (char)(box.data[i] ^ 2);
	}
	for (size_t n = 0; n < box.len; n++) {
		assert_shut(&hub, box.data, n);
	}
	assert_ok(enrolment_open(&hub, (struct octets){box.data, box.len}, &lines, &err));
	assert_string_equal(enrolment_get(&lines, "door"), "pair");
	enrolment_lines_fini(&lines);
	strbuf_fini(&text);
	strbuf_fini(&box);
}

static void a_box_has_a_size(void **state) {
	struct key_pair hub = key_of_number(1);
	struct err err = {0};
	(void)state;
	for (int over = 0; over < 2; over++) {
		struct strbuf text = {0}, box = {0};
		struct enrolment_lines lines;
		size_t most = ENROLMENT_MAX - 8 - CRYPTO_BOX_MORE;
		strbuf_adds(&text, "a\t");
		while (text.len + 1 < most + (size_t)over) {
			strbuf_addc(&text, 'x');
		}
		strbuf_addc(&text, '\n');
		assert_true(enrolment_close(&hub.public_key, &text, &box));
		assert_int_equal(box.len, ENROLMENT_MAX + over);
		assert_int_equal(enrolment_open(&hub, (struct octets){box.data, box.len}, &lines, &err), over == 0);
		enrolment_lines_fini(&lines);
		strbuf_fini(&text);
		strbuf_fini(&box);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens),
		cmocka_unit_test(codes_as_people_type_them),
		cmocka_unit_test(a_codes_fingerprint_is_the_hubs),
		cmocka_unit_test(lines_of_words_and_values),
		cmocka_unit_test(texts_that_are_none),
		cmocka_unit_test(an_events_keys_come_whole),
		cmocka_unit_test(what_is_signed_names_event_and_hub),
		cmocka_unit_test(a_box_is_for_one_hub),
		cmocka_unit_test(a_box_has_a_size),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
