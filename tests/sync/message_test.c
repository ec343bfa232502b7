/* What two sides say to each other: written and read it is the same; what is malformed is refused with its line, what is newer is passed over. */
#include "sync/message.h"

#include "lib/craft.h"
#include "lib/testing.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"

static int start(void **state) {
	struct err err = {0};
	(void)state;
	return crypto_init(&err) ? 0 : -1;
}

static struct hash hash_of(uint8_t number) {
	struct hash hash;
	memset(hash.b, number, HASH_LEN);
	return hash;
}

static bool read_text(const char *text, size_t n, struct message *out, struct err *err) {
	struct strbuf copy = {0};
	strbuf_add(&copy, text, n);
	return message_read(&copy, out, err);
}

static void assert_refused(const char *text, enum err_kind kind, const char *said) {
	struct err err = {0};
	struct message m;
	if (read_text(text, strlen(text), &m, &err)) {
		fail_msg("\"%s\" was taken", text);
	}
	message_fini(&m);
	assert_int_equal(err.kind, kind);
	assert_holds(err.text, said);
}

#define REQUEST "turnout-exchange-1\trequest\n"
#define H64 "0101010101010101010101010101010101010101010101010101010101010101"
#define S128 H64 H64
#define Z64 "0000000000000000000000000000000000000000000000000000000000000000"

/* --- lines ----------------------------------------------------------------------------------------------------------------------------------- */

static void every_line_comes_back(void **state) {
	struct err err = {0};
	struct strbuf text = {0};
	struct message m;
	struct hash reply = hash_of(1), digest = hash_of(2);
	struct head ask = {.log = hash_of(3), .seq = 0}, have = {.log = hash_of(4), .seq = (uint64_t)RECORD_INT_MAX, .hash = hash_of(5)};
	struct certificate certificate = {.invitation = {{6}}, .signature = {{7}}};
	(void)state;
	message_begin(&text, MESSAGE_ANSWER);
	message_put_hash(&text, "reply", &reply);
	message_put_hash(&text, "digest", &digest);
	message_put_clock(&text, (struct utc_ms){-5}, true);
	strbuf_adds(&text, "list\n");
	message_put_certificate(&text, &certificate);
	message_put_point(&text, "ask", &ask);
	message_put_point(&text, "have", &have);
	message_put_refusal(&text, "closed", "it is\tclosed");
	assert_ok(message_read(&text, &m, &err));
	assert_int_equal(m.kind, MESSAGE_ANSWER);
	assert_true(m.has_reply && m.has_digest && m.has_clock && m.clock_sure && message_lists_all(&m) && m.has_certificate);
	assert_true(crypto_hash_eq(&m.reply, &reply) && crypto_hash_eq(&m.digest, &digest));
	assert_int_equal(m.clock.v, -5);
	assert_memory_equal(&m.certificate, &certificate, sizeof certificate);
	assert_true(m.asks.count == 1 && m.asks.items[0].seq == 0 && crypto_hash_eq(&m.asks.items[0].log, &ask.log));
	assert_true(m.have.count == 1 && m.have.items[0].seq == have.seq && crypto_hash_eq(&m.have.items[0].hash, &have.hash));
	assert_string_equal(m.refuse_word, "closed");
	assert_string_equal(m.refuse_text, "it is");
	message_fini(&m);
}

static void parts_of_a_list_come_back(void **state) {
	struct err err = {0};
	struct strbuf text = {0};
	struct message m;
	struct span first = {.to = hash_of(9)}, last = {.from = hash_of(9), .endless = true};
	struct message_part part = {{.from = hash_of(2), .to = hash_of(3)}, hash_of(7)}, end = {last, hash_of(8)};
	(void)state;
	message_begin(&text, MESSAGE_ANSWER);
	message_put_list(&text, &first);
	message_put_list(&text, &last);
	message_put_part(&text, &part);
	message_put_part(&text, &end);
	assert_ok(message_read(&text, &m, &err));
	assert_int_equal(m.lists.count, 2);
	assert_false(message_lists_all(&m));
	assert_memory_equal(&m.lists.items[0], &first, sizeof first);
	assert_memory_equal(&m.lists.items[1].from, &last.from, HASH_LEN);
	assert_true(m.lists.items[1].endless);
	assert_int_equal(m.parts.count, 2);
	assert_memory_equal(&m.parts.items[0], &part, sizeof part);
	assert_true(m.parts.items[1].span.endless && crypto_hash_eq(&m.parts.items[1].digest, &end.digest));
	message_fini(&m);
}

