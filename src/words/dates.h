/* Dates and times in a language's own words; what differs between languages stands in the catalogues. */
#ifndef TURNOUT_WORDS_DATES_H
#define TURNOUT_WORDS_DATES_H

#include "base/strbuf.h"
#include "base/tz.h"
#include "words/words.h"

void date_time(struct strbuf *out, int minutes_of_day);                      /* 10:42 */
void date_clock(struct strbuf *out, const struct tz *tz, struct utc_ms utc); /* 10:42 */
/* The same; ≈10:42 where nobody vouches for the clock that it is by. */
void date_clock_about(struct strbuf *out, const struct tz *tz, struct utc_ms utc, bool approximate);
/* A moment within a sentence, of a time as those above write it: "at 10:42". Languages differ in the preposition, and some change it before eleven. */
void date_at(struct strbuf *out, const struct tongue *t, const char *time);
void date_tab(struct strbuf *out, const struct tongue *t, int64_t day);  /* Thu 14 */
void date_day(struct strbuf *out, const struct tongue *t, int64_t day);  /* 14 May */
void date_long(struct strbuf *out, const struct tongue *t, int64_t day); /* Thursday, 14 May; begins with a capital */
/* Several days, ascending: 14 May; 14–15 May; 30 April – 2 May; 14, 16 May. With the year: 14–15 May 2026; a month or year that the next
 * days say too is said once. */
void date_range(struct strbuf *out, const struct tongue *t, const int64_t *days, size_t count);
void date_range_year(struct strbuf *out, const struct tongue *t, const int64_t *days, size_t count);

#endif
