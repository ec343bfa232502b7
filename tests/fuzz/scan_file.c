/* Pictures and films as files. The first byte says how the rest is to be taken: a file as it is; a PNG that is put together right (lengths, sums,
 * compressed rows) from a head, chunks and rows that are any; a film in YUV4MPEG2 or of JPEGs, played by its source.
 *
 * The clock is the target's own (Makefile: WRAPS), so films play as fast as they can be read. */
#include "fuzz/world.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/deflate.h"
#include "base/file.h"
#include "fuzz/dice.h"
#include "scan/camera/source_file.h"
#include "scan/image/image.h"
#include "scan/image/video.h"

#define FRAMES 6
#define ASKED_MAX 40
#define PIXELS_MAX (1 << 22) /* a head of a few bytes may ask for 64 million */
#define CHUNKS_MAX 6
#define ROWS_MAX (1 << 16)

enum { FILE_AS_IT_IS, PNG, FILM_Y4M, FILM_MJPEG, PREFIXES, WAYS };

/* --- time ---------------------------------------------------------------------------------------------------------------------------------- */

int64_t __wrap_clock_span_us(void);
void __wrap_clock_sleep_ms(int ms);

static int64_t now_us;

int64_t __wrap_clock_span_us(void) { return now_us; }
void __wrap_clock_sleep_ms(int ms) {
	fuzz_assert(ms >= 0);
	now_us += (int64_t)ms * 1000;
}

/* --- pictures ------------------------------------------------------------------------------------------------------------------------------ */

static void check_picture(const struct image *image) {
	unsigned sum = 0;
	fuzz_assert(image->width > 0 && image->width <= IMAGE_SIDE_MAX && image->height > 0 && image->height <= IMAGE_SIDE_MAX);
	fuzz_assert(image->stride == image->width && (size_t)image->width * (size_t)image->height <= IMAGE_PIXELS_MAX);
	for (size_t i = 0; i < (size_t)image->width * (size_t)image->height; i++) {
		sum += image->luma[i];
	}
	fuzz_assert(sum <= 255u * (unsigned)(image->width * image->height)); /* every pixel was touched */
}

static void parse(const void *data, size_t n) {
	struct image image, small;
	struct err err = {0};
	if (!image_parse(data, n, &image, &err)) {
		fuzz_assert(err.kind == ERR_INPUT && err.text[0] != '\0');
		return;
	}
	check_picture(&image);
	for (int factor = 2; factor <= 4; factor++) {
		if (image_shrink(&image, factor, &small, &err)) {
			fuzz_assert(small.width == image.width / factor && small.height == image.height / factor);
			image_fini(&small);
		} else {
			fuzz_assert(image.width < factor || image.height < factor);
		}
	}
	image_fini(&image);
}

/* A head that asks for more than PIXELS_MAX is not followed, or every input is memory being cleared. */
static bool is_small(const uint8_t *data, size_t n) {
	size_t pixels = 0;
	if (n >= 24 && memcmp(data, "\x89PNG", 4) == 0) {
		pixels = (size_t)(data[18] << 8 | data[19]) * (size_t)(data[22] << 8 | data[23]);
	}
	for (size_t i = 0; i + 8 < n && memcmp(data, "\xFF\xD8", 2) == 0; i++) { /* any frame head (SOF0 to SOF15) */
		if (data[i] == 0xFF && data[i + 1] >= 0xC0 && data[i + 1] <= 0xCF) {
			size_t here = (size_t)(data[i + 5] << 8 | data[i + 6]) * (size_t)(data[i + 7] << 8 | data[i + 8]);
			pixels = here > pixels ? here : pixels;
		}
	}
	return pixels <= PIXELS_MAX;
}

/* --- PNG (ISO/IEC 15948) --------------------------------------------------------------------------------------------------------------------- */

static uint32_t crc_of(const char *data, size_t n) {
	uint32_t crc = 0xFFFFFFFFu;
	for (size_t i = 0; i < n; i++) {
		crc ^= (uint8_t)data[i];
		for (int k = 0; k < 8; k++) {
			crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
		}
	}
	return ~crc;
}

static void put_u32(struct strbuf *out, uint32_t value) {
	const uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value};
	strbuf_add(out, bytes, sizeof bytes);
}

static void put_chunk(struct strbuf *out, const char *name, const void *data, size_t n) {
	put_u32(out, (uint32_t)n);
	size_t from = out->len;
	strbuf_adds(out, name);
	strbuf_add(out, data, n);
	put_u32(out, crc_of(out->data + from, out->len - from));
}

