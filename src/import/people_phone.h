/* Telephone numbers made comparable. */
#ifndef TURNOUT_IMPORT_PEOPLE_PHONE_H
#define TURNOUT_IMPORT_PEOPLE_PHONE_H

#define PEOPLE_PHONE_MAX 32

/* The digits of a phone number in one form for comparing: "+38 (050) 123-45-67", "050 123 45 67", "80501234567", "501234567" and
 * "00380501234567" all give "380501234567". Other numbers give their digits without a leading 00. Of several numbers in one text the first.
 * "" when there are fewer than 5 digits. */
void people_phone_digits(const char *phone, char digits[PEOPLE_PHONE_MAX]);

#endif
