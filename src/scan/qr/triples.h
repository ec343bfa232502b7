/* Which three finder patterns may be those of one symbol, most likely first. Pure. */
#ifndef TURNOUT_SCAN_QR_TRIPLES_H
#define TURNOUT_SCAN_QR_TRIPLES_H

#include "scan/qr/finders.h"

#define TRIPLES_MAX 64

struct triple {
	int corner, right, below; /* indices: upper left, upper right, lower left of a symbol that is not mirrored */
	float penalty;            /* 0: as from straight above */
};

struct triples {
	struct triple items[TRIPLES_MAX];
	int count;
};

/* While there is time. */
void triples_rank(const struct finders *finders, const struct deadline *deadline, struct triples *out);

#endif