static void put_head(struct strbuf *out, struct dice *d) {
	static const uint8_t kinds[] = {0, 2, 3, 4, 6}, depths[] = {8, 1, 2, 4, 16};
	struct strbuf head = {0};
	put_u32(&head, (uint32_t)dice_between(d, 0, 300));
	put_u32(&head, (uint32_t)dice_between(d, 0, 300));
	strbuf_addc(&head, (char)depths[dice_byte(d) % COUNT_OF(depths)]);
	strbuf_addc(&head, (char)kinds[dice_byte(d) % COUNT_OF(kinds)]);
	strbuf_addc(&head, 0);
	strbuf_addc(&head, 0);
	strbuf_addc(&head, (char)(dice_byte(d) % 2)); /* interlaced */
	put_chunk(out, "IHDR", head.data, head.len);
	strbuf_fini(&head);
}

static void make_png(struct dice *d, struct strbuf *out) {
	static const char *const names[] = {"PLTE", "tRNS", "gAMA", "cHRM", "iCCP", "sRGB", "bKGD", "tIME", "zTXt", "sBIT", "IDAT", "abCd"};
	struct strbuf rows = {0}, packed = {0};
	strbuf_add(out, "\x89PNG\r\n\x1a\n", 8);
	put_head(out, d);
	int chunks = dice_between(d, 0, CHUNKS_MAX);
	for (int i = 0; i < chunks; i++) {
		const char *name = names[dice_byte(d) % COUNT_OF(names)];
		size_t n = dice_byte(d);
		n = n < d->left ? n : d->left;
		put_chunk(out, name, d->at, n);
		d->at += n;
		d->left -= n;
	}
	size_t n = dice_word(d) % ROWS_MAX; /* of the rows: filter bytes and samples, the rest of the input again and again */
	for (size_t i = 0; i < n; i++) {
		strbuf_addc(&rows, d->left == 0 ? 0 : (char)d->at[i % d->left]);
	}
	deflate_pack(strbuf_str(&rows), rows.len, &packed);
	put_chunk(out, "IDAT", packed.data, packed.len);
	put_chunk(out, "IEND", "", 0);
	strbuf_fini(&rows);
	strbuf_fini(&packed);
}

/* --- films --------------------------------------------------------------------------------------------------------------------------------- */

static void play(const char *ending, const uint8_t *data, size_t n) {
	char *path = xasprintf("%s/film.%s", fuzz_world()->folder, ending);
	struct source *source;
	struct source_frame frame;
	struct err err = {0};
	int frames = 0;
	enum source_event event = SOURCE_WAIT;
	fuzz_assert(file_write(path, data, n, &err));
	fuzz_assert(source_file_open(path, &source, &err));
	now_us = 0;
	for (int i = 0; i < ASKED_MAX && frames < FRAMES && event != SOURCE_END; i++) {
		event = source->ops->next(source, 40, &frame, &err);
		fuzz_assert(event == SOURCE_FRAME || event == SOURCE_WAIT || event == SOURCE_END);
		if (event == SOURCE_FRAME) {
			check_picture(&frame.image);
			frames++;
		}
	}
	fuzz_assert(event != SOURCE_END || err.text[0] != '\0');
	source_close(source);
	free(path);
}

/* More bytes make no other answer of one that was final. */
static void check_prefixes(struct dice *d) {
	struct y4m head, longer_head;
	size_t len = 0, longer_len = 0;
	struct err err = {0};
	size_t n = d->left < 2 ? 0 : dice_word(d);
	n = n < d->left ? n : d->left;
	enum video_answer first = video_jpeg_length(d->at, n, &len), then = video_jpeg_length(d->at, d->left, &longer_len);
	fuzz_assert(first == VIDEO_MORE || (first == then && len == longer_len));
	fuzz_assert(then != VIDEO_OK || longer_len <= d->left);
	first = y4m_head(d->at, n, &head, &len, &err);
	then = y4m_head(d->at, d->left, &longer_head, &longer_len, &err);
	fuzz_assert(first == VIDEO_MORE || first == then);
	if (first == VIDEO_OK) {
		fuzz_assert(len == longer_len && len <= n && memcmp(&head, &longer_head, sizeof head) == 0);
		fuzz_assert(head.frame_bytes >= (size_t)head.width * (size_t)head.height && head.period_us >= 8333 &&
			    head.period_us <= 1000000);
	}
	first = y4m_frame_head(d->at, n, &len, &err);
	then = y4m_frame_head(d->at, d->left, &longer_len, &err);
	fuzz_assert(first == VIDEO_MORE || (first == then && (first != VIDEO_OK || len == longer_len)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	struct dice d = {data, n};
	struct strbuf png = {0};
	switch (dice_byte(&d) % WAYS) {
	case FILE_AS_IT_IS:
		if (is_small(d.at, d.left)) {
			parse(d.at, d.left);
		}
		break;
	case PNG:
		make_png(&d, &png);
		parse(png.data, png.len);
		break;
	case FILM_Y4M: play("y4m", d.at, d.left); break;
	case FILM_MJPEG:
		if (is_small(d.at, d.left)) {
			play("mjpeg", d.at, d.left);
		}
		break;
	default: check_prefixes(&d); break;
	}
	strbuf_fini(&png);
	return 0;
}
