/* Small things done with NUL-terminated text. ASCII only, locale never asked; what needs Unicode is in base/utf8.h. */
#ifndef TURNOUT_BASE_STR_H
#define TURNOUT_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool str_eq(const char *a, const char *b);        /* NULL equals only NULL */
bool str_eq_nocase(const char *a, const char *b); /* ASCII case */
bool str_starts(const char *text, const char *head);
bool str_ends(const char *text, const char *tail);
bool str_ends_nocase(const char *text, const char *tail); /* ASCII case */
bool str_empty(const char *text);                         /* NULL or "" */
const char *str_or_empty(const char *text);               /* NULL becomes "" */
char str_lower_char(char c);                              /* ASCII */
bool str_is_space(char c);                                /* space, \t \n \v \f \r */
bool str_is_digit(char c);

/* Cuts white space off both ends, in place; returns the first character kept. */
char *str_trim(char *text);

/* Copies as much of `src` as fits, whole UTF-8 characters only, always NUL-terminated. True when all of it fitted. */
bool str_copy(char *dst, size_t cap, const char *src);

/* The whole text as a decimal number, an optional sign before it. False (and *out untouched) on anything else or out of range. */
bool str_to_i64(const char *text, int64_t *out);

/* The other way: what stands in `text` is decimal, with a '-' where it is below 0. */
struct str_number {
	char text[24];
};
struct str_number str_number(int64_t n);

/* The whole text as a decimal fraction with '.', C locale. False on anything else. */
bool str_to_double(const char *text, double *out);

/* Splits `text` in place at every `sep`; stores at most `max` parts, trimmed, returns how many there were stored. The last part keeps what is left. */
size_t str_split(char *text, char sep, char **parts, size_t max);

int str_hex_digit(char c); /* 0 to 15, or -1 */
/* Lower-case hexadecimal. `hex` takes 2*n+1 characters. */
void str_hex(const void *data, size_t n, char *hex);
/* False unless `hex` is exactly 2*n hexadecimal digits. */
bool str_unhex(const char *hex, void *data, size_t n);

#endif