static void what_a_newer_one_says_is_passed_over(void **state) {
	struct err err = {0};
	struct message m;
	static const char text[] = REQUEST "\nsomething\tnew\t1\t2\nlist\nafterwards\nhave\t" H64 "\t7\t" H64 "\n";
	(void)state;
	assert_ok(read_text(text, strlen(text), &m, &err));
	assert_true(message_lists_all(&m) && m.have.count == 1 && m.run_count == 0);
	message_fini(&m);
	/* more fields than are known, too */
	static const char more[] = REQUEST "have\t" H64 "\t7\t" H64 "\tmore\nclock\t5\t1\tmore\nlist\t" Z64 "\t-\tmore\n";
	assert_ok(read_text(more, strlen(more), &m, &err));
	assert_true(message_lists_all(&m) && m.have.count == 1 && m.has_clock);
	message_fini(&m);
}

static void heads_that_are_none(void **state) {
	(void)state;
	assert_refused("", ERR_INPUT, "no text");
	assert_refused("turnout-exchange-1\trequest", ERR_INPUT, "cut short");
	assert_refused("hello\n", ERR_INPUT, "otherwise");
	assert_refused("turnout-exchange-1\n", ERR_INPUT, "no known kind");
	assert_refused("turnout-exchange-1\tgossip\n", ERR_INPUT, "no known kind");
	assert_refused("turnout-exchange-2\trequest\n", ERR_VERSION, "newer");
	assert_refused("turnout-exchange-10\trequest\n", ERR_VERSION, "newer");
	assert_refused("turnout-exchange-\trequest\n", ERR_VERSION, "newer");
	struct err err = {0};
	struct message m;
	static const char nul[] = REQUEST "li\0st\n";
	assert_false(read_text(nul, sizeof nul - 1, &m, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	message_fini(&m);
}

static void lines_that_are_none(void **state) {
	static const char *const wrong[] = {
		"reply\n",
		"reply\tabc\n",
		"reply\t" H64 "00\n",
		"digest\t\n",
		"clock\t1\n",
		"clock\tnow\t1\n",
		"clock\t9007199254740992\t1\n",
		"certificate\t" H64 "\n",
		"certificate\t" H64 "\t" H64 "\n",
		"ask\t" H64 "\t-1\t" H64 "\n",
		"ask\t" H64 "\t9007199254740992\t" H64 "\n",
		"ask\t" H64 "\t\t" H64 "\n",
		"have\t" H64 "\t1\n",
		"have\t" H64 "\t1\tzz\n",
		"refuse\tword\n",
		"list\t" H64 "\n",
		"list\t" H64 "\t" H64 "\n", /* empty */
		"list\t" H64 "\t" Z64 "\n", /* backwards */
		"part\n",
		"part\t" Z64 "\t-\n",
		"part\t" Z64 "\t" H64 "\tzz\n",
		">\t" H64 "\t" H64 "\t0\t" H64 "\n",
		">\t" H64 "\t" H64 "\t1\n",
		"=\t" S128 "\n",
		"!\t" H64 "\t" H64 "\t1\t" H64 "\n", /* a proof without an end */
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		char *text = xasprintf(REQUEST "list\n%s", wrong[i]);
		assert_refused(text, ERR_INPUT, "line 3");
		free(text);
	}
}

/* --- runs ------------------------------------------------------------------------------------------------------------------------------------ */

#define PIECE ">\t" H64 "\t" H64 "\t5\t" H64 "\n"
#define PROOF "!\t" H64 "\t" H64 "\t5\t" H64 "\n"
#define SIGN "=\t" S128 "\n"

static void runs_of_a_piece_follow_each_other(void **state) {
	struct err err = {0};
	struct message m;
	static const char text[] = REQUEST PIECE "checkin\t1\t-2\t\t{\"a\":\"\t\"}\nnote\t3\t4\tab\t-\t" H64 "\n" SIGN
						 "x\t5\t6\t\t-\n" SIGN PIECE "y\t7\t8\t\t\n" SIGN;
	(void)state;
	assert_ok(read_text(text, strlen(text), &m, &err));
	assert_int_equal(m.run_count, 3);
	const struct run *a = &m.runs[0].run, *b = &m.runs[1].run, *c = &m.runs[2].run;
	assert_true(a->from == 5 && a->count == 2 && !m.runs[0].follows);
	assert_true(b->from == 7 && b->count == 1 && m.runs[1].follows && crypto_hash_eq(&a->log, &b->log));
	assert_true(c->from == 5 && c->count == 1 && !m.runs[2].follows);
	assert_string_equal(a->records[0].kind, "checkin");
	assert_true(a->records[0].mono_ms == 1 && a->records[0].utc_ms == -2);
	assert_string_equal(a->records[0].body, "{\"a\":\"\t\"}");
	assert_null(a->records[1].body);
	assert_string_equal(a->records[1].subject, "ab");
	assert_string_equal(b->records[0].body, "-"); /* a body like any other; that it is no object is for others to say */
	assert_string_equal(c->records[0].body, "");
	assert_int_equal(c->signature.b[63], 1);
	message_fini(&m);
}

static void runs_that_are_none(void **state) {
	static const char *const wrong[] = {
		PIECE "checkin\t1\t2\t\t{}\n",                                    /* never signed */
		PIECE "checkin\t1\t2\t\t{}\n" PIECE "checkin\t1\t2\t\t{}\n" SIGN, /* nor that */
		PIECE SIGN,                                                       /* of nothing */
		PIECE "checkin\t1\t2\t\t{}\n" SIGN SIGN,
		PIECE "checkin\t1\t2\t\n" SIGN, /* no body */
		PIECE "checkin\t1\t2\n" SIGN,
		PIECE "checkin\tx\t2\t\t{}\n" SIGN,
		PIECE "checkin\t1\t2\tab\t-\tzz\n" SIGN,
		PIECE "checkin\t1\t2\t\t{}\n=\tzz\n",
		PIECE "list\n" SIGN, /* runs come last */
		PROOF PROOF "erase\t1\t2\t\t{}\n" SIGN,
		PROOF PIECE "erase\t1\t2\t\t{}\n" SIGN,
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		char *text = xasprintf(REQUEST "%s", wrong[i]);
		assert_refused(text, ERR_INPUT, "a message");
		free(text);
	}
}

static void a_run_has_an_end(void **state) {
	struct err err = {0};
	struct strbuf text = {0};
	struct message m;
	(void)state;
	for (size_t count = RUN_RECORDS_MAX; count <= RUN_RECORDS_MAX + 1; count++) {
		strbuf_adds(&text, REQUEST PIECE);
		for (size_t i = 0; i < count; i++) {
			strbuf_adds(&text, "n\t1\t2\t\t{}\n");
		}
		strbuf_adds(&text, SIGN);
		assert_int_equal(message_read(&text, &m, &err), count == RUN_RECORDS_MAX);
		message_fini(&m);
	}
}

/* A proof's text is kept as it came, up to its signature, to be passed on; nothing else has one. */
static void a_proof_is_kept_as_it_came(void **state) {
	struct err err = {0};
	struct message m;
	static const char proof[] = PROOF "erase\t1\t2\t\t{\"subject\":\"ab\"}\nnote\t1\t2\t\t{}\n" SIGN;
	char *text = xasprintf(REQUEST "!almost\tone\n%s" PIECE "x\t5\t6\t\t{}\n" SIGN, proof);
	(void)state;
	assert_ok(read_text(text, strlen(text), &m, &err));
	assert_int_equal(m.run_count, 2);
	assert_true(m.runs[0].proof && !m.runs[1].proof && !m.runs[1].follows);
	assert_string_equal(m.runs[0].text, proof);
	assert_null(m.runs[1].text);
	message_fini(&m);
	free(text);
}

/* Proofs inside proofs, each of whose texts would be the rest of the message: a megabyte that would take gigabytes. */
static void many_proofs_cost_no_more_than_their_text(void **state) {
	struct err err = {0};
	struct strbuf text = {0};
	struct message m;
	(void)state;
	strbuf_adds(&text, REQUEST);
	while (text.len < 1000 * 1000) {
		strbuf_adds(&text, PROOF);
	}
	strbuf_adds(&text, "erase\t1\t2\t\t{}\n" SIGN);
	assert_false(message_read(&text, &m, &err));
	assert_holds(err.text, "line 3 ");
	assert_true(m.run_count <= 2);
	message_fini(&m);
}

/* Cut anywhere, a message is refused, or reads as what was whole before the cut: never as something else. */
static void cut_short_anywhere(void **state) {
	struct strbuf text = {0};
	struct craft c;
	struct key_pair key;
	struct hash event = hash_of(9);
	uint8_t seed[KEY_LEN] = {3};
	(void)state;
	crypto_key_from_seed(&key, seed);
	message_begin(&text, MESSAGE_STICK);
	craft_begin(&c, &key, &(struct craft_begin){.event = &event}, &text);
	craft_notes(&c, "x", 3, &text);
	for (size_t n = 0; n < text.len; n++) {
		struct err err = {0};
		struct message m;
		bool ok = read_text(text.data, n, &m, &err);
		assert_true(ok || err.kind == ERR_INPUT);
		assert_false(ok && text.data[n - 1] != '\n');
		assert_true(m.run_count <= 3);
		message_fini(&m);
	}
	strbuf_fini(&text);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_comes_back),
		cmocka_unit_test(parts_of_a_list_come_back),
		cmocka_unit_test(what_a_newer_one_says_is_passed_over),
		cmocka_unit_test(heads_that_are_none),
		cmocka_unit_test(lines_that_are_none),
		cmocka_unit_test(runs_of_a_piece_follow_each_other),
		cmocka_unit_test(runs_that_are_none),
		cmocka_unit_test(a_run_has_an_end),
		cmocka_unit_test(a_proof_is_kept_as_it_came),
		cmocka_unit_test(many_proofs_cost_no_more_than_their_text),
		cmocka_unit_test(cut_short_anywhere),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
