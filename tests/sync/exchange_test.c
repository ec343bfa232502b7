/* Two event files exchange until they are the same, whatever lies between them. */
#include "sync/exchange.h"

#include "lib/craft.h"
#include "lib/meet.h"

#include "base/alloc.h"
#include "base/str.h"
#include "store/log/share.h"
#include "store/read/checkins.h"
#include "store/read/people.h"
#include "store/view/roles.h"
#include "store/write/brought.h"
#include "store/write/enrolment.h"
#include "sync/replica_store.h"

static void two_copies_become_the_same(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	char *a = event_sample_make(s, "a.turnout");
	char *b = scratch_path(s, "b.turnout");
	meet_copy(a, b);
	struct store *sa = event_sample_open_as(s, a, 7);
	struct store *sb = event_sample_open_as(s, b, 8);
	for (int i = 0; i < 200; i++) {
		meet_check_in(i % 2 ? sa : sb, i % 3 ? "CODE-A" : "CODE-B");
	}
	meet_stores(sa, sb, &report);
	assert_true(report.sent > 0 && report.received > 0 && report.wrong == 0);
	meet_assert_same(sa, sb);
	meet_stores(sb, sa, &report);
	assert_int_equal(report.received, 0);
	assert_int_equal(report.sent, 0);
	meet_assert_sound(sa);
	meet_assert_sound(sb);
	store_close(sa);
	store_close(sb);
	free(a);
	free(b);
}

static void an_empty_file_is_filled(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open(a);
	struct store *sb = meet_adopt(s, sa, "b.turnout", 9);
	meet_stores(sb, sa, &report);
	assert_true(report.received > 0);
	meet_assert_same(sa, sb);
	meet_assert_sound(sb);
	meet_check_in(sb, "CODE-A");
	meet_stores(sa, sb, &report);
	assert_true(report.received > 0);
	meet_assert_same(sa, sb);
	store_close(sa);
	store_close(sb);
	free(a);
}

static void erased_bodies_come_with_their_proof(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open(a);
	struct store *sb = meet_adopt(s, sa, "b.turnout", 9);
	meet_stores(sb, sa, &report);
	struct person_row row;
	assert_ok(person_resolve(sa, "CODE-A", &row, &err));
	char id[PERSON_ID_LEN + 1];
	str_copy(id, sizeof id, row.id);
	person_row_fini(&row);
	meet_erase(sa, id);
	meet_assert_sound(sa);
	/* One that had the bodies, and one that never did. */
	struct store *sc = meet_adopt(s, sa, "c.turnout", 10);
	meet_stores(sb, sa, &report);
	meet_stores(sc, sa, &report);
	assert_int_equal(report.wrong, 0);
	meet_assert_same(sa, sb);
	meet_assert_same(sa, sc);
	meet_assert_sound(sb);
	meet_assert_sound(sc);
	/* Passed on by one that has it from another. */
	struct store *sd = meet_adopt(s, sa, "d.turnout", 11);
	meet_stores(sd, sc, &report);
	meet_assert_same(sa, sd);
	assert_int_equal(event_sample_number(a, "SELECT count(*) FROM record WHERE body LIKE '%Олена%'"), 0);
	store_close(sa);
	store_close(sb);
	store_close(sc);
	store_close(sd);
	free(a);
}

/* A device whose state and file were set back to an earlier state, within one boot, writes on twice. */
static void a_log_of_two_branches(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	char *a = event_sample_make(s, "a.turnout");
	char *b = scratch_path(s, "b.turnout");
	char *command = xasprintf("cp -r %s/device-7 %s/device-8", s->folder, s->folder);
	struct store *sa = event_sample_open_as(s, a, 7);
	meet_check_in(sa, "CODE-A");
	store_close(sa);
	meet_copy(a, b);
	assert_int_equal(system(command), 0);
	sa = event_sample_open(a);
	struct store *sb = event_sample_open_as(s, b, 8);
	for (int i = 0; i < 100; i++) {
		meet_check_in(sa, "CODE-B");
		meet_check_in(sb, i % 2 ? "CODE-A" : "CODE-D");
		if (i % 30 == 0) {
			struct store *sc = meet_adopt(s, sa,
						      i == 0    ? "c.turnout"
						      : i == 30 ? "d.turnout"
						      : i == 60 ? "e.turnout"
								: "f.turnout",
						      20 + i);
			meet_stores(sc, i % 60 ? sa : sb, &report);
			meet_stores(sc, i % 60 ? sb : sa, &report);
			meet_stores(sc, i % 60 ? sa : sb, &report);
			store_close(sc);
		}
	}
	meet_stores(sa, sb, &report);
	assert_int_equal(report.wrong, 0);
	meet_assert_same(sa, sb);
	meet_assert_sound(sa);
	meet_assert_sound(sb);
	assert_int_equal(event_sample_number(a, "SELECT count(*) FROM log WHERE origin IS NOT NULL"), 1);
	struct store *sc = meet_adopt(s, sa, "g.turnout", 30);
	meet_stores(sc, sa, &report);
	meet_assert_same(sa, sc);
	meet_assert_sound(sc);
	meet_stores(sc, sb, &report);
	assert_int_equal(report.received + report.sent, 0);
	store_close(sc);
	store_close(sa);
	store_close(sb);
	free(command);
	free(a);
	free(b);
}

