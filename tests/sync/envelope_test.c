/* Envelopes: what leaves a box opens for who holds the event's key, whole or not at all. */
#include "sync/envelope.h"

#include "lib/testing.h"

#include "base/alloc.h"
#include "base/deflate.h"

static struct envelope_keys keys_of(uint8_t number) {
	struct envelope_keys keys;
	memset(keys.event.b, number, HASH_LEN);
	memset(keys.seal, 100 + number, sizeof keys.seal);
	return keys;
}

static int start(void **state) {
	struct err err = {0};
	(void)state;
	return crypto_init(&err) ? 0 : -1;
}

/* False with the kind of error; nothing may have been appended. */
static enum err_kind refusal(const struct envelope_keys *keys, const void *data, size_t n) {
	struct err err = {0};
	struct strbuf text = {0};
	struct public_key sender;
	strbuf_adds(&text, "before");
	assert_false(envelope_open(keys, (struct octets){data, n}, &sender, &text, &err));
	assert_string_equal(strbuf_str(&text), "before");
	assert_true(err.text[0] != '\0');
	strbuf_fini(&text);
	return err.kind;
}

static void close_text(const char *text, size_t n, struct strbuf *out) {
	struct envelope_keys keys = keys_of(1);
	struct key_pair sender = key_of_number(5);
	envelope_close(&keys, &sender, (struct octets){text, n}, out);
}

static void back_it_is_the_same(void **state) {
	struct envelope_keys keys = keys_of(1);
	struct err err = {0};
	struct strbuf envelope = {0}, text = {0};
	struct public_key sender;
	struct hash event;
	(void)state;
	close_text("hello\n", 6, &envelope);
	assert_ok(envelope_event((struct octets){envelope.data, envelope.len}, &event, &err));
	assert_true(crypto_hash_eq(&event, &keys.event));
	assert_ok(envelope_open(&keys, (struct octets){envelope.data, envelope.len}, &sender, &text, &err));
	assert_string_equal(strbuf_str(&text), "hello\n");
	struct key_pair pair = key_of_number(5);
	assert_true(crypto_key_eq(&sender, &pair.public_key));
	strbuf_fini(&envelope);
	strbuf_fini(&text);
}

/* Of an envelope whose rest was changed as well: it is a claim, and no more. */
static void whom_it_claims_to_be_from(void **state) {
	struct envelope_keys keys = keys_of(1);
	struct key_pair pair = key_of_number(5);
	struct strbuf envelope = {0};
	struct public_key claimed;
	uint8_t once[ENVELOPE_ONCE_LEN];
	(void)state;
	close_text("hello\n", 6, &envelope);
	assert_true(envelope_claims(&keys, (struct octets){envelope.data, envelope.len}, &claimed, once));
	assert_true(crypto_key_eq(&claimed, &pair.public_key));
	envelope.data[envelope.len - 1] ^= 1;
	assert_true(envelope_claims(&keys, (struct octets){envelope.data, envelope.len}, &claimed, once));
	assert_true(crypto_key_eq(&claimed, &pair.public_key));
	keys.seal[0] ^= 1;
	assert_true(envelope_claims(&keys, (struct octets){envelope.data, envelope.len}, &claimed, once));
	assert_false(crypto_key_eq(&claimed, &pair.public_key));
	assert_false(envelope_claims(&keys, (struct octets){envelope.data, ENVELOPE_HEAD + 100}, &claimed, once));
	assert_false(envelope_claims(&keys, (struct octets){NULL, 0}, &claimed, once));
	strbuf_fini(&envelope);
}

static void every_byte_counts(void **state) {
	struct envelope_keys keys = keys_of(1);
	struct strbuf envelope = {0};
	(void)state;
	close_text("hello\n", 6, &envelope);
	for (size_t i = 0; i < envelope.len; i++) {
		envelope.data[i] = (char)(envelope.data[i] ^ 4);
		assert_int_equal(refusal(&keys, envelope.data, envelope.len), i == 7 ? ERR_VERSION : ERR_INPUT);
		envelope.data[i] = (char)(envelope.data[i] ^ 4);
	}
	for (size_t n = 0; n < envelope.len; n++) {
		assert_int_equal(refusal(&keys, envelope.data, n), ERR_INPUT);
	}
	strbuf_addc(&envelope, 'x');
	assert_int_equal(refusal(&keys, envelope.data, envelope.len), ERR_INPUT);
	strbuf_fini(&envelope);
}

