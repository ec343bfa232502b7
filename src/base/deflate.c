#include "base/deflate.h"

#include <stdint.h>
#include <stdlib.h>

#define ZLIB_CONST /* its input pointers take constant data */
#include <zlib.h>

#define LEVEL 3    /* of 9: a third of the time of 6, for a tenth more bytes (records, measured) */
#define SMALL 8192 /* bytes: */
#define SMALL_WINDOW_BITS 13
#define SMALL_MEMORY 5
#define STEP (64 * 1024) /* room that is made at once */

/* Most messages are of a few KiB: zlib's tables for them need not be those of long texts, which take longer to clear than such a one to pack. */
void deflate_pack(const void *data, size_t n, struct strbuf *out) {
	bool small = n <= SMALL;
	z_stream z = {.next_in = data, .avail_in = (uInt)n};
	int rc = n > UINT32_MAX ? Z_BUF_ERROR
				: deflateInit2(&z, LEVEL, Z_DEFLATED, small ? SMALL_WINDOW_BITS : MAX_WBITS,
					       small ? SMALL_MEMORY : MAX_MEM_LEVEL - 1, Z_DEFAULT_STRATEGY);
	if (rc == Z_OK) {
		size_t room = deflateBound(&z, n);
		strbuf_reserve(out, room);
		z.next_out = (Bytef *)out->data + out->len;
		z.avail_out = (uInt)room;
		rc = deflate(&z, Z_FINISH);
		strbuf_grown(out, room - z.avail_out);
		deflateEnd(&z);
	}
	if (rc != Z_STREAM_END) {
		abort(); /* only for want of memory: the room is enough by zlib's own word, and messages are far below 4 GiB */
	}
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
