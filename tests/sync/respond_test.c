/* Answers to requests that no Turnout makes: they are answered within bounds, or refused, and the file is never at a loss. */
#include "sync/respond.h"

#include "lib/craft.h"
#include "lib/meet.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/log/branches.h"
#include "store/log/ends.h"
#include "store/log/share.h"
#include "store/write/sign.h"
#include "sync/pack.h"
#include "sync/replica_store.h"

/* The organiser's open file answers one of its members. */
struct desk {
	struct scratch *s;
	struct store *store;
	struct replica replica;
	struct craft_member member;
	struct respond_note note; /* of the last answer */
};

static int desk_set_up(void **state) {
	struct desk *d = xcalloc(1, sizeof *d);
	struct err err = {0};
	void *scratch = NULL;
	if (scratch_open(&scratch) != 0) {
		return -1;
	}
	d->s = scratch;
	char *path = event_sample_make(d->s, "a.turnout");
	d->store = event_sample_open(path);
	d->member = craft_member_of(d->store);
	free(path);
	*state = d;
	return replica_of_store(d->store, &d->replica, &err) ? 0 : -1;
}

static int desk_tear_down(void **state) {
	struct desk *d = *state;
	void *scratch = d->s;
	replica_fini(&d->replica);
	store_close(d->store);
	scratch_close(&scratch);
	free(d);
	return 0;
}

/* Says the lines as the member; the answer's message is for message_fini. */
static void ask(struct desk *d, const struct strbuf *lines, struct message *out) {
	struct err err = {0};
	struct public_key sender;
	struct strbuf text = {0}, request = {0}, answer = {0}, said = {0};
	message_begin(&text, MESSAGE_REQUEST);
	message_put_certificate(&text, &d->member.certificate);
	strbuf_add(&text, lines->data, lines->len);
	envelope_close(&d->replica.keys, &d->member.key, (struct octets){text.data, text.len}, &request);
	assert_ok(respond(&d->replica, (struct octets){request.data, request.len}, &answer, &d->note, &err));
	assert_true(answer.len <= PACK_MAX);
	assert_ok(envelope_open(&d->replica.keys, (struct octets){answer.data, answer.len}, &sender, &said, &err));
	assert_ok(message_read(&said, out, &err));
	strbuf_fini(&text);
	strbuf_fini(&request);
	strbuf_fini(&answer);
}

/* A long log of the member's, of which a point is asked for that the file reads otherwise: it is answered with points of the file's own. Asked for
 * in turns with another log, ever again, each of them would be answered by all of these. */
static void what_is_asked_again_is_answered_once(void **state) {
	struct desk *d = *state;
	struct strbuf text = {0}, lines = {0};
	struct craft one, other;
	struct message m;
	craft_join(&one, &d->member, d->store, 1, &text);
	craft_join(&other, &d->member, d->store, 2, &text);
	craft_notes(&one, "one", RECORD_SIGN_EVERY - 1, &text);
	craft_notes(&other, "other", RECORD_SIGN_EVERY - 1, &text);
	craft_give(d->store, &text);
	for (int i = 0; i < 2000; i++) {
		struct head torn = {.log = i % 2 ? one.log : other.log, .seq = 50, .hash = {{(uint8_t)i, (uint8_t)(i >> 8), 1}}};
		message_put_point(&lines, "ask", &torn);
	}
	ask(d, &lines, &m);
	assert_true(m.have.count > 4 && m.have.count < 30);
	message_fini(&m);
	strbuf_fini(&text);
	strbuf_fini(&lines);
}

static void logs_that_nobody_knows_cost_nothing(void **state) {
	struct desk *d = *state;
	struct strbuf lines = {0};
	struct message m;
	for (int i = 0; i < 3000; i++) {
		struct head unknown = {.log = {{(uint8_t)i, (uint8_t)(i >> 8), 77}}, .seq = 5, .hash = {{1}}};
		message_put_point(&lines, "ask", &unknown);
		message_put_point(&lines, "have", &unknown);
	}
	ask(d, &lines, &m);
	assert_true(m.have.count == 0 && m.run_count == 0 && m.refuse_word == NULL);
	message_fini(&m);
	strbuf_fini(&lines);
}

