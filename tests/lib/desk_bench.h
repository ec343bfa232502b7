/* A desk at an event with three people, by the codes CODE-A, CODE-B and CODE-C, and a session for one of them, from 11:00 to 12:00 on 14 May 2026 in Kyiv. */
#ifndef TURNOUT_TESTS_LIB_DESK_BENCH_H
#define TURNOUT_TESTS_LIB_DESK_BENCH_H

#include "lib/event_sample.h"
#include "station/desk.h"

struct desk_bench {
	struct scratch *scratch;
	struct store *store;
	struct desk *desk;
	struct err err;
};

#define DESK_BENCH_SESSION "11111111111111111111"
#define DESK_BENCH_OLENA "00000000000000000000"
#define DESK_BENCH_SOMEBODY "00000000000000000001"

int desk_bench_open(void **state);
int desk_bench_close(void **state);

/* The organiser sets something, and the desk opens with it. */
void desk_bench_set(struct desk_bench *b, const char *key, const char *value);
/* A local time of May 2026. */
struct utc_ms desk_bench_at(int day, int hour, int minute);

enum outcome desk_bench_scan_bytes(struct desk_bench *b, const char *text, size_t n, struct utc_ms when);
enum outcome desk_bench_scan(struct desk_bench *b, const char *text, struct utc_ms when);

/* The registration of whose code that is; members of the person of that number. */
void desk_bench_registration(struct desk_bench *b, const char *code, const char *registration);
void desk_bench_edit(struct desk_bench *b, int number, const char *set);
/* Whose the books say each check-in is, in their order: the number of the person, or "-"; "=" after those that are duplicates. */
void desk_bench_books_say(struct desk_bench *b, const char *wanted);

#endif
