// zxing-cpp for tests/bench/scan_bench.c, which loads this where it could be built. Nothing of Turnout links it.
#define ZX_USE_UTF8 // texts are UTF-8, and not wide
#include <ZXing/ReadBarcode.h>

extern "C" {
#include "bench/peers.h"

void zxing_peer_read(const peer_image *image, peer_found_fn *found, void *context) {
	const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode);
	const auto view = ZXing::ImageView(image->luma, image->width, image->height, ZXing::ImageFormat::Lum, image->stride);
	for (const auto &result : ZXing::ReadBarcodes(view, hints)) {
		const auto text = result.text();
		found(context, text.data(), text.size());
	}
}
}