/* Everything that the file has, asked for in one request: as much as goes into one answer, and the rest when it is asked for again. */
static void everything_at_once(void **state) {
	struct desk *d = *state;
	struct err err = {0};
	struct heads heads;
	struct strbuf lines = {0};
	struct message m;
	size_t records = 0;
	assert_ok(store_sign(d->store, &err) && store_heads(d->store, &heads, &err));
	for (size_t i = 0; i < heads.count; i++) {
		message_put_point(&lines, "ask", &(struct head){.log = heads.items[i].log});
	}
	ask(d, &lines, &m);
	for (size_t i = 0; i < m.run_count; i++) {
		records += m.runs[i].run.count;
	}
	assert_int_equal(records, event_sample_number(store_path(d->store), "SELECT count(*) FROM record"));
	message_fini(&m);
	heads_fini(&heads);
	strbuf_fini(&lines);
}

/* That is what a thief would do again and again, so it has to be told (fairness.h). */
static void a_branch_that_pushes_another_out_is_told(void **state) {
	struct desk *d = *state;
	struct strbuf lines = {0};
	struct message m;
	struct craft root, trunk, branch;
	craft_join(&root, &d->member, d->store, 1, &lines);
	trunk = root;
	craft_notes(&trunk, "trunk", 1, &lines);
	craft_notes(&trunk, "trunk", 1, &lines);
	branch = trunk;
	craft_notes(&trunk, "trunk", 1, &lines);
	for (int i = 0; i < BRANCHES_KEPT; i++) {
		char word[32];
		struct craft one = branch;
		snprintf(word, sizeof word, "branch %d", i);
		craft_notes(&one, word, 1, &lines);
	}
	ask(d, &lines, &m);
	assert_false(d->note.pushed_out);
	message_fini(&m);
	strbuf_reset(&lines);
	branch = root;
	craft_notes(&branch, "earlier", 1, &lines);
	ask(d, &lines, &m);
	assert_true(d->note.pushed_out);
	message_fini(&m);
	strbuf_fini(&lines);
}

/* A message with the runs and an ask, of which nothing is to come. */
static void break_off(struct desk *d, const struct halt *halt, const struct strbuf *runs) {
	struct err err = {0};
	struct respond_note note;
	struct strbuf text = {0}, request = {0}, answer = {0};
	int64_t before = event_sample_number(store_path(d->store), "SELECT count(*) FROM record");
	message_begin(&text, MESSAGE_REQUEST);
	message_put_certificate(&text, &d->member.certificate);
	strbuf_add(&text, runs->data, runs->len);
	envelope_close(&d->replica.keys, &d->member.key, (struct octets){text.data, text.len}, &request);
	d->replica.halt = halt;
	assert_false(respond(&d->replica, (struct octets){request.data, request.len}, &answer, &note, &err));
	assert_int_equal(err.kind, ERR_BUSY); /* 503: come again */
	assert_int_equal(event_sample_number(store_path(d->store), "SELECT count(*) FROM record"), before);
	d->replica.halt = NULL;
	strbuf_fini(&text);
	strbuf_fini(&request);
	strbuf_fini(&answer);
}

static void who_ends_or_has_no_more_time_breaks_off(void **state) {
	struct desk *d = *state;
	struct strbuf runs = {0}, asks = {0}, copy = {0};
	struct craft c;
	struct message m;
	atomic_bool ending = true;
	const struct halt ends = {&ending, {INT64_MAX}}, late = {NULL, {clock_mono().v - 1}};
	craft_join(&c, &d->member, d->store, 1, &runs);
	craft_notes(&c, "note", 3, &runs);
	message_put_point(&asks, "ask", &(struct head){.log = *store_event(d->store)});
	const struct strbuf *messages[] = {&runs, &asks};
	for (size_t i = 0; i < COUNT_OF(messages); i++) {
		break_off(d, &ends, messages[i]);
		break_off(d, &late, messages[i]);
	}
	/* what was broken off is taken when it is sent again */
	ending = false;
	d->replica.halt = &ends;
	strbuf_add(&copy, runs.data, runs.len);
	ask(d, &copy, &m);
	assert_int_equal(m.have.count, 2);
	message_fini(&m);
	strbuf_fini(&runs);
	strbuf_fini(&asks);
	strbuf_fini(&copy);
}

#define DESK(f) cmocka_unit_test_setup_teardown(f, desk_set_up, desk_tear_down)

int main(void) {
	const struct CMUnitTest tests[] = {
		DESK(what_is_asked_again_is_answered_once),     DESK(logs_that_nobody_knows_cost_nothing),     DESK(everything_at_once),
		DESK(a_branch_that_pushes_another_out_is_told), DESK(who_ends_or_has_no_more_time_breaks_off),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
