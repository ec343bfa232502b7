/* RFC 9285: two bytes are three characters, a last one alone two; the least significant character comes first. */
#include "base/base45.h"

#include <string.h>

static const char alphabet[] = BASE45_ALPHABET;

void base45_encode(const uint8_t *data, size_t n, char *text) {
	for (size_t i = 0; i < n; i += 2) {
		unsigned value = i + 1 < n ? data[i] * 256u + data[i + 1] : data[i];
		*text++ = alphabet[value % 45];
		*text++ = alphabet[value / 45 % 45];
		if (i + 1 < n) {
			*text++ = alphabet[value / (45 * 45)];
		}
	}
	*text = '\0';
}

/* The value of the first `n` characters, least significant first; more than 65535 when one of them is foreign. */
static uint32_t group_value(const char *text, size_t n) {
	uint32_t value = 0;
	for (size_t i = n; i-- > 0;) {
		const char *at = memchr(alphabet, text[i], sizeof alphabet - 1);
		if (at == NULL) {
			return UINT32_MAX;
		}
		value = value * 45 + (uint32_t)(at - alphabet);
	}
	return value;
}

bool base45_decode(const char *text, uint8_t *out, size_t cap, size_t *n) {
	size_t len = strlen(text);
	size_t bytes = len / 3 * 2 + (len % 3 == 2);
	if (len % 3 == 1 || bytes > cap) {
		return false;
	}
	for (size_t i = 0; i < len; i += 3) {
		bool pair = len - i >= 3;
		uint32_t value = group_value(text + i, pair ? 3 : 2);
		if (value > (pair ? 0xFFFFu : 0xFFu)) {
			return false;
		}
		if (pair) {
			*out++ = (uint8_t)(value >> 8);
		}
		*out++ = (uint8_t)value;
	}
	*n = bytes;
	return true;
}