static void put_checkin(struct craft *c, const char *how, struct strbuf *text) {
	char *body = xasprintf("{\"code\":\"CODE-A\",\"point\":\"arrival\",\"shown\":\"accepted\",\"how\":\"%s\"}", how);
	craft_piece(c, '>', text);
	craft_add(c, &(struct craft_record){.kind = "checkin", .subject = "", .body = body}, text);
	craft_sign(c, text);
	free(body);
}

/* Two check-ins of no known time at the same place of two branches: which of them counts must not depend on which branch came first. */
static void branches_stand_in_the_books_in_one_order(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	struct checkins books[2];
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open(a);
	struct craft_member m = craft_member_of(sa);
	struct strbuf text = {0}, one = {0}, other = {0};
	struct craft trunk, branch;
	craft_join(&trunk, &m, sa, 1, &text);
	branch = trunk;
	put_checkin(&trunk, "camera", &one);
	put_checkin(&branch, "wedge", &other);
	for (int i = 0; i < 2; i++) {
		struct store *sb = meet_adopt(s, sa, i == 0 ? "b.turnout" : "c.turnout", 20 + i);
		struct strbuf all = {0};
		meet_stores(sb, sa, &report);
		strbuf_add(&all, text.data, text.len);
		strbuf_add(&all, i == 0 ? one.data : other.data, i == 0 ? one.len : other.len);
		strbuf_add(&all, i == 0 ? other.data : one.data, i == 0 ? other.len : one.len);
		craft_give(sb, &all);
		assert_ok(checkins_load(sb, &books[i], &err));
		strbuf_fini(&all);
		store_close(sb);
	}
	assert_int_equal(books[0].count, books[1].count);
	for (size_t i = 0; i < books[0].count; i++) {
		assert_true(crypto_hash_eq(&books[0].items[i].hash, &books[1].items[i].hash));
		assert_int_equal(books[0].items[i].duplicate_of != 0, books[1].items[i].duplicate_of != 0);
	}
	checkins_fini(&books[0]);
	checkins_fini(&books[1]);
	strbuf_fini(&text);
	strbuf_fini(&one);
	strbuf_fini(&other);
	store_close(sa);
	free(a);
}

/* A copy that was made before the event had a hub: that it is one comes with its own answer, and counts at once. */
static void a_hub_that_tells_that_it_is_one(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	struct backlog backlog;
	struct key_pair key;
	struct replica hub, own;
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open(a);
	struct store *sb = meet_adopt(s, sa, "b.turnout", 7), *sh = meet_adopt(s, sa, "hub.turnout", 8);
	meet_stores(sb, sa, &report);
	meet_check_in(sb, "CODE-A");
	crypto_key_new(&key);
	assert_ok(store_begin(sa, &err) && role_give(sa, &key.public_key, "hub", "", &err) && store_commit(sa, &err));
	meet_stores(sh, sa, &report);
	assert_ok(replica_of_store(sh, &hub, &err) && replica_of_store(sb, &own, &err));
	hub.signer = key;
	struct exchange *x = exchange_open(&own);
	assert_ok(meet_talk(x, &hub, &report, &err));
	assert_true(report.keeper && report.acknowledged);
	assert_ok(store_backlog(sb, &backlog, &err));
	assert_int_equal(backlog.records, 0);
	exchange_close(x);
	replica_fini(&hub);
	replica_fini(&own);
	store_close(sa);
	store_close(sb);
	store_close(sh);
	free(a);
}

/* Copied while its records were not signed yet: the signature comes later, though the copy has every record. */
static void a_copy_of_a_file_in_use_gets_the_signatures(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	char *a = event_sample_make(s, "a.turnout"), *b = scratch_path(s, "b.turnout");
	struct store *sa = event_sample_open_as(s, a, 7);
	meet_check_in(sa, "CODE-A");
	meet_check_in(sa, "CODE-B");
	meet_copy(a, b);
	struct store *sb = event_sample_open_as(s, b, 8);
	meet_stores(sb, sa, &report);
	meet_assert_same(sa, sb);
	meet_assert_sound(sb);
	store_close(sa);
	store_close(sb);
	free(a);
	free(b);
}

