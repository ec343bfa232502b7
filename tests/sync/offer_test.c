/* What to give a peer: from where on each chain goes to it, and how much of it into one message. */
#include "sync/offer.h"

#include "lib/craft.h"
#include "lib/meet.h"

#include "base/alloc.h"
#include "store/read/people.h"
#include "sync/replica_store.h"

/* A file with a trunk of ten records and a branch that leaves it after the fourth, and what points at them. */
struct table {
	struct scratch *s;
	struct store *store;
	struct replica replica;
	struct craft trunk, branch;
	struct head points[12]; /* of the trunk's records, by seq */
	struct heads chains;    /* of the log: the trunk and the branch, whichever came first */
	size_t trunk_at, branch_at;
};

static void note_points(struct table *t) {
	struct err err = {0};
	for (uint64_t seq = 1; seq <= 10; seq++) {
		bool found = false;
		t->points[seq] = (struct head){.log = t->trunk.log, .seq = seq};
		assert_ok(t->replica.ops->hash_at(t->replica.self, t->chains.items[t->trunk_at].chain, seq, &t->points[seq].hash, &found,
						  &err));
		assert_true(found);
	}
}

static int table_open(void **state) {
	struct table *t = xcalloc(1, sizeof *t);
	struct err err = {0};
	struct strbuf text = {0};
	void *scratch = NULL;
	if (scratch_open(&scratch) != 0) {
		return -1;
	}
	t->s = scratch;
	char *path = event_sample_make(t->s, "a.turnout");
	t->store = event_sample_open(path);
	struct craft_member m = craft_member_of(t->store);
	craft_join(&t->trunk, &m, t->store, 1, &text);
	craft_notes(&t->trunk, "trunk", 3, &text);
	t->branch = t->trunk;
	craft_notes(&t->trunk, "trunk", 3, &text);
	craft_notes(&t->trunk, "trunk", 3, &text);
	craft_notes(&t->branch, "branch", 2, &text);
	craft_give(t->store, &text);
	assert_ok(replica_of_store(t->store, &t->replica, &err));
	assert_ok(t->replica.ops->heads_of(t->replica.self, &t->trunk.log, &t->chains, &err));
	assert_int_equal(t->chains.count, 2);
	t->trunk_at = t->chains.items[0].seq == 10 ? 0 : 1;
	t->branch_at = 1 - t->trunk_at;
	note_points(t);
	strbuf_fini(&text);
	free(path);
	*state = t;
	return 0;
}

static int table_close(void **state) {
	struct table *t = *state;
	void *scratch = t->s;
	heads_fini(&t->chains);
	replica_fini(&t->replica);
	store_close(t->store);
	scratch_close(&scratch);
	free(t);
	return 0;
}

/* From where on the trunk and the branch go to a peer that holds these points. */
static void offered(const struct table *t, const struct head *points, size_t count, struct offer out[2]) {
	struct err err = {0};
	struct offer offers[2];
	struct log_view view = {t->chains.items, t->chains.count, points, count};
	assert_ok(offer_log(&t->replica, &view, offers, &err));
	out[0] = offers[t->trunk_at];
	out[1] = offers[t->branch_at];
}

static void assert_offers(const struct table *t, const struct head *points, size_t count, uint64_t trunk, uint64_t branch) {
	struct offer got[2];
	offered(t, points, count, got);
	assert_int_equal(got[0].from, trunk);
	assert_int_equal(got[1].from, branch);
	assert_false(got[0].torn || got[1].torn);
}

static void from_what_the_peer_holds(void **state) {
	struct table *t = *state;
	struct head branch_end = {.log = t->branch.log, .seq = t->branch.seq, .hash = t->branch.head};
	struct head nothing = {.log = t->trunk.log};
	assert_offers(t, NULL, 0, 1, 1);
	assert_offers(t, &nothing, 1, 1, 1);
	assert_offers(t, &t->points[2], 1, 3, 3);   /* both chains share it */
	assert_offers(t, &t->points[4], 1, 5, 5);   /* where they part */
	assert_offers(t, &t->points[7], 1, 8, 5);   /* the trunk: the branch is still lacking */
	assert_offers(t, &t->points[10], 1, 11, 5); /* all of the trunk */
	assert_offers(t, &branch_end, 1, 5, 7);     /* all of the branch */
	struct head both[2] = {t->points[10], branch_end};
	assert_offers(t, both, 2, 11, 7); /* everything */
	struct head more[3] = {t->points[2], t->points[7], nothing};
	assert_offers(t, more, 3, 8, 3); /* the furthest on each chain; what is shared may go once more */
}

