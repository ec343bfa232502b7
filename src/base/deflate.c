#include "base/deflate.h"

#include <stdint.h>
#include <stdlib.h>

#define ZLIB_CONST /* its input pointers take constant data */
#include <zlib.h>

#define LEVEL 3          /* of 9: a third of the time of 6, for a tenth more bytes (records, measured) */
#define STEP (64 * 1024) /* room that is made at once */

void deflate_pack(const void *data, size_t n, struct strbuf *out) {
	uLongf len = compressBound(n);
	strbuf_reserve(out, len);
	if (compress2((Bytef *)out->data + out->len, &len, data, n, LEVEL) != Z_OK) {
		abort(); /* only for want of memory: the room is enough by zlib's own word */
	}
	strbuf_grown(out, len);
}

static bool inflate_all(z_stream *z, size_t cap, struct strbuf *out, struct err *err) {
	size_t before = out->len;
	int rc = Z_OK;
	while (rc == Z_OK) {
		size_t left = cap + 1 - (out->len - before); /* one more than may be: whether there is more is seen so */
		size_t room = left < STEP ? left : STEP;
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
