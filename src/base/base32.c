#include "base/base32.h"

#include <string.h>

const char BASE32_ALPHABET[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Crockford's Base 32 has no I, L, O and U; the first three are read as the digits they look like. */
char base32_meant(char c) {
	char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	upper = upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
	return upper != '\0' && strchr(BASE32_ALPHABET, upper) != NULL ? upper : '\0';
}

void base32_encode(const uint8_t data[BASE32_GROUP_BYTES], char text[BASE32_GROUP_CHARS]) {
	uint64_t bits = 0;
	for (int i = 0; i < BASE32_GROUP_BYTES; i++) {
		bits = bits << 8 | data[i];
	}
	for (int i = BASE32_GROUP_CHARS - 1; i >= 0; i--, bits >>= 5) {
		text[i] = BASE32_ALPHABET[bits & 31];
	}
}

bool base32_decode(const char text[BASE32_GROUP_CHARS], uint8_t data[BASE32_GROUP_BYTES]) {
	uint64_t bits = 0;
	for (int i = 0; i < BASE32_GROUP_CHARS; i++) {
		const char *at = text[i] == '\0' ? NULL : strchr(BASE32_ALPHABET, text[i]);
		if (at == NULL) {
			return false;
		}
		bits = bits << 5 | (uint64_t)(at - BASE32_ALPHABET);
	}
	for (int i = BASE32_GROUP_BYTES - 1; i >= 0; i--, bits >>= 8) {
		data[i] = (uint8_t)bits;
	}
	return true;
}
