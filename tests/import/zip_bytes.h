/* ZIP archives for the tests, written by hand (APPNOTE 6.3.10): stored members, and one that inflates to whatever length. */
#ifndef TURNOUT_TESTS_IMPORT_ZIP_BYTES_H
#define TURNOUT_TESTS_IMPORT_ZIP_BYTES_H

#include <stdint.h>
#include <string.h>

#include "base/strbuf.h"

struct zip_bytes { /* zeroed: an empty archive */
	struct strbuf out, directory;
	unsigned count;
};

static inline void zip_put(struct strbuf *sb, uint32_t value, int bytes) {
	for (int i = 0; i < bytes; i++) {
		strbuf_addc(sb, (char)(unsigned char)(value >> (8 * i)));
	}
}

static inline uint32_t zip_crc(const unsigned char *data, size_t n) {
	uint32_t crc = 0xFFFFFFFF;
	for (size_t i = 0; i < n; i++) {
		crc ^= data[i];
		for (int bit = 0; bit < 8; bit++) {
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
		}
	}
	return ~crc;
}

struct zip_member {
	const char *name;
	const void *data;
	size_t n;
	int method; /* 0 stored, 8 deflated */
	uint32_t crc, inflated;
};

static inline void zip_add_member(struct zip_bytes *z, const struct zip_member *m) {
	uint32_t at = (uint32_t)z->out.len;
	struct strbuf common = {0};
	zip_put(&common, 20, 2);
	zip_put(&common, 0, 2);
	zip_put(&common, (uint32_t)m->method, 2);
	zip_put(&common, 0x00210000, 4); /* 1980-01-01 */
	zip_put(&common, m->crc, 4);
	zip_put(&common, (uint32_t)m->n, 4);
	zip_put(&common, m->inflated, 4);
	zip_put(&common, (uint32_t)strlen(m->name), 2);
	zip_put(&common, 0, 2);
	zip_put(&z->out, 0x04034B50, 4);
	strbuf_add(&z->out, common.data, common.len);
	strbuf_adds(&z->out, m->name);
	strbuf_add(&z->out, m->data, m->n);
	zip_put(&z->directory, 0x02014B50, 4);
	zip_put(&z->directory, 20, 2);
	strbuf_add(&z->directory, common.data, common.len);
	zip_put(&z->directory, 0, 2); /* comment */
	zip_put(&z->directory, 0, 2); /* disk */
	zip_put(&z->directory, 0, 2); /* attributes */
	zip_put(&z->directory, 0, 4);
	zip_put(&z->directory, at, 4);
	strbuf_adds(&z->directory, m->name);
	z->count++;
	strbuf_fini(&common);
}

static inline void zip_add(struct zip_bytes *z, const char *name, const char *text) {
	size_t n = strlen(text);
	struct zip_member m = {name, text, n, 0, zip_crc((const unsigned char *)text, n), (uint32_t)n};
	zip_add_member(z, &m);
}

/* A deflated member (RFC 1951, fixed codes) of `head` and then 258 spaces `times` times: 13 bits each. */
static inline void zip_add_bomb(struct zip_bytes *z, const char *name, const char *head, uint32_t times) {
	struct strbuf bits = {0};
	uint64_t held = 0;
	int count = 0;
#define ZIP_BITS(value, n)                                       \
	do {                                                     \
		held |= (uint64_t)(value) << count;              \
		count += (n);                                    \
		for (; count >= 8; count -= 8, held >>= 8) {     \
			strbuf_addc(&bits, (char)(held & 0xFF)); \
		}                                                \
	} while (0)
	ZIP_BITS(3, 3); /* the last block, fixed codes */
	for (const char *c = head;; c++) {
		unsigned char byte = *c ? (unsigned char)*c : ' ';
		unsigned code = 0x30u + byte; /* literals 0-143: eight bits, the highest first */
		for (int i = 7; i >= 0; i--) {
			ZIP_BITS(code >> i & 1, 1);
		}
		if (*c == '\0') {
			break;
		}
	}
	for (uint32_t k = 0; k < times; k++) {
		ZIP_BITS(0xA3, 8); /* length 258 is code 285: 11000101, the highest bit first */
		ZIP_BITS(0, 5);    /* distance 1 */
	}
	ZIP_BITS(0, 7); /* end of block */
	ZIP_BITS(0, 7);
#undef ZIP_BITS
	struct zip_member m = {name, bits.data, bits.len, 8, 0, (uint32_t)strlen(head) + 1 + times * 258};
	zip_add_member(z, &m);
	strbuf_fini(&bits);
}

static inline void zip_finish(struct zip_bytes *z) {
	uint32_t at = (uint32_t)z->out.len;
	strbuf_add(&z->out, z->directory.data, z->directory.len);
	zip_put(&z->out, 0x06054B50, 4);
	zip_put(&z->out, 0, 4);
	zip_put(&z->out, z->count, 2);
	zip_put(&z->out, z->count, 2);
	zip_put(&z->out, (uint32_t)z->directory.len, 4);
	zip_put(&z->out, at, 4);
	zip_put(&z->out, 0, 2);
	strbuf_fini(&z->directory);
}

static inline void zip_bytes_fini(struct zip_bytes *z) {
	strbuf_fini(&z->out);
	strbuf_fini(&z->directory);
}

#endif
