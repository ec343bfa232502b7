#include "scan/qr/zbar.h"

#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#include "base/alloc.h"

struct zbar_reader {
	zbar_image_scanner_t *scanner;
	uint8_t *packed; /* zbar wants rows without gaps */
	size_t cap;
};

bool zbar_reader_open(struct zbar_reader **out, struct err *err) {
	struct zbar_reader *z = xcalloc(1, sizeof *z);
	z->scanner = zbar_image_scanner_create();
	if (z->scanner == NULL || zbar_image_scanner_set_config(z->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0) != 0 ||
	    zbar_image_scanner_set_config(z->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1) != 0 ||
	    /* Without it zbar guesses an encoding, and "café" or "日本" come out wrong. */
	    zbar_image_scanner_set_config(z->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1) != 0) {
		zbar_reader_close(z);
		return err_set(err, ERR_SYSTEM, "the QR reader (zbar) cannot be started");
	}
	*out = z;
	return true;
}

void zbar_reader_close(struct zbar_reader *z) {
	if (z != NULL) {
		if (z->scanner != NULL) {
			zbar_image_scanner_destroy(z->scanner);
		}
		free(z->packed);
		free(z);
	}
}

static const uint8_t *rows_of(struct zbar_reader *z, const struct image *image) {
	size_t width = (size_t)image->width;
	size_t need = width * (size_t)image->height;
	if (image->stride == image->width) {
		return image->luma;
	}
	if (need > z->cap) {
		z->packed = xrealloc(z->packed, need, 1);
		z->cap = need;
	}
	for (int y = 0; y < image->height; y++) {
		memcpy(z->packed + (size_t)y * width, image->luma + (size_t)y * (size_t)image->stride, width);
	}
	return z->packed;
}

static bool tell_symbol(const zbar_symbol_t *symbol, zbar_found_fn *found, void *context) {
	static const int order[4] = {0, 3, 2, 1}; /* zbar goes round the other way */
	struct point corners[4] = {{0, 0}};
	size_t len = zbar_symbol_get_data_length(symbol);
	for (unsigned i = 0; i < 4 && i < zbar_symbol_get_loc_size(symbol); i++) {
		corners[order[i]] = (struct point){(float)zbar_symbol_get_loc_x(symbol, i), (float)zbar_symbol_get_loc_y(symbol, i)};
	}
	return zbar_symbol_get_type(symbol) != ZBAR_QRCODE || len == 0 || found(context, zbar_symbol_get_data(symbol), len, corners);
}

void zbar_reader_search(struct zbar_reader *z, const struct image *image, zbar_found_fn *found, void *context) {
	zbar_image_t *picture = zbar_image_create();
	zbar_image_set_format(picture, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(picture, (unsigned)image->width, (unsigned)image->height);
	zbar_image_set_data(picture, rows_of(z, image), (unsigned long)image->width * (unsigned long)image->height, NULL);
	zbar_scan_image(z->scanner, picture);
	const zbar_symbol_t *symbol = zbar_image_first_symbol(picture);
	while (symbol != NULL && tell_symbol(symbol, found, context)) {
		symbol = zbar_symbol_next(symbol);
	}
	zbar_image_destroy(picture);
}
