#include "base/str.h"

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

bool str_eq(const char *a, const char *b) { return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0; }

bool str_empty(const char *text) { return text == NULL || *text == '\0'; }

const char *str_or_empty(const char *text) { return text ? text : ""; }

char str_lower_char(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }

bool str_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool str_is_digit(char c) { return c >= '0' && c <= '9'; }

bool str_eq_nocase(const char *a, const char *b) {
	while (*a != '\0' && str_lower_char(*a) == str_lower_char(*b)) {
		a++;
		b++;
	}
	return str_lower_char(*a) == str_lower_char(*b);
}

bool str_starts(const char *text, const char *head) { return strncmp(text, head, strlen(head)) == 0; }

bool str_ends(const char *text, const char *tail) {
	size_t n = strlen(text), m = strlen(tail);
	return n >= m && strcmp(text + n - m, tail) == 0;
}

bool str_ends_nocase(const char *text, const char *tail) {
	size_t n = strlen(text);
	size_t m = strlen(tail);
	return n >= m && str_eq_nocase(text + (n - m), tail);
}

char *str_trim(char *text) {
	while (str_is_space(*text)) {
		text++;
	}
	size_t n = strlen(text);
	while (n > 0 && str_is_space(text[n - 1])) {
		n--;
	}
	text[n] = '\0';
	return text;
}

bool str_copy(char *dst, size_t cap, const char *src) {
	size_t n = utf8_cut(src, cap - 1);
	bool fits = src[n] == '\0';
	memcpy(dst, src, n);
	dst[n] = '\0';
	return fits;
}

bool str_to_i64(const char *text, int64_t *out) {
	const char *digits = *text == '-' || *text == '+' ? text + 1 : text;
	if (!str_is_digit(*digits)) {
		return false;
	}
	errno = 0;
	char *end = NULL;
	intmax_t value = strtoimax(text, &end, 10);
	if (errno != 0 || *end != '\0' || value > INT64_MAX || value < INT64_MIN) {
		return false;
	}
	*out = (int64_t)value;
	return true;
}

struct str_number str_number(int64_t n) {
	struct str_number number;
	snprintf(number.text, sizeof number.text, "%" PRId64, n);
	return number;
}

bool str_to_double(const char *text, double *out) {
	if (!str_is_digit(*text) && *text != '-' && *text != '.') {
		return false;
	}
	locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	if (c_locale == (locale_t)0) {
		return false;
	}
	char *end = NULL;
	double value = strtod_l(text, &end, c_locale);
	freelocale(c_locale);
	if (end == text || *end != '\0' || value != value) {
		return false;
	}
	*out = value;
	return true;
}

size_t str_split(char *text, char sep, char **parts, size_t max) {
	size_t count = 0;
	while (count < max) {
		char *end = count + 1 < max ? strchr(text, sep) : NULL;
		if (end != NULL) {
			*end = '\0';
		}
		parts[count++] = str_trim(text);
		if (end == NULL) {
			break;
		}
		text = end + 1;
	}
	return count;
}

void str_hex(const void *data, size_t n, char *hex) {
	static const char digits[] = "0123456789abcdef";
	const unsigned char *bytes = data;
	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * n] = '\0';
}

int str_hex_digit(char c) {
	if (str_is_digit(c)) {
		return c - '0';
	}
	c = str_lower_char(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool str_unhex(const char *hex, void *data, size_t n) {
	unsigned char *bytes = data;
	if (strlen(hex) != 2 * n) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		int high = str_hex_digit(hex[2 * i]);
		int low = str_hex_digit(hex[2 * i + 1]);
		if (high < 0 || low < 0) {
			return false;
		}
		bytes[i] = (unsigned char)(high * 16 + low);
	}
	return true;
}
