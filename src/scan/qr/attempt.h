/* Attempts to read one symbol of which it is known about where it lies: from cheap to dear. */
#ifndef TURNOUT_SCAN_QR_ATTEMPT_H
#define TURNOUT_SCAN_QR_ATTEMPT_H

#include "scan/qr/codewords.h"
#include "scan/qr/sample.h"
#include "scan/qr/sight.h"
#include "scan/qr/warp.h"

/* Room to work in, and what an attempt is about. Zeroed and with these five set it is ready. */
struct attempt {
	const struct image *image; /* in which modules are measured */
	const struct deadline *deadline;
	struct sight *sight; /* gets what was seen best of what was not read; NULL: nobody asks */
	/* Gets what error correction says is a symbol, on this grid, across the diagonal when mirrored. False: it says nothing, and the attempt goes on. */
	bool (*read)(void *context, const struct grid *grid, bool mirrored, const struct corrected *symbol);
	void *context;

	struct mesh mesh;
	struct warp warp;
	struct lattice lattice;
	struct sample_work sample;
	struct measured measured;
	struct codewords_work codewords;
	struct corrected corrected;
	bool promising; /* what was measured last */
};

/* Each is true when `read` was. The map as it is: */
bool attempt_grid(struct attempt *a, const struct grid *grid, bool thoroughly);
/* Where the alignment pattern may be: */
bool attempt_quickly(struct attempt *a, const struct grid_view *view, const struct grid *grid);
/* … and with the map's corners moved about, and the paper bent: */
bool attempt_thoroughly(struct attempt *a, const struct grid_view *view, const struct grid *grid);
/* On a bow, whose map that is: */
bool attempt_bow(struct attempt *a, const struct bow *bow, const struct grid *grid, bool thoroughly);

#endif
