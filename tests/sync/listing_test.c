/* Two lists of many logs find out what the other holds by saying little more than what differs. */
#include "sync/listing.h"

#include <stdlib.h>
#include <string.h>

#include "lib/testing.h"

#include "base/alloc.h"

static struct hash hash_of(const char *what, size_t i) {
	char text[40];
	int n = snprintf(text, sizeof text, "%s %zu", what, i);
	return crypto_sha256(text, (size_t)n);
}

static void put(struct heads *heads, const char *log, size_t i, uint64_t seq) {
	ARRAY_GROW(heads, items);
	heads->items[heads->count++] = (struct head){.log = hash_of(log, i), .seq = seq, .hash = hash_of("hash", i * 1000 + seq)};
}

static struct heads logs(size_t count) {
	struct heads heads = {0};
	for (size_t i = 0; i < count; i++) {
		put(&heads, "log", i, 7);
	}
	heads_sort(&heads);
	return heads;
}

static void as_message(enum message_kind kind, struct strbuf *lines, struct message *out) {
	struct err err = {0};
	struct strbuf text = {0};
	message_begin(&text, kind);
	strbuf_add(&text, lines->data, lines->len);
	strbuf_reset(lines);
	assert_true(text.len < 512 * 1024);
	assert_ok(message_read(&text, out, &err));
}

struct talk {
	int rounds;
	size_t bytes; /* of the answers' texts */
};

/* Asks until the list is whole; `points` is what was known before, and then what they hold. */
static struct talk learn(struct heads *points, const struct heads *own, const struct heads *theirs) {
	struct talk talk = {0};
	struct spans open = {0};
	struct strbuf text = {0};
	do {
		struct message request, answer;
		listing_ask(&open, &text);
		as_message(MESSAGE_REQUEST, &text, &request);
		listing_tell(theirs, &request.lists, &text);
		talk.bytes += text.len;
		as_message(MESSAGE_ANSWER, &text, &answer);
		struct err err = {0};
		assert_ok(listing_take(points, own, &answer, &open, &err));
		assert_int_equal(answer.have.count, 0);
		assert_in_range(++talk.rounds, 1, LISTING_ROUNDS);
		message_fini(&request);
		message_fini(&answer);
	} while (open.count != 0);
	spans_fini(&open);
	strbuf_fini(&text);
	assert_true(heads_equal(points, theirs));
	return talk;
}

static void fini(struct heads *a, struct heads *b, struct heads *c) {
	heads_fini(a);
	heads_fini(b);
	heads_fini(c);
}

static void few_logs_are_one_list(void **state) {
	(void)state;
	for (size_t n = 0; n <= 600; n += 150) {
		struct heads own = logs(n / 2), theirs = logs(n), points = {0};
		assert_int_equal(learn(&points, &own, &theirs).rounds, 1);
		fini(&own, &theirs, &points);
	}
}

static void of_many_logs_only_what_differs_is_told(void **state) {
	(void)state;
	struct heads own = logs(20000), theirs = logs(20000), points = {0};
	theirs.items[777].seq = 8;
	put(&theirs, "new", 1, 3);
	heads_sort(&theirs);
	struct talk talk = learn(&points, &own, &theirs);
	assert_in_range(talk.rounds, 2, 4);
	assert_in_range(talk.bytes, 1, 100 * 1024); /* the whole list is 2.8 MB */
	/* what was known of the peer before does not show through, what is not ours neither */
	theirs.count -= 3;
	put(&points, "gone", 1, 1);
	heads_sort(&points);
	talk = learn(&points, &own, &theirs);
	assert_in_range(talk.bytes, 1, 100 * 1024);
	fini(&own, &theirs, &points);
}

static void lists_that_have_nothing_in_common(void **state) {
	(void)state;
	struct heads own = {0}, theirs = logs(7800), points = {0};
	learn(&points, &own, &theirs);
	struct heads none = {0};
	fini(&own, &points, &none);
	for (size_t i = 0; i < 7800; i++) {
		put(&own, "other", i, 1);
	}
	heads_sort(&own);
	struct talk talk = learn(&points, &own, &theirs);
	assert_in_range(talk.bytes, 1, 7800 * 160 * 2);
	fini(&own, &theirs, &points);
}

static void branches_of_a_log_stay_together(void **state) {
	(void)state;
	struct heads own = logs(3000), theirs = logs(3000), points = {0};
	for (size_t i = 0; i < 700; i++) {
		put(&theirs, "log", 5, 100 + i);
	}
	heads_sort(&theirs);
	learn(&points, &own, &theirs);
	struct talk talk = learn(&points, &theirs, &own);
	assert_in_range(talk.rounds, 1, 6);
	fini(&own, &theirs, &points);
}

/* More branches than are listed beside others: such a log cannot be divided, so it is listed whole. */
static void logs_of_very_many_branches_are_listed(void **state) {
	(void)state;
	for (size_t count = 1; count <= 4; count++) {
		struct heads own = logs(300), theirs = logs(300), points = {0};
		for (size_t i = 0; i < count; i++) {
			for (uint64_t branch = 0; branch < 2400 / count; branch++) {
				put(&theirs, "branched", i, 100 + branch);
			}
		}
		heads_sort(&theirs);
		learn(&points, &own, &theirs);
		fini(&own, &theirs, &points);
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_logs_are_one_list),
		cmocka_unit_test(of_many_logs_only_what_differs_is_told),
		cmocka_unit_test(lists_that_have_nothing_in_common),
		cmocka_unit_test(branches_of_a_log_stay_together),
		cmocka_unit_test(logs_of_very_many_branches_are_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
