/* Telephone numbers as rosters have them: "067 123 45 67, 050 765 43 21", "(044) 123-45-67 дод. 12". */
#ifndef TURNOUT_EVENT_PHONE_H
#define TURNOUT_EVENT_PHONE_H

#include <stdbool.h>
#include <stddef.h>

#define PHONE_LAST_DIGITS 4 /* by which somebody shows that a number is theirs */

/* Commas, semicolons, slashes and words part numbers; what has fewer than seven digits is none: an extension, half a number. */
bool phone_has_number(const char *cell);
/* One of its numbers ends with these digits, PHONE_LAST_DIGITS of them. */
bool phone_has_last(const char *cell, const char *digits);

#define PHONE_DIGITS_MAX 32
/* The digits of a phone number in one form for comparing: "+38 (050) 123-45-67", "050 123 45 67", "80501234567", "501234567" and
 * "00380501234567" all give "380501234567". Other numbers give their digits without a leading 00. Of several numbers in one text the first.
 * "" when there are fewer than 5 digits. */
void phone_digits(const char *phone, char digits[PHONE_DIGITS_MAX]);

/* Each of the numbers of a cell in that form; returns how many there are. Further ones are not looked at. */
#define PHONE_NUMBERS_MAX 4
size_t phone_numbers(const char *cell, char out[PHONE_NUMBERS_MAX][PHONE_DIGITS_MAX]);

#endif
