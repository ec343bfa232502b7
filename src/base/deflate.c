#include "base/deflate.h"

#include <stdint.h>
#include <stdlib.h>

#define ZLIB_CONST /* its input pointers take constant data */
#include <zlib.h>

#define LEVEL 3          /* of 9: a third of the time of 6, for a tenth more bytes (records, measured) */
#define STEP (64 * 1024) /* room that is made at once, at most */
#define STEP_MIN 1024

/* zlib's tables are 256 KiB for the longest window, and most messages are a few hundred bytes: filling the tables would be most of the work. */
static int window_bits(size_t n) {
	int bits = 9;
	while (bits < MAX_WBITS && (size_t)1 << bits < n) {
		bits++;
	}
	return bits;
}

void deflate_pack(const void *data, size_t n, struct strbuf *out) {
	int bits = window_bits(n);
	int memory = bits - (MAX_WBITS - 8); /* 8 is zlib's own choice for the longest */
	z_stream z = {.next_in = data, .avail_in = (uInt)n};
	/* Fails only for want of memory: the room is enough by zlib's own word. */
	if (n > UINT32_MAX / 2 || deflateInit2(&z, LEVEL, Z_DEFLATED, bits, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
		abort();
	}
	size_t room = deflateBound(&z, n);
	strbuf_reserve(out, room);
	z.next_out = (Bytef *)out->data + out->len;
	z.avail_out = (uInt)room;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END) {
		abort();
	}
	strbuf_grown(out, z.total_out);
	deflateEnd(&z);
}

static size_t step_for(size_t packed) {
	size_t step = 8 * packed;
	return step < STEP_MIN ? STEP_MIN : step < STEP ? step : STEP;
}

static bool inflate_all(z_stream *z, size_t cap, struct strbuf *out, struct err *err) {
	size_t before = out->len;
	size_t step = step_for(z->avail_in);
	int rc = Z_OK;
	while (rc == Z_OK) {
		size_t left = cap + 1 - (out->len - before); /* one more than may be: whether there is more is seen so */
		size_t room = left < step ? left : step;
		strbuf_reserve(out, room);
		z->next_out = (Bytef *)out->data + out->len;
		z->avail_out = (uInt)room;
		rc = inflate(z, Z_NO_FLUSH);
		strbuf_grown(out, room - z->avail_out);
		if (out->len - before > cap) {
			return err_set(err, ERR_INPUT, "it unpacks to more than %zu bytes", cap);
		}
		if (rc == Z_BUF_ERROR || (rc == Z_OK && z->avail_in == 0 && z->avail_out != 0)) {
			return err_set(err, ERR_INPUT, "its packed part is cut short");
		}
	}
	return (rc == Z_STREAM_END && z->avail_in == 0) || err_set(err, ERR_INPUT, "its packed part is damaged");
}

bool deflate_unpack(const void *data, size_t n, size_t cap, struct strbuf *out, struct err *err) {
	size_t before = out->len;
	z_stream z = {.next_in = data, .avail_in = (uInt)n};
	if (n > UINT32_MAX || inflateInit(&z) != Z_OK) {
		return err_set(err, ERR_INPUT, "its packed part cannot be read");
	}
	bool ok = inflate_all(&z, cap, out, err);
	inflateEnd(&z);
	if (!ok) {
		strbuf_truncate(out, before);
	}
	return ok;
}
