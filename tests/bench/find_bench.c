/* The search by name beside its peer: find_bench EVENT QUERIES.tsv [WRONG]. Each query is looked for as the kiosk does it (the five best), and as libpretixsync does it:
 * SQL LIKE over names in upper case, '%QUERY%', the first five. Prints a line a kind (queries, those whose person is among the five, their share), and
 * "time OURS PEER P99 MEMORY": microseconds a query (means), our 99th percentile, and the peak of resident memory in MiB before the peer's table is made.
 * WRONG is a file that gets the queries which found nobody that is right. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "store/read/find.h"
#include "store/read/people.h"
#include "store/store.h"

#define KINDS_MAX 24
#define SHOWN 5
#define QUERIES_MAX 20000

struct kind {
	char name[24];
	int all, right;
};

struct query {
	char *line, *kind, *text, *codes;
	int64_t us;
};

struct bench {
	struct store *store;
	struct finder *finder;
	struct kind kinds[KINDS_MAX];
	size_t kind_count;
	struct query queries[QUERIES_MAX];
	size_t count;
	FILE *wrong;
};

static void die(const char *what, const struct err *err) {
	fprintf(stderr, "find_bench: %s: %s\n", what, err->text);
	exit(1);
}

static struct kind *kind_of(struct bench *b, const char *name) {
	for (size_t i = 0; i < b->kind_count; i++) {
		if (str_eq(b->kinds[i].name, name)) {
			return &b->kinds[i];
		}
	}
	if (b->kind_count == KINDS_MAX) {
		exit(2);
	}
	str_copy(b->kinds[b->kind_count].name, sizeof b->kinds[0].name, name);
	return &b->kinds[b->kind_count++];
}

static void read_queries(struct bench *b, const char *path) {
	char *line = NULL, *parts[3];
	size_t cap = 0;
	FILE *f = fopen(path, "r");
	if (f == NULL) {
		perror(path);
		exit(1);
	}
	while (b->count < QUERIES_MAX && getline(&line, &cap, f) > 0) {
		struct query *q = &b->queries[b->count];
		line[strcspn(line, "\n")] = '\0';
		q->line = xstrdup(line);
		if (str_split(q->line, '\t', parts, 3) == 3) {
			q->kind = parts[0];
			q->text = parts[1];
			q->codes = parts[2];
			b->count++;
		}
	}
	free(line);
	fclose(f);
}

static bool is_right(struct bench *b, const struct query *q, const struct finding *finding) {
	struct err err = {0};
	bool right = false;
	for (size_t i = 0; i < finding->count && !right; i++) {
		struct person_row row;
		bool found = false;
		if (!person_get(b->store, finding->items[i].id, &row, &found, &err)) {
			die(q->text, &err);
		}
		right = found && row.code[0] != '\0' && strstr(q->codes, row.code) != NULL;
		person_row_fini(&row);
	}
	return right;
}

static void run_ours(struct bench *b) {
	struct err err = {0};
	for (size_t i = 0; i < b->count; i++) {
		struct query *q = &b->queries[i];
		struct finding finding;
		int64_t from = clock_span_us();
		if (!finder_find(b->finder, q->text, SHOWN, &finding, &err)) {
			die(q->text, &err);
		}
		q->us = clock_span_us() - from;
		bool right = is_right(b, q, &finding);
		struct kind *kind = kind_of(b, q->kind);
		kind->all++;
		kind->right += right;
		if (!right && b->wrong != NULL) {
			fprintf(b->wrong, "%s\t%s\t%s\n", q->kind, q->text, q->codes);
		}
	}
}

/* --- the peer ---------------------------------------------------------------------------------------------------------------------------- */

static bool put_upper(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	sqlite3_stmt *insert = context;
	char *upper = utf8_upper(person_text(&row->person, PERSON_NAME));
	sqlite3_bind_text(insert, 1, row->id, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(insert, 2, upper, -1, SQLITE_TRANSIENT);
	sqlite3_step(insert);
	sqlite3_reset(insert);
	free(upper);
	return true;
}

static double run_peer(struct bench *b) {
	struct err err = {0};
	sqlite3 *db = NULL;
	sqlite3_stmt *insert = NULL, *like = NULL;
	if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
	    sqlite3_exec(db, "CREATE TABLE attendee (id TEXT PRIMARY KEY, name_upper TEXT); BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO attendee VALUES (?1, ?2)", -1, &insert, NULL) != SQLITE_OK ||
	    !people_each(b->store, NULL, put_upper, insert, &err) || sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT id FROM attendee WHERE name_upper LIKE '%' || ?1 || '%' LIMIT 5", -1, &like, NULL) !=
		    SQLITE_OK) {
		die("the peer's table", &err);
	}
	size_t every = b->count > 200 ? b->count / 200 : 1, ran = 0; /* it is slow */
	int64_t us = 0;
	for (size_t i = 0; i < b->count; i += every, ran++) {
		int64_t from = clock_span_us();
		char *upper = utf8_upper(b->queries[i].text);
		sqlite3_bind_text(like, 1, upper, -1, SQLITE_TRANSIENT);
		while (sqlite3_step(like) == SQLITE_ROW) {
		}
		sqlite3_reset(like);
		free(upper);
		us += clock_span_us() - from;
	}
	sqlite3_finalize(insert);
	sqlite3_finalize(like);
	sqlite3_close(db);
	return ran == 0 ? 0 : (double)us / (double)ran;
}

static int by_time(const void *a, const void *b) {
	int64_t x = ((const struct query *)a)->us, y = ((const struct query *)b)->us;
	return (x > y) - (x < y);
}

int main(int argc, char **argv) {
	struct bench *b = xcalloc(1, sizeof *b);
	struct err err = {0};
	struct rusage usage;
	if (argc < 3) {
		fputs("usage: find_bench EVENT QUERIES.tsv [WRONG]\n", stderr);
		return 2;
	}
	b->wrong = argc > 3 ? fopen(argv[3], "w") : NULL;
	b->store = store_open(argv[1], STORE_READ, "find_bench", &err);
	if (b->store == NULL) {
		die(argv[1], &err);
	}
	b->finder = finder_open(b->store);
	read_queries(b, argv[2]);
	run_ours(b);
	getrusage(RUSAGE_SELF, &usage);
	double peer = run_peer(b), ours = 0;
	for (size_t i = 0; i < b->kind_count; i++) {
		printf("%s %d %d %.2f\n", b->kinds[i].name, b->kinds[i].all, b->kinds[i].right,
		       100.0 * b->kinds[i].right / b->kinds[i].all);
	}
	for (size_t i = 0; i < b->count; i++) {
		ours += (double)b->queries[i].us / (double)b->count;
	}
	qsort(b->queries, b->count, sizeof *b->queries, by_time);
	printf("time %.1f %.1f %lld %ld\n", ours, peer, (long long)b->queries[b->count * 99 / 100].us, usage.ru_maxrss / 1024);
	for (size_t i = 0; i < b->count; i++) {
		free(b->queries[i].line);
	}
	if (b->wrong != NULL) {
		fclose(b->wrong);
	}
	finder_close(b->finder);
	store_close(b->store);
	free(b);
	return 0;
}
