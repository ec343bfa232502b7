#include "sync/pieces.h"

size_t pieces_begin(struct strbuf *file) {
	size_t begin = file->len;
	strbuf_add(file, "\0\0\0\0", PIECE_LENGTH_LEN);
	return begin;
}

void pieces_end(struct strbuf *file, size_t begin) {
	size_t n = file->len - begin - PIECE_LENGTH_LEN;
	for (int i = 0; i < PIECE_LENGTH_LEN; i++) {
		file->data[begin + (size_t)i] = (char)(n >> (24 - 8 * i));
	}
}

bool pieces_read(const struct strbuf *file, size_t at, struct octets *piece) {
	const uint8_t *p = (const uint8_t *)file->data + at;
	size_t left = file->len - at;
	size_t n = left < PIECE_LENGTH_LEN ? 0 : (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
	*piece = (struct octets){p + PIECE_LENGTH_LEN, n};
	return left >= PIECE_LENGTH_LEN && n <= left - PIECE_LENGTH_LEN;
}
