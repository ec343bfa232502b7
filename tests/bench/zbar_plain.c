#include "bench/peers.h"

#include <zbar.h>

struct zbar_plain *zbar_plain_open(void) {
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	if (scanner != NULL) {
		zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
		zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	}
	return (struct zbar_plain *)scanner;
}

void zbar_plain_close(struct zbar_plain *z) {
	if (z != NULL) {
		zbar_image_scanner_destroy((zbar_image_scanner_t *)z);
	}
}

void zbar_plain_read(struct zbar_plain *z, const struct peer_image *image, peer_found_fn *found, void *context) {
	zbar_image_t *picture = zbar_image_create();
	zbar_image_set_format(picture, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(picture, (unsigned)image->width, (unsigned)image->height);
	zbar_image_set_data(picture, image->luma, (unsigned long)image->width * (unsigned long)image->height, NULL);
	zbar_scan_image((zbar_image_scanner_t *)z, picture);
	for (const zbar_symbol_t *s = zbar_image_first_symbol(picture); s != NULL; s = zbar_symbol_next(s)) {
		found(context, zbar_symbol_get_data(s), zbar_symbol_get_data_length(s));
	}
	zbar_image_destroy(picture);
}
