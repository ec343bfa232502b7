/* Crockford's base 32 (https://www.crockford.com/base32.html): digits and capitals without I, L, O and U, for what people read to each other and type. */
#ifndef TURNOUT_BASE_BASE32_H
#define TURNOUT_BASE_BASE32_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern const char BASE32_ALPHABET[33];

/* The character of the alphabet that was meant: small letters are capitals, O is 0, I and L are 1. NUL when none was. */
char base32_meant(char c);

/* Five bytes are eight characters; no NUL is put behind them. */
#define BASE32_GROUP_BYTES 5
#define BASE32_GROUP_CHARS 8
void base32_encode(const uint8_t data[BASE32_GROUP_BYTES], char text[BASE32_GROUP_CHARS]);
/* Characters of the alphabet itself only (base32_meant makes them); false at any other. */
bool base32_decode(const char text[BASE32_GROUP_CHARS], uint8_t data[BASE32_GROUP_BYTES]);

#endif
