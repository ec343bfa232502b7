#include "scan/qr/decode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"
#include "scan/qr/payload.h"
#include "scan/qr/reader.h"
#include "scan/qr/zbar.h"

struct decoder {
	struct reader *reader;
	struct zbar_reader *zbar;
	struct payload payload; /* of the code that was read last, … */
	struct strbuf text;     /* … and what it means */
	struct strbuf texts;    /* of all of this scan, each with a NUL behind it */
};

bool decoder_open(struct decoder **out, struct err *err) {
	struct decoder *d = xcalloc(1, sizeof *d);
	d->reader = reader_open();
	if (!zbar_reader_open(&d->zbar, err)) {
		decoder_close(d);
		return false;
	}
	*out = d;
	return true;
}

void decoder_close(struct decoder *d) {
	if (d != NULL) {
		reader_close(d->reader);
		zbar_reader_close(d->zbar);
		payload_fini(&d->payload);
		strbuf_fini(&d->text);
		strbuf_fini(&d->texts);
		free(d);
	}
}

/* --- what was found ---------------------------------------------------------------------------------------------------------------------- */

struct finding {
	struct decoder *d;
	struct decode_result *out;
	size_t count, max;
	float scale; /* from zbar's picture to the caller's */
};

static bool is_known(const struct finding *f, const struct decode_result *r) {
	for (size_t i = 0; i < f->count; i++) {
		if (f->out[i].len == r->len && memcmp(f->out[i].payload, r->payload, r->len) == 0 && f->out[i].part == r->part) {
			return true;
		}
	}
	return false;
}

static void set_box(struct decode_result *r) {
	struct bounds b = bounds_of(r->corners);
	r->x = (int)floorf(b.left);
	r->y = (int)floorf(b.top);
	r->w = (int)ceilf(b.right) - r->x;
	r->h = (int)ceilf(b.bottom) - r->y;
}

static const char *keep(struct finding *f, const char *bytes, size_t len) {
	const char *kept = f->d->texts.data + f->d->texts.len;
	strbuf_add(&f->d->texts, bytes, len);
	strbuf_addc(&f->d->texts, '\0');
	return kept;
}

/* The place for a result, unless its text is known already, nothing or too long. */
static struct decode_result *add(struct finding *f, const struct payload *p) {
	struct strbuf *text = &f->d->text;
	strbuf_reset(text);
	payload_text(p, text);
	struct decode_result r = {.payload = text->data, .len = text->len, .part = p->part, .parts = p->parts, .raw_len = p->bytes.len};
	if (r.len == 0 || r.len > DECODE_PAYLOAD_MAX || r.raw_len > DECODE_PAYLOAD_MAX || f->count == f->max || is_known(f, &r)) {
		return NULL;
	}
	r.payload = keep(f, text->data, text->len);
	r.raw = keep(f, p->bytes.data, p->bytes.len);
	f->out[f->count] = r;
	return &f->out[f->count++];
}

static enum search_verdict take_find(void *context, const struct search_find *find) {
	struct finding *f = context;
	struct payload *p = &f->d->payload;
	if (!payload_read(find->symbol, p)) {
		return SEARCH_NOTHING;
	}
	struct decode_result *r = add(f, p);
	if (r != NULL) {
		r->stage = find->stage;
		memcpy(r->corners, find->corners, sizeof r->corners);
		set_box(r);
	}
	return f->count == f->max ? SEARCH_ENOUGH : SEARCH_GO_ON;
}

static bool take_zbar(void *context, const char *payload, size_t len, const struct point corners[4]) {
	struct finding *f = context;
	struct payload *p = &f->d->payload;
	payload_of_bytes(payload, len, p);
	struct decode_result *r = add(f, p);
	if (r != NULL) {
		r->stage = "zbar";
		for (int i = 0; i < 4; i++) {
			r->corners[i] = point_times(corners[i], f->scale);
		}
		set_box(r);
	}
	return f->count < f->max;
}

/* --- the last resort ------------------------------------------------------------------------------------------------------------------------ */

#define ZBAR_PIXELS_MAX (640 * 480) /* a picture is made smaller until it has no more: what zbar reads then is near, and takes 9 ms */
#define ZBAR_US 10000

static void ask_zbar(struct decoder *d, const struct image *image, struct finding *f) {
	int factor = 1;
	while ((int64_t)(image->width / factor) * (image->height / factor) > ZBAR_PIXELS_MAX) {
		factor++;
	}
	struct image small;
	struct err ignored = {0};
	f->scale = (float)factor;
	if (factor == 1) {
		zbar_reader_search(d->zbar, image, take_zbar, f);
	} else if (image_shrink(image, factor, &small, &ignored)) {
		zbar_reader_search(d->zbar, &small, take_zbar, f);
		image_fini(&small);
	}
}

size_t decoder_scan(struct decoder *d, const struct image *image, const struct decode_options *options, struct decode_result *out) {
	struct finding f = {.d = d, .out = out, .max = options->max};
	int64_t until = options->budget_us == 0 ? INT64_MAX : clock_thread_us() + options->budget_us;
	if (options->max == 0 || image->width <= 0 || image->height <= 0) {
		return 0;
	}
	strbuf_reset(&d->texts);
	strbuf_reserve(&d->texts, options->max * 2 * (DECODE_PAYLOAD_MAX + 1)); /* at once, so that the pointers given out stay */
	struct reader_options reading = {.budget_us = options->budget_us,
					 .found = take_find,
					 .context = &f,
					 .all = options->all,
					 .ways = options->ways,
					 .known = options->known,
					 .first = options->first,
					 .care = options->care,
					 .tiny = options->tiny,
					 .sight = options->sight};
	bool done = reader_search(d->reader, image, &reading);
	bool last = options->ways == 0 || (options->ways & DECODE_ZBAR) != 0;
	if (!done && last && f.count == 0 && until - clock_thread_us() >= ZBAR_US) {
		ask_zbar(d, image, &f);
	}
	return f.count;
}

bool decoder_take(struct decoder *d, const struct decode_symbol *symbol, struct decode_result *out, size_t count) {
	struct finding f = {.d = d, .out = out, .count = count, .max = count + 1};
	struct search_find find = {.symbol = symbol->symbol, .stage = symbol->stage};
	memcpy(find.corners, symbol->corners, sizeof find.corners);
	take_find(&f, &find);
	return f.count > count;
}
