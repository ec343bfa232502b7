/* A line of a screen as it is to be spoken. What reads aloud gets much of it wrong (espeak-ng 1.51 reads "Зал IV" as "roman four", "12 345" as two numbers and
 * "14 травня" without its case), so numbers, times, days and signs are put into words before, codes are spelled, and stress marks and what is only there for the
 * eye go. Pure. */
#ifndef TURNOUT_WORDS_SAY_LINE_H
#define TURNOUT_WORDS_SAY_LINE_H

#include "base/strbuf.h"

/* `language`: "uk", "ru"; others are taken for English. The line is UTF-8. */
void say_line(struct strbuf *out, const char *language, const char *line);

#endif
