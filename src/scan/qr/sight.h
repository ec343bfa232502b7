/* What was seen of a symbol that was not read: for tracking it, for telling people what to do, and for putting together what several pictures
 * show of it. Pure. */
#ifndef TURNOUT_SCAN_QR_SIGHT_H
#define TURNOUT_SCAN_QR_SIGHT_H

#include "scan/image/geometry.h"
#include "scan/qr/codewords.h"
#include "scan/qr/grid.h"

enum sight_kind {
	SIGHT_NOTHING,
	SIGHT_PATTERN, /* one finder pattern, at least: the symbol may lie beyond the picture's edge */
	SIGHT_SYMBOL,  /* three patterns that fit together */
	SIGHT_MODULES, /* … with a grid on which timing and format information are nearly right: `measured` holds its modules */
};

struct sight {                 /* one with scale 1 and else zeroed is nothing, and nothing is expected */
	struct point expected; /* where something is, probably: what is seen within `reach` pixels of it is preferred */
	float reach;
	struct point at; /* of the picture that is looked at: its upper left corner in the camera's picture, … */
	float scale;     /* … and how many of that one's pixels its own measure */
	enum sight_kind kind;
	float merit; /* to compare those of one kind */
	struct point
		corners[4]; /* of the symbol as it is printed: upper left, upper right, lower right, lower left; of a pattern its own */
	float module;       /* pixels */
	int version;        /* 0 for a pattern */
	float fit;          /* of SIGHT_SYMBOL: of its finder and timing patterns, as scan/qr/grid.h has it, together */
	int right;          /* of SIGHT_MODULES: per cent of the timing patterns, less what is wrong in the format information */
	struct measured measured; /* of SIGHT_MODULES, as if not mirrored */
};

#define SIGHT_FIT_SURE 100.0F   /* noise fits less */
#define SIGHT_RIGHT_LEAST 60    /* by chance one of some hundred grids has more */
#define SIGHT_RIGHT_EXPECTED 40 /* is enough where something is expected */
#define SIGHT_RIGHT_SURE 82     /* by chance next to none has */

/* Each takes what was seen when it is better than what is there. */
void sight_pattern(struct sight *s, const struct finder *finder);
void sight_grid(struct sight *s, const struct grid *grid);
/* `mirrored`: the modules were measured across the diagonal, the grid was not turned with them. */
void sight_modules(struct sight *s, const struct grid *grid, const struct codewords_look *look, const struct measured *measured,
		   bool mirrored);

/* The corners of the symbol that a grid lies on, the way they are read. */
void sight_corners(const struct grid *grid, bool mirrored, struct point out[4]);

#endif