/* A point that is not here: beyond our ends the peer is ahead, and gets nothing; within them its log reads otherwise, and where has to be found. */
static void a_point_that_is_not_here(void **state) {
	struct table *t = *state;
	struct offer got[2];
	struct head ahead = {.log = t->trunk.log, .seq = 11, .hash = {{1}}}, torn = {.log = t->trunk.log, .seq = 6, .hash = {{1}}};
	offered(t, &ahead, 1, got);
	assert_true(got[0].from == 11 && got[1].from == 7 && !got[0].torn && !got[1].torn);
	offered(t, &torn, 1, got);
	assert_true(got[0].from == 11 && got[1].from == 7 && got[0].torn && got[1].torn);
	struct head found[2] = {t->points[3], torn};
	assert_offers(t, found, 2, 4, 4);
	/* What overflows a record's number is no record of another log. */
	struct head far = {.log = t->trunk.log, .seq = (uint64_t)1 << 40 | 3, .hash = t->points[3].hash};
	offered(t, &far, 1, got);
	assert_true(got[0].from == 11 && got[1].from == 7);
}

static void probes_grow_ever_farther_apart(void **state) {
	static const uint64_t wanted[] = {9, 8, 6, 2, 1};
	struct table *t = *state;
	struct err err = {0};
	struct strbuf text = {0};
	struct message m;
	message_begin(&text, MESSAGE_ANSWER);
	assert_ok(offer_probes(&t->replica, &t->chains.items[t->trunk_at], 9, "have", &text, &err));
	assert_ok(message_read(&text, &m, &err));
	assert_int_equal(m.have.count, COUNT_OF(wanted));
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		assert_int_equal(m.have.items[i].seq, wanted[i]);
		assert_true(crypto_hash_eq(&m.have.items[i].hash, &t->points[wanted[i]].hash));
	}
	message_fini(&m);
	/* From beyond the end: from the end. */
	message_begin(&text, MESSAGE_ANSWER);
	assert_ok(offer_probes(&t->replica, &t->chains.items[t->trunk_at], 1000, "have", &text, &err));
	assert_ok(message_read(&text, &m, &err));
	assert_int_equal(m.have.items[0].seq, 10);
	message_fini(&m);
}

/* What goes into a text of so many bytes. */
static struct offering write_offer(const struct table *t, uint64_t from, size_t cap, struct message *out) {
	struct err err = {0};
	struct strbuf text = {0};
	struct offer offer = {.head = t->chains.items[t->trunk_at], .from = from};
	struct offering offering = {.cap = cap};
	message_begin(&text, MESSAGE_STICK);
	assert_ok(offer_write(&t->replica, &offer, &offering, &text, &err));
	assert_ok(message_read(&text, out, &err));
	return offering;
}

static void as_much_as_there_is_room_for(void **state) {
	struct table *t = *state;
	struct message m;
	struct offering all = write_offer(t, 1, 100000, &m);
	assert_true(all.any && !all.left && all.records == 10 && all.next == 11 && m.run_count == 4);
	message_fini(&m);
	struct offering none = write_offer(t, 11, 100000, &m);
	assert_true(!none.any && !none.left && none.records == 0 && m.run_count == 0);
	message_fini(&m);
	struct offering some = write_offer(t, 6, 100000, &m); /* from inside a run */
	assert_true(some.records == 5 && some.next == 11 && m.runs[0].run.from == 6 && m.runs[0].run.count == 2);
	assert_true(crypto_hash_eq(&m.runs[0].run.before, &t->points[5].hash));
	message_fini(&m);
	/* Whole runs, and at least the first one when there is nothing else. */
	struct offering first = write_offer(t, 2, 40, &m);
	assert_true(first.any && first.left && first.records == 3 && first.next == 5 && m.run_count == 1);
	message_fini(&m);
	size_t whole = 0;
	for (size_t cap = 100; cap < 3000; cap += 50) {
		struct offering part = write_offer(t, 2, cap, &m);
		assert_true(part.records % 3 == 0 && part.records >= whole && part.next == part.records + 2);
		assert_int_equal(part.left, part.records != 9);
		whole = part.records;
		message_fini(&m);
	}
	assert_int_equal(whole, 9);
}