static void another_event_and_another_key(void **state) {
	struct envelope_keys other = keys_of(2), key = keys_of(1);
	struct strbuf envelope = {0};
	(void)state;
	close_text("hello\n", 6, &envelope);
	assert_int_equal(refusal(&other, envelope.data, envelope.len), ERR_INPUT);
	key.seal[0] ^= 1;
	assert_int_equal(refusal(&key, envelope.data, envelope.len), ERR_INPUT);
	strbuf_fini(&envelope);
}

static void a_newer_one_is_told(void **state) {
	struct err err = {0};
	struct hash event;
	char newer[] = "TURNOUT2 whatever comes then";
	(void)state;
	assert_false(envelope_event((struct octets){newer, sizeof newer}, &event, &err));
	assert_int_equal(err.kind, ERR_VERSION);
	assert_false(envelope_event((struct octets){"turnout1", 8}, &event, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	assert_false(envelope_event((struct octets){"", 0}, &event, &err));
	assert_int_equal(err.kind, ERR_INPUT);
}

static void what_is_too_large_is_not_opened(void **state) {
	struct envelope_keys keys = keys_of(1);
	struct err err = {0};
	struct strbuf text = {0}, envelope = {0}, out = {0};
	struct public_key sender;
	(void)state;
	strbuf_reserve(&text, ENVELOPE_TEXT_MAX + 1);
	memset(text.data, 'a', ENVELOPE_TEXT_MAX + 1);
	strbuf_grown(&text, ENVELOPE_TEXT_MAX + 1);
	close_text(text.data, ENVELOPE_TEXT_MAX, &envelope);
	assert_ok(envelope_open(&keys, (struct octets){envelope.data, envelope.len}, &sender, &out, &err));
	assert_int_equal(out.len, ENVELOPE_TEXT_MAX);
	strbuf_reset(&envelope);
	close_text(text.data, ENVELOPE_TEXT_MAX + 1, &envelope); /* a small bomb */
	assert_true(envelope.len < 10000);
	assert_int_equal(refusal(&keys, envelope.data, envelope.len), ERR_INPUT);
	strbuf_reset(&envelope);
	crypto_random(text.data, ENVELOPE_MAX);
	close_text(text.data, ENVELOPE_MAX, &envelope); /* that does not pack */
	assert_true(envelope.len > ENVELOPE_MAX);
	assert_int_equal(refusal(&keys, envelope.data, envelope.len), ERR_INPUT);
	strbuf_fini(&text);
	strbuf_fini(&envelope);
	strbuf_fini(&out);
}

/* Sealed by one who holds the key, in another's name. */
static void a_signature_that_is_not_the_senders(void **state) {
	struct envelope_keys keys = keys_of(1);
	struct key_pair sender = key_of_number(5);
	struct strbuf inner = {0}, envelope = {0};
	struct signature none = {{0}};
	uint8_t head[ENVELOPE_HEAD];
	(void)state;
	strbuf_add(&inner, sender.public_key.b, KEY_LEN);
	strbuf_add(&inner, none.b, SIG_LEN);
	deflate_pack("hello\n", 6, &inner);
	memcpy(head, "TURNOUT1", 8);
	memcpy(head + 8, keys.event.b, HASH_LEN);
	strbuf_add(&envelope, head, sizeof head);
	crypto_seal(keys.seal, (struct octets){head, sizeof head}, (struct octets){inner.data, inner.len}, &envelope);
	assert_int_equal(refusal(&keys, envelope.data, envelope.len), ERR_REFUSED);
	strbuf_fini(&inner);
	strbuf_fini(&envelope);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(back_it_is_the_same),
		cmocka_unit_test(whom_it_claims_to_be_from),
		cmocka_unit_test(every_byte_counts),
		cmocka_unit_test(another_event_and_another_key),
		cmocka_unit_test(a_newer_one_is_told),
		cmocka_unit_test(what_is_too_large_is_not_opened),
		cmocka_unit_test(a_signature_that_is_not_the_senders),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
