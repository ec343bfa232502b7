/* What several pictures show of one symbol, put together: noise, highlights and blur differ from picture to picture, the modules do not. Pure.
 *
 * Nothing of one symbol is ever taken for another's:
 *  1. only pictures of the last EVIDENCE_AGE_US count, and the caller forgets what was seen elsewhere (evidence_forget);
 *  2. a picture whose modules contradict what is there (another badge of the same version in the same place) makes all of it be forgotten,
 *     unless it is much worse than those: then it is left out;
 *  3. a symbol that comes of it is believed only when error correction left EVIDENCE_SPARE of its means unused, and when the last picture and
 *     most of the others, each by itself, show that very symbol: so it is never one that is in none of them;
 *  4. and only when the last two pictures, the last three, and so on up to all but the first, put together, make it unlikely by EVIDENCE_RIVAL
 *     that another symbol has taken its place, be it one that has all but a letter in common with it (scan/track/rival.h); the last one by itself as well,
 *     but for blocks of codewords in which one of those before it looks as much like another. What is left: that which was shown in the picture
 *     before may be told; when highlights hide just what differs, in the one before that, too. */
#ifndef TURNOUT_SCAN_TRACK_EVIDENCE_H
#define TURNOUT_SCAN_TRACK_EVIDENCE_H

#include "scan/qr/codewords.h"

#define EVIDENCE_PICTURES 12
#define EVIDENCE_AGE_US 1000000
#define EVIDENCE_SPARE 2      /* codewords: ISO/IEC 18004 keeps as many of a small symbol's against misreading */
#define EVIDENCE_AGREES 0.22F /* correlation with those before it, from which on a picture is of the same symbol */
#define EVIDENCE_SHOWS 0.45F  /* … of each picture with the symbol that was corrected */
#define EVIDENCE_RIVAL 0.001  /* odds of another one */

struct evidence { /* a zeroed one holds nothing */
	int version, count;
	struct evidence_picture {
		int64_t taken_us;
		float weight; /* of a module's sureness */
		struct measured measured;
	} pictures[EVIDENCE_PICTURES]; /* the oldest first */
	struct symbol_map map;
	float sum[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX];  /* of all, weighted */
	float some[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX]; /* of some of them */
	struct measured merged;
	struct codewords_work work;
};

void evidence_forget(struct evidence *e);

/* Adds what was measured in one picture. Returns how many pictures there are now of that symbol; 0 when this one was left out. */
int evidence_add(struct evidence *e, const struct measured *measured, int64_t taken_us);

/* Corrects what all of them say together; false when that is not sure enough, when there are fewer than two, or when there was no time (NULL: there is).
 * To be asked when a picture was added. */
bool evidence_correct(struct evidence *e, const struct deadline *deadline, struct corrected *out);

#endif
