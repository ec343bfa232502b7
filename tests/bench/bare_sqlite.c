/* The peer of `turnout checkin -`: the least that a program can do to keep a line durably. One INSERT of about 300 bytes a transaction,
 * prepared once, WAL, synchronous=FULL, through SQLite's C interface. Usage: bare_sqlite FILE COUNT; prints transactions a second. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"

#define BODY_LEN 300

static int fail(sqlite3 *db, const char *what) {
	fprintf(stderr, "bare_sqlite: %s: %s\n", what, sqlite3_errmsg(db));
	sqlite3_close(db);
	return 1;
}

static bool insert_one(sqlite3_stmt *insert, int64_t i) {
	char body[BODY_LEN + 1];
	memset(body, 'x', BODY_LEN);
	body[BODY_LEN] = '\0';
	int n = snprintf(body, sizeof body, "{\"code\":\"%lld\"}", (long long)i);
	body[n] = ' ';
	sqlite3_bind_text(insert, 1, body, BODY_LEN, SQLITE_STATIC);
	bool done = sqlite3_step(insert) == SQLITE_DONE;
	return sqlite3_reset(insert) == SQLITE_OK && done;
}

int main(int argc, char **argv) {
	int64_t count = 0;
	if (argc != 3 || !str_to_i64(argv[2], &count) || count < 1) {
		fputs("usage: bare_sqlite FILE COUNT\n", stderr);
		return 2;
	}
	sqlite3 *db = NULL;
	sqlite3_stmt *insert = NULL;
	if (sqlite3_open(argv[1], &db) != SQLITE_OK ||
	    sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE line (id INTEGER PRIMARY KEY, body TEXT)",
			 NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO line (body) VALUES (?1)", -1, &insert, NULL) != SQLITE_OK) {
		return fail(db, argv[1]);
	}
	int64_t from = clock_span_us();
	for (int64_t i = 0; i < count; i++) {
		if (!insert_one(insert, i)) {
			sqlite3_finalize(insert);
			return fail(db, "insert");
		}
	}
	printf("%.0f\n", (double)count * 1e6 / (double)(clock_span_us() - from));
	sqlite3_finalize(insert);
	return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
