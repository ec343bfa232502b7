/* Modules measured in grey: how dark each is beside its surroundings in the symbol. */
#ifndef TURNOUT_SCAN_QR_SAMPLE_H
#define TURNOUT_SCAN_QR_SAMPLE_H

#include "scan/qr/codewords.h"
#include "scan/qr/equalise.h"
#include "scan/qr/lattice.h"

#define SAMPLE_MODULES (SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX)

struct sample_work {
	float grey[SAMPLE_MODULES], other[SAMPLE_MODULES], lows[SAMPLE_MODULES];
	float seen[SAMPLE_MODULES]; /* of the last judging that was not quick: 1 is dark, -1 light */
	struct equaliser equaliser;
	float sums[2][(SYMBOL_SIDE_MAX + 1) * (SYMBOL_SIDE_MAX + 1)];
};

/* Measures the grey of each module. */
void sample_lattice(const struct image *image, const struct lattice *lattice, struct sample_work *work);

/* From grey to dark and light: each module beside the mean of those around it. `sharpen` (0 to 1) first takes away that much of what a blur brought
 * over from a module's neighbours. */
struct sample_judging {
	float sharpen;
	float darker; /* -1 to 1: by how much of the way to what is light there more is taken for dark; where ink came off it was darker */
	bool quick;   /* beside the mean alone, not beside the means of what is dark and what is light there */
};
void sample_judge(struct sample_work *work, int version, const struct sample_judging *how, struct measured *out);

/* What the last judging, which was not quick, found, with what modules got from their neighbours taken away (scan/qr/equalise.h). False when that cannot
 * be said of this symbol. */
bool sample_equalise(struct sample_work *work, const struct symbol_map *map, struct measured *out);

/* Where a highlight swallowed everything there is nothing to judge: what lies in blocks of three by three modules that are all as bright as it gets says
 * nothing (0), and what lies beside them little. Masks keep such blocks rare in symbols themselves (ISO/IEC 18004, 7.8). */
void sample_leave_out_glare(const struct sample_work *work, struct measured *measured);

/* A mirrored symbol is one that was measured across its diagonal. */
void sample_mirror(struct measured *m);

#endif
