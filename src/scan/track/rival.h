/* Whether what was measured is the symbol it is said to be, or rather another one that has most modules in common with it, as badges have whose
 * texts differ in a letter. Pure. */
#ifndef TURNOUT_SCAN_TRACK_RIVAL_H
#define TURNOUT_SCAN_TRACK_RIVAL_H

#include "scan/qr/codewords.h"

/* For each block of codewords, how many times as likely `seen` is (row by row, above 0 for dark, in any unit) when some other symbol of that size is there: near 0 it is the
 * symbol, near 1 nothing can be said, above 1 it is another. For symbols that differ in a third of their modules and more plain correlation says more.
 * Of two symbols' blocks of n codewords, e of them error correction, at least e + 1 codewords differ (Reed-Solomon codes are of maximum distance:
 * Singleton's bound). Which ones and how is not known, so it is the mean over all choices of e + 1 codewords and over all that can stand in them,
 * of the block; another symbol differs in one block at least. Returns how many blocks there are. How far from 0 a module lies, and how much that varies, is taken from those
 * that have as many neighbours of their own shade: blur takes most from the lone ones. */
#define RIVAL_BLOCKS_MAX 81
int rival_odds(const struct corrected *symbol, const struct symbol_map *map, const float *seen, double odds[RIVAL_BLOCKS_MAX]);

#endif