static void branches_that_end_at_one_number(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open(a);
	struct store *sb = meet_adopt(s, sa, "b.turnout", 9);
	struct craft_member member = craft_member_of(sa);
	struct strbuf text = {0};
	struct craft c;
	craft_join(&c, &member, sa, 1, &text);
	craft_give(sa, &text);
	meet_stores(sb, sa, &report);
	for (size_t n = 1; n <= 3; n++) {
		struct craft other = c;
		craft_notes(&c, "here", n, &text);
		craft_give(sa, &text);
		craft_notes(&other, "there", n, &text);
		craft_give(sb, &text);
		meet_stores(n % 2 ? sa : sb, n % 2 ? sb : sa, &report);
		meet_assert_same(sa, sb);
	}
	meet_assert_sound(sa);
	meet_assert_sound(sb);
	store_close(sa);
	store_close(sb);
	free(a);
	strbuf_fini(&text);
}

/* A record that takes 10 KB of a packed message. */
static void large_note(struct craft *c, struct strbuf *text) {
	uint8_t random[10000];
	char hex[2 * sizeof random + 1];
	crypto_random(random, sizeof random);
	str_hex(random, sizeof random, hex);
	char *body = xasprintf("{\"note\":\"%s\"}", hex);
	craft_piece(c, '>', text);
	craft_add(c, &(struct craft_record){.kind = "note", .subject = "", .body = body}, text);
	craft_sign(c, text);
	free(body);
}

/* Where the branches part lies more than one answer behind the last record that the probes find on both sides: they step back by powers of two. */
static void branches_that_part_deep_inside_a_log(void **state) {
	struct scratch *s = *state;
	struct exchange_report report;
	struct strbuf text = {0};
	struct craft trunk, early, late;
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open(a);
	struct store *sb = meet_adopt(s, sa, "b.turnout", 9);
	struct craft_member member = craft_member_of(sa);
	craft_join(&trunk, &member, sa, 1, &text);
	for (int i = 0; i < 60; i++) {
		early = i == 50 ? trunk : early;
		large_note(&trunk, &text);
		craft_give(sa, &text);
	}
	meet_stores(sb, sa, &report);
	late = trunk;
	for (int i = 0; i < 140; i++) {
		craft_notes(&trunk, "here", 1, &text);
	}
	craft_give(sa, &text);
	for (int i = 0; i < 130; i++) {
		craft_notes(&early, "early", 1, &text);
		craft_notes(&late, "late", 1, &text);
	}
	craft_give(sb, &text);
	meet_stores(sa, sb, &report); /* asks for two, and gives one */
	assert_int_equal(report.received, 260);
	assert_int_equal(report.wrong, 0);
	meet_assert_same(sa, sb);
	meet_assert_sound(sa);
	store_close(sa);
	store_close(sb);
	free(a);
	strbuf_fini(&text);
}

/* --- who was retired ------------------------------------------------------------------------------------------------------------------- */

/* One round that the other side refuses. */
static void be_refused(struct store *asks, struct store *answers, const char *word) {
	struct err err = {0};
	struct exchange_report report;
	struct replica here, there;
	assert_ok(replica_of_store(asks, &here, &err) && replica_of_store(answers, &there, &err));
	struct exchange *x = exchange_open(&here);
	assert_false(meet_talk(x, &there, &report, &err));
	exchange_report(x, &report);
	assert_string_equal(report.refused, word);
	exchange_close(x);
	replica_fini(&here);
	replica_fini(&there);
}

/* Of a refusal by a neighbour nothing stays: it might say so of anybody. */
static void only_a_keeper_ends_a_boxs_work(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	char *path = event_sample_make(s, "organiser.turnout");
	struct store *organiser = event_sample_open(path);
	struct store *box = meet_adopt(s, organiser, "box.turnout", 7), *neighbour = meet_adopt(s, organiser, "neighbour.turnout", 8);
	meet_stores(box, organiser, &report);
	meet_check_in(box, "CODE-A");
	meet_stores(box, organiser, &report);
	assert_ok(store_begin(organiser, &err) && role_retire(organiser, store_station(box), &err) && store_commit(organiser, &err));
	meet_stores(neighbour, organiser, &report);
	be_refused(box, neighbour, "retired");
	meet_check_in(box, "CODE-B");
	be_refused(box, organiser, "retired");
	assert_false(role_station_check(box, &err));
	be_refused(box, neighbour, "retired");
	assert_false(role_station_check(box, &err));
	store_close(box);
	store_close(neighbour);
	store_close(organiser);
	free(path);
}

