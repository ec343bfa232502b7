/* What an erasure could not know of: somebody whom another laptop joined into who is erased. It is told, and goes when it is done again. */
#include "store/read/erasure_left.h"

#include "lib/meet.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "store/read/conflicts.h"
#include "store/read/people.h"

static const char *const people[] = {"0000000000000000000a", "0000000000000000000b"};

/* Two laptops of one organiser. */
struct bench {
	struct store *here, *there;
};

static void open_bench(struct bench *b, const struct scratch *s) {
	struct err err = {0};
	char *path = scratch_path(s, "there"), *keys[] = {scratch_path(s, "here.key"), scratch_path(s, "there.key")};
	event_sample_device(s, 1);
	b->here = scratch_event(s, "here");
	assert_ok(store_begin(b->here, &err));
	for (size_t i = 0; i < COUNT_OF(people); i++) {
		struct person p = {0};
		person_set(&p, PERSON_NAME, people[i]);
		assert_ok(person_edit(b->here, &(struct person_edit){.id = people[i], .set = &p, .fresh = true}, &err));
		person_fini(&p);
	}
	assert_ok(store_commit(b->here, &err) && store_copy(b->here, path, &err));
	struct strbuf key = {0};
	assert_ok(file_read(keys[0], 4096, &key, &err) && file_write(keys[1], key.data, key.len, &err));
	strbuf_fini(&key);
	b->there = event_sample_open_as(s, path, 2);
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		free(keys[i]);
	}
	free(path);
}

static void close_bench(struct bench *b) {
	store_close(b->here);
	store_close(b->there);
}

static void meet(const struct bench *b) {
	struct exchange_report report;
	meet_stores(b->here, b->there, &report);
	meet_assert_same(b->here, b->there);
}

static void join(struct store *store, const char *person, const char *into) {
	struct err err = {0};
	assert_ok(store_begin(store, &err) && person_join(store, person, into, &err) && store_commit(store, &err));
}

static bool note(void *context, const struct conflict *c, struct err *err) {
	(void)err;
	if (c->kind == CONFLICT_ERASED) {
		strbuf_addf(context, "%s %d;", c->erased.id, (int)c->erased.people);
	}
	return true;
}

static void tells(struct store *store, const char *wanted) {
	struct err err = {0};
	struct strbuf out = {0};
	assert_ok(conflicts_each(store, note, &out, &err));
	assert_string_equal(strbuf_str(&out), wanted);
	strbuf_fini(&out);
}

/* `joined` into `into` there, who is erased here. */
static void left_behind(const struct bench *b, const char *joined, const char *into) {
	char *wanted = xasprintf("%s 1;", into);
	join(b->there, joined, into);
	meet_erase(b->here, into);
	tells(b->here, "");
	tells(b->there, "");
	meet(b);
	tells(b->here, wanted);
	tells(b->there, wanted);
	meet_erase(b->here, into); /* once more, by the id */
	tells(b->here, "");
	meet(b);
	tells(b->there, "");
	free(wanted);
}

static void who_was_joined_into_the_erased(void **state) {
	struct bench b;
	open_bench(&b, *state);
	left_behind(&b, people[0], people[1]);
	close_bench(&b);
}

/* A walk-in's id tells nothing of the subject that was erased. */
static void who_was_joined_into_an_erased_walk_in(void **state) {
	struct bench b;
	char id[PERSON_ID_LEN + 1];
	open_bench(&b, *state);
	meet_walk_in(b.there, "Ївга", id);
	meet(&b);
	left_behind(&b, people[0], id);
	close_bench(&b);
}

static void one_after_the_other(void **state) {
	struct bench b;
	char id[PERSON_ID_LEN + 1];
	open_bench(&b, *state);
	meet_walk_in(b.there, "Ївга", id);
	join(b.there, id, people[0]);
	join(b.there, people[0], people[1]);
	meet_erase(b.here, people[1]);
	meet(&b);
	tells(b.here, "0000000000000000000b 2;");
	close_bench(&b);
}

/* Nothing has come yet of whom they were joined into: that is no reason to send anybody to erase them, whoever else is erased. */
static void who_has_not_come_yet_is_not_erased(void **state) {
	struct bench b;
	open_bench(&b, *state);
	meet_erase(b.here, people[1]);
	join(b.here, people[0], "0000000000000000000c");
	tells(b.here, "");
	close_bench(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {
		TEST(who_was_joined_into_the_erased),
		TEST(who_was_joined_into_an_erased_walk_in),
		TEST(one_after_the_other),
		TEST(who_has_not_come_yet_is_not_erased),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