static void a_text_that_is_full_takes_nothing(void **state) {
	struct table *t = *state;
	struct err err = {0};
	struct strbuf text = {0};
	struct offer offer = {.head = t->chains.items[t->trunk_at], .from = 1};
	struct offering offering = {.cap = 10};
	strbuf_adds(&text, "0123456789");
	assert_ok(offer_write(&t->replica, &offer, &offering, &text, &err));
	assert_true(!offering.any && offering.left && text.len == 10);
	strbuf_fini(&text);
}

/* An erased body goes out behind its proof, and not at all before the organiser's word is signed. */
static void erased_bodies_go_with_their_proof(void **state) {
	struct table *t = *state;
	struct err err = {0};
	char id[PERSON_ID_LEN + 1];
	struct message m;
	event_sample_device(t->s, 0);
	meet_walk_in(t->store, "Ївга", id);
	meet_erase(t->store, id);
	struct head own = meet_head_of(&t->replica, store_station(t->store));
	meet_read_runs(&t->replica, &own, 1, &m);
	assert_true(m.run_count >= 2 && m.runs[0].proof && !m.runs[1].proof);
	assert_true(crypto_key_eq(&m.runs[0].run.author, store_organiser(t->store)));
	assert_string_equal(m.runs[0].run.records[0].kind, "erase");
	size_t erased = 0;
	for (size_t i = 1; i < m.run_count; i++) {
		for (size_t k = 0; k < m.runs[i].run.count; k++) {
			erased += m.runs[i].run.records[k].body == NULL;
		}
	}
	assert_int_equal(erased, 1);
	message_fini(&m);
	/* What is not signed cannot be proved. */
	event_sample_sql(store_path(t->store),
			 "DELETE FROM signature WHERE log = (SELECT record >> 40 FROM erased) AND seq >= (SELECT record & "
			 "1099511627775 FROM erased)");
	struct strbuf text = {0};
	struct offer offer = {.head = own, .from = 1};
	struct offering offering = {.cap = 100000};
	message_begin(&text, MESSAGE_STICK);
	size_t before = text.len;
	assert_ok(offer_write(&t->replica, &offer, &offering, &text, &err));
	assert_int_equal(text.len, before);
	assert_true(!offering.any && offering.records == 0);
	strbuf_fini(&text);
}

/* However little room is left behind another log: a run with an erased body goes in whole with its proof, or nothing of it does. */
static void an_erased_body_that_finds_no_room(void **state) {
	struct table *t = *state;
	struct err err = {0};
	char id[PERSON_ID_LEN + 1];
	event_sample_device(t->s, 0);
	meet_walk_in(t->store, "Ївга", id);
	meet_erase(t->store, id);
	struct head own = meet_head_of(&t->replica, store_station(t->store));
	size_t given = 0, left = 0;
	for (size_t room = 1; room < 4000; room += 20) {
		struct strbuf text = {0};
		struct heads ends = {0};
		struct offer trunk = {.head = t->chains.items[t->trunk_at], .from = 1}, offer = {.head = own, .from = 1};
		struct offering offering = {.cap = 100000, .ends = &ends};
		message_begin(&text, MESSAGE_STICK);
		assert_ok(offer_write(&t->replica, &trunk, &offering, &text, &err));
		size_t before = text.len, records = offering.records;
		offering.cap = before + room;
		assert_ok(offer_write(&t->replica, &offer, &offering, &text, &err));
		assert_int_equal(text.len == before, offering.records == records);
		assert_int_equal(ends.count, text.len == before ? 1 : 2);
		given += text.len != before;
		left += offering.left;
		heads_fini(&ends);
		strbuf_fini(&text);
	}
	assert_true(given != 0 && left != 0);
}

#define TABLE(f) cmocka_unit_test_setup_teardown(f, table_open, table_close)

int main(void) {
	const struct CMUnitTest tests[] = {
		TABLE(from_what_the_peer_holds),          TABLE(a_point_that_is_not_here),
		TABLE(probes_grow_ever_farther_apart),    TABLE(as_much_as_there_is_room_for),
		TABLE(a_text_that_is_full_takes_nothing), TABLE(erased_bodies_go_with_their_proof),
		TABLE(an_erased_body_that_finds_no_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