/* --- a station that brings too much ---------------------------------------------------------------------------------------------------- */

/* A replica whose lists and looks into logs are counted. */
struct counted {
	struct replica inner;
	struct replica_ops ops;
	int lists, looks;
	int64_t acks;
	uint64_t generation;
};

static struct counted counted; /* replica_ops have no place for it beside the store */

static bool counting_heads(void *self, struct heads *out, struct err *err) {
	counted.lists++;
	return replica_store_ops.heads(self, out, err);
}

static bool counting_hash_at(void *self, int64_t chain, uint64_t seq, struct hash *out, bool *found, struct err *err) {
	counted.looks++;
	return replica_store_ops.hash_at(self, chain, seq, out, found, err);
}

static bool counting_acknowledge(void *self, const struct ack *acks, size_t count, struct err *err) {
	counted.acks += (int64_t)count;
	return replica_store_ops.acknowledge(self, acks, count, err);
}

static uint64_t counting_generation(void *self) {
	(void)self;
	return counted.generation;
}

static const struct replica *count_of(struct store *store) {
	struct err err = {0};
	counted = (struct counted){.ops = replica_store_ops};
	assert_ok(replica_of_store(store, &counted.inner, &err));
	counted.ops.heads = counting_heads;
	counted.ops.hash_at = counting_hash_at;
	counted.ops.acknowledge = counting_acknowledge;
	counted.ops.generation = counting_generation;
	counted.inner.ops = &counted.ops;
	return &counted.inner;
}

/* While one side holds logs back the two never hold the same. A round with nothing new reads no list and looks into no log all the same, and what
 * is new on either side comes over at once. */
static void rounds_while_something_is_held_back(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	struct quota quota = quota_default();
	struct replica answers;
	struct strbuf text = {0};
	char *a = event_sample_make(s, "a.turnout");
	struct store *sa = event_sample_open(a);
	struct store *sb = meet_adopt(s, sa, "b.turnout", 9);
	meet_stores(sb, sa, &report);
	struct craft_member member = craft_member_of(sa);
	for (int i = 0; i < 150; i++) {
		struct craft c;
		craft_join(&c, &member, sa, i, &text);
		craft_give(sa, &text);
	}
	assert_ok(quota_read("logs=100", &quota, &err));
	store_set_quota(sb, &quota);
	assert_ok(replica_of_store(sa, &answers, &err));
	struct exchange *x = exchange_open(count_of(sb));
	assert_ok(meet_talk(x, &answers, &report, &err));
	assert_true(report.later_here > 0);
	meet_check_in(sa, "CODE-A"); /* the logs of the two begin */
	meet_check_in(sb, "CODE-A");
	assert_ok(meet_talk(x, &answers, &report, &err)); /* tries once more what was held back before its station was known */
	for (int round = 0; round < 3; round++) {
		counted.lists = counted.looks = 0;
		assert_ok(meet_talk(x, &answers, &report, &err));
		assert_int_equal(counted.lists + counted.looks, 0);
		assert_int_equal(report.sent + report.received, 0);
		/* news of ours, of theirs, of both */
		counted.acks = 0;
		meet_check_in(sb, "CODE-A");
		assert_ok(meet_talk(x, &answers, &report, &err));
		assert_int_equal(report.sent, 1);
		assert_in_range(counted.acks, 1, 2); /* that log, and the time: not each of them again */
		meet_check_in(sa, "CODE-B");
		assert_ok(meet_talk(x, &answers, &report, &err));
		assert_int_equal(report.received, 1);
		meet_check_in(sa, "CODE-A");
		meet_check_in(sb, "CODE-B");
		assert_ok(meet_talk(x, &answers, &report, &err));
		assert_true(report.received == 1 && report.sent == 1);
	}
	exchange_close(x);
	replica_fini(&counted.inner);
	replica_fini(&answers);
	meet_assert_sound(sb);
	store_close(sa);
	store_close(sb);
	free(a);
	strbuf_fini(&text);
}

#define ACKS_BEYOND                                                                                                                        \
	"SELECT count(*) FROM acknowledged a WHERE a.seq > (SELECT count(*) FROM record r JOIN log l ON l.id = r.id >> 40 WHERE l.hash = " \
	"a.log)"

