/* Who is here, counted as lines come: of one day of the event, with all that a line changes put right at once, so that a hundred thousand lines cost no more than
 * one. Pure: whose lines they are, and their times, the caller knows.
 *
 * A person counts once, however often, wherever and by whichever badge they come:
 *     arrived   a line of arrival, or of any session, on the day; in the quarter of an hour of the earliest
 *     here      and no line of the event's exit on that day after the latest
 *     visited   a line of that session, on whatever day; inside: and none of its exit, or on a later moment of the event's, after the latest
 *     given     lines of a point that hands out, on the day: each of them */
#ifndef TURNOUT_EVENT_TALLY_H
#define TURNOUT_EVENT_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

#define TALLY_QUARTERS 192 /* of the day and the night after it */
#define TALLY_QUARTER_MS (15 * INT64_C(60000))

struct tally;

enum tally_move { TALLY_CAME, TALLY_LEFT, TALLY_GOT };

/* A hundred thousand of them are kept in a kiosk's memory: 24 bytes each. */
struct tally_line {
	struct utc_ms utc;
	int32_t who;     /* tally_who */
	int32_t place;   /* tally_place of the point, or of the session that is left; TALLY_ARRIVAL for arrival and the event's exit */
	int32_t day;     /* of the event; TALLY_NO_DAY: nobody knows */
	int16_t quarter; /* since that day's midnight */
	bool counts;     /* it was not undone, and is not out of the books */
	uint8_t move;    /* enum tally_move */
};
_Static_assert(sizeof(struct tally_line) == 24, "nothing lies between its parts");
#define TALLY_ARRIVAL 0
#define TALLY_NO_DAY INT32_MIN

struct tally_category {
	char *name; /* "" for those without one */
	int64_t arrived, expected;
	int64_t of_them; /* of those expected, arrived */
};

struct tally_place_count {
	char *key;               /* a session's id, a point's key; "" of TALLY_ARRIVAL */
	int64_t visited, inside; /* of a session */
	int64_t given;           /* of a point */
};

struct tally_counts {                   /* the tally's */
	int64_t arrived, here, of_them; /* of_them: of those expected, arrived */
	int64_t expected;
	int64_t quarters[TALLY_QUARTERS];
	struct tally_category *categories; /* in the order in which they were met */
	size_t category_count;
	struct tally_place_count *places; /* likewise; the first is TALLY_ARRIVAL */
	size_t place_count;
};

/* The quarters of an hour between the first and the last in which somebody came; first -1 where nobody did. */
struct tally_span {
	int first, last;
	int64_t most; /* in one of them; 1 at least */
};
struct tally_span tally_span(const int64_t quarters[TALLY_QUARTERS]);

struct tally *tally_open(int64_t day);
void tally_close(struct tally *tally); /* NULL is fine */

/* The number of a person (or of a code that nobody is known behind), of a place, of a category; made when it is new (*made, which may be NULL). */
int tally_who(struct tally *tally, const char *key, bool *made);
int tally_find(const struct tally *tally, const char *key); /* of a person; -1: there is none */
int tally_place(struct tally *tally, const char *key);
int tally_category_of(struct tally *tally, const char *name);
/* What is known of a person. */
void tally_describe(struct tally *tally, int who, int category, bool expected);
/* How many are expected, all in all: whoever came or not. Set anew each time that the roster is counted. */
void tally_expect_nobody(struct tally *tally);
void tally_expect(struct tally *tally, int category, int64_t people);

/* Returns the line's number, from 0 up. */
int tally_add(struct tally *tally, const struct tally_line *line);
const struct tally_line *tally_line_at(const struct tally *tally, int number);
/* Its time, its day or whether it counts is another; whose it is and where stay. */
void tally_change(struct tally *tally, int number, const struct tally_line *line);

const struct tally_counts *tally_count(const struct tally *tally);
bool tally_is_here(const struct tally *tally, int who);
bool tally_has_arrived(const struct tally *tally, int who);

#endif
