/* A file of pieces, as sticks and rescues have them: one after the other, each a length (4 bytes, big-endian) and that many bytes. */
#ifndef TURNOUT_SYNC_PIECES_H
#define TURNOUT_SYNC_PIECES_H

#include <stdbool.h>

#include "base/crypto.h"
#include "base/strbuf.h"

#define PIECE_LENGTH_LEN 4

/* Begins a piece, whose bytes are appended next; what it returns goes to pieces_end. */
size_t pieces_begin(struct strbuf *file);
void pieces_end(struct strbuf *file, size_t begin);

/* The piece at `at`; false when it is cut short: the length may be anything, and is checked against what is left before it is believed. */
bool pieces_read(const struct strbuf *file, size_t at, struct octets *piece);

#endif
