/* Base45, RFC 9285: two bytes become three characters of QR's alphanumeric alphabet, a last single byte two. */
#ifndef TURNOUT_BASE_BASE45_H
#define TURNOUT_BASE_BASE45_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Its characters by their values: those of QR's alphanumeric mode (ISO/IEC 18004, table 5). */
#define BASE45_ALPHABET "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

/* Characters that n bytes become, without the NUL. */
#define BASE45_TEXT_LEN(n) ((n) / 2 * 3 + (n) % 2 * 2)

/* Writes BASE45_TEXT_LEN(n) characters and a NUL. */
void base45_encode(const uint8_t *data, size_t n, char *text);

/* Decodes the whole text; *n is how many bytes there were. False on a character outside the alphabet, a group that stands for more than
 * its bytes hold (RFC 9285, section 6), a length that no encoder makes, or more than `cap` bytes. So no two texts give the same bytes. */
bool base45_decode(const char *text, uint8_t *out, size_t cap, size_t *n);

#endif
