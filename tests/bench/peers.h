/* The readers that ours is measured beside. */
#ifndef TURNOUT_TESTS_BENCH_PEERS_H
#define TURNOUT_TESTS_BENCH_PEERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Called for each code; `text` is UTF-8. */
typedef void peer_found_fn(void *context, const char *text, size_t n);

struct peer_image {
	const uint8_t *luma;
	int width, height, stride;
};

/* zbar as it comes, one look, but for QR codes alone. Rows must be without gaps. */
struct zbar_plain;
struct zbar_plain *zbar_plain_open(void);
void zbar_plain_close(struct zbar_plain *z);
void zbar_plain_read(struct zbar_plain *z, const struct peer_image *image, peer_found_fn *found, void *context);

/* zxing-cpp (C++) as it comes, but for QR codes alone: the one function of zxing_peer.so, which is loaded when it could be built. */
#define ZXING_PEER_READ "zxing_peer_read"
typedef void zxing_peer_read_fn(const struct peer_image *image, peer_found_fn *found, void *context);

#endif
