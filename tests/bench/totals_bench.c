/* The figures of the day at 100,000 check-ins: counted from the beginning, and put right after a commit of one; a room's count after an exchange of 10,000. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "store/read/checkins.h"
#include "store/read/people.h"
#include "store/read/presence.h"
#include "store/read/totals.h"
#include "store/store.h"
#include "store/write/transaction.h"

#define PEOPLE 100000
#define ROUNDS 200
#define ROOM "11111111111111111111"

static void fail(const char *what, const struct err *err) {
	fprintf(stderr, "totals_bench: %s: %s\n", what, err->text);
	exit(1);
}

static double ms_since(int64_t from) { return (double)(clock_span_us() - from) / 1000; }

static double cpu_ms(void) {
	struct rusage used;
	getrusage(RUSAGE_THREAD, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

static int by_value(const void *a, const void *b) {
	return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static void check_in(struct store *store, int number, const char *point, enum outcome shown) {
	struct err err = {0};
	char code[32];
	snprintf(code, sizeof code, "CODE-%06d", number);
	const struct checkin_draft draft = {.code = code, .point = point, .shown = shown, .how = "camera"};
	if (!checkin_append(store, &draft, NULL, &err)) {
		fail("a check-in", &err);
	}
}

static void begin(struct store *store) {
	struct err err = {0};
	if (!store_begin(store, &err)) {
		fail("begin", &err);
	}
}

static void commit(struct store *store) {
	struct err err = {0};
	if (!store_commit(store, &err)) {
		fail("commit", &err);
	}
}

static void make(struct store *store) {
	struct err err = {0};
	static const char *const categories[] = {"guest", "press", "speaker", "staff"};
	begin(store);
	for (int i = 0; i < PEOPLE; i++) {
		struct person p = {0};
		char id[PERSON_ID_LEN + 1], text[64];
		snprintf(id, sizeof id, "%020d", i);
		snprintf(text, sizeof text, "Person %d", i);
		person_set(&p, PERSON_NAME, text);
		snprintf(text, sizeof text, "CODE-%06d", i);
		person_set(&p, PERSON_CODE, text);
		person_set(&p, PERSON_CATEGORY, categories[i % 4]);
		snprintf(text, sizeof text, "Organisation %d", i % 400);
		person_set(&p, PERSON_ORGANISATION, text);
		if (!person_edit(store, &(struct person_edit){.id = id, .set = &p, .fresh = true}, &err)) {
			fail("a person", &err);
		}
		person_fini(&p);
	}
	commit(store);
	begin(store);
	for (int i = 0; i < PEOPLE; i++) {
		check_in(store, i, POINT_ARRIVAL, OUTCOME_ACCEPTED);
	}
	commit(store);
}

static void after_commits(struct store *store, struct totals *totals) {
	static double refresh[ROUNDS];
	struct err err = {0};
	bool changed;
	double used = 0;
	for (int i = 0; i < ROUNDS; i++) {
		begin(store);
		check_in(store, PEOPLE + i, POINT_ARRIVAL, OUTCOME_ACCEPTED);
		commit(store);
		int64_t from = clock_span_us();
		double cpu = cpu_ms();
		if (!totals_refresh(totals, &changed, &err)) {
			fail("refresh", &err);
		}
		refresh[i] = ms_since(from);
		used += cpu_ms() - cpu;
	}
	qsort(refresh, ROUNDS, sizeof *refresh, by_value);
	printf("refreshed after a commit: half within %.3f ms, 99 of 100 within %.3f ms (wanted: 50)\n", refresh[ROUNDS / 2],
	       refresh[ROUNDS * 99 / 100]);
	/* Ten in a second are more than the doors of any event let in. */
	printf("of a core: %.3f %% at 10 check-ins a second (wanted: 1)\n", used / ROUNDS * 10 / 1000 * 100);
}

/* 10,000 who come into a room, of whom some leave again: as an exchange brings them, in one transaction. */
static void a_room(struct store *store) {
	struct err err = {0};
	int inside = 0;
	begin(store);
	for (int i = 0; i < 9000; i++) {
		check_in(store, i, ROOM, OUTCOME_ACCEPTED);
	}
	for (int i = 0; i < 1000; i++) {
		check_in(store, i, POINT_EXIT_OF ROOM, OUTCOME_LEFT);
	}
	commit(store);
	int64_t from = clock_span_us();
	if (!checkin_inside(store, ROOM, &inside, &err)) {
		fail("a room", &err);
	}
	printf("a room after 10,000 came and left: %d inside, counted in %.1f ms (wanted: 200)\n", inside, ms_since(from));
}

static void measure(struct store *store, const char *path) {
	struct err err = {0};
	struct store *reader = store_open(path, STORE_READ, "totals_bench", &err);
	struct totals *totals = NULL;
	int64_t day = 0, from = clock_span_us();
	if (reader == NULL || !totals_day(reader, clock_utc(), &day, &err) || !totals_open(reader, day, &totals, &err)) {
		fail("totals", &err);
	}
	printf("counted from the beginning: %.0f ms, %lld came of %lld expected\n", ms_since(from),
	       (long long)totals_counts(totals)->arrived, (long long)totals_counts(totals)->expected);
	after_commits(store, totals);
	a_room(store);
	totals_close(totals);
	store_close(reader);
}

int main(int argc, char **argv) {
	struct err err = {0};
	bool make_only = argc == 3 && strcmp(argv[1], "--make") == 0;
	if ((argc != 2 && !make_only) || !crypto_init(&err)) {
		fprintf(stderr, "usage: totals_bench [--make] EVENT\n");
		return 2;
	}
	const char *path = argv[argc - 1];
	struct store *store = store_open(path, STORE_WRITE, "totals_bench", &err);
	if (store == NULL) {
		fail(path, &err);
	}
	make(store);
	if (!make_only) {
		measure(store, path);
	}
	store_close(store);
	return 0;
}