/* The file under an exchange becomes another that holds the same, whose chains have other numbers. */
static void another_file_that_holds_the_same(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	struct replica answers;
	struct strbuf text = {0}, other = {0};
	struct craft one, two;
	char *a = event_sample_make(s, "a.turnout"), *c = scratch_path(s, "c.turnout");
	struct store *sa = event_sample_open(a);
	struct craft_member member = craft_member_of(sa);
	struct store *sb = meet_adopt(s, sa, "b.turnout", 9), *sc = meet_adopt(s, sa, "c.turnout", 10);
	meet_stores(sb, sa, &report);
	meet_stores(sc, sa, &report);
	craft_join(&one, &member, sa, 1, &text);
	craft_notes(&one, "one", 9, &text);
	craft_join(&two, &member, sa, 2, &other);
	strbuf_add(&text, other.data, other.len);
	craft_give(sb, &text); /* the long one first */
	craft_give(sc, &other);
	meet_stores(sa, sb, &report);
	meet_stores(sc, sa, &report);
	meet_stores(sb, sa, &report);
	meet_assert_same(sb, sc);
	assert_ok(replica_of_store(sa, &answers, &err));
	struct exchange *x = exchange_open(count_of(sb));
	assert_ok(meet_talk(x, &answers, &report, &err));
	replica_fini(&counted.inner);
	uint64_t before = counted.generation;
	struct replica inner;
	assert_ok(replica_of_store(sc, &inner, &err));
	event_sample_sql(c, "DELETE FROM acknowledged");
	counted.inner = inner;
	counted.inner.ops = &counted.ops;
	counted.generation = before + 1;
	counted.acks = 0;
	assert_ok(meet_talk(x, &answers, &report, &err));
	assert_true(counted.acks > 1);
	assert_int_equal(event_sample_number(c, ACKS_BEYOND), 0);
	meet_check_in(sa, "CODE-A");
	assert_ok(meet_talk(x, &answers, &report, &err));
	assert_true(report.received > 0 && report.wrong == 0);
	meet_assert_same(sa, sc);
	exchange_close(x);
	replica_fini(&counted.inner);
	replica_fini(&answers);
	store_close(sa);
	store_close(sb);
	store_close(sc);
	free(a);
	free(c);
	strbuf_fini(&text);
	strbuf_fini(&other);
}

static void what_is_paced_waits_for_another_day(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	struct exchange_report report;
	struct quota quota = quota_default();
	char *a = event_sample_make(s, "a.turnout"), *b = scratch_path(s, "b.turnout");
	struct store *sa = event_sample_open(a);
	struct store *sb = meet_adopt(s, sa, "b.turnout", 9);
	meet_stores(sb, sa, &report);
	struct craft_member member = craft_member_of(sa);
	struct strbuf text = {0};
	for (int i = 0; i < 150; i++) {
		struct craft c;
		craft_join(&c, &member, sa, i, &text);
		craft_give(sa, &text);
	}
	int64_t before = event_sample_number(b, "SELECT count(*) FROM log");
	assert_ok(quota_read("logs=100", &quota, &err));
	store_set_quota(sb, &quota);
	/* the one that brings is told, and what else it has is taken */
	meet_check_in(sa, "CODE-A");
	meet_stores(sa, sb, &report);
	assert_true(report.later > 0 && report.wrong == 0);
	assert_false(report.acknowledged);
	assert_int_equal(event_sample_number(b, "SELECT count(*) FROM log"), before + 100 + 1);
	/* so does the one that asks; nothing comes twice */
	meet_stores(sb, sa, &report);
	assert_true(report.later_here > 0);
	assert_int_equal(event_sample_number(b, "SELECT count(*) FROM log"), before + 100 + 1);
	assert_int_equal(event_sample_number(b, "SELECT count(*) FROM brought WHERE held_day IS NOT NULL"), 1);
	event_sample_sql(b, "UPDATE brought SET day = day - 1");
	meet_stores(sb, sa, &report);
	assert_int_equal(report.later_here, 0);
	meet_assert_same(sa, sb);
	meet_assert_sound(sb);
	store_close(sa);
	store_close(sb);
	free(a);
	free(b);
	strbuf_fini(&text);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(two_copies_become_the_same, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(an_empty_file_is_filled, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(erased_bodies_come_with_their_proof, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(a_log_of_two_branches, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(a_hub_that_tells_that_it_is_one, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(a_copy_of_a_file_in_use_gets_the_signatures, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(branches_that_end_at_one_number, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(branches_that_part_deep_inside_a_log, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(another_file_that_holds_the_same, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(what_is_paced_waits_for_another_day, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(only_a_keeper_ends_a_boxs_work, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(rounds_while_something_is_held_back, scratch_open, scratch_close),
		cmocka_unit_test_setup_teardown(branches_stand_in_the_books_in_one_order, scratch_open, scratch_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
