/* On which days somebody said that they come: an organiser's own column headed "days", "day", "дні", "день", "дни" or "дата", in which dates stand: 2026-05-14, 14.05.2026
 * or 14.05, several of them separated by commas, semicolons or blanks. Pure. */
#ifndef TURNOUT_EVENT_COMING_H
#define TURNOUT_EVENT_COMING_H

#include <stdbool.h>
#include <stdint.h>

struct person;

/* True also of who said nothing, or something that nobody can read as dates: a label too many costs less than one too few. A date without a year is of the year of
 * `day` (days since 1970-01-01). */
bool person_comes(const struct person *person, int64_t day);

#endif
