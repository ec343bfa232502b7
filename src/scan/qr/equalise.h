/* Undoes what a blur, or a grid that lies a little beside the modules, brings over from each module to its neighbours. Pure.
 *
 * What is seen of a module is taken for a weighted sum of itself and the eight around it. The weights come of the symbol itself, by least squares over
 * what its modules seem to be; then each module is judged by what it and its neighbours show when all the others' shares are taken away; and again, as
 * more of them are right (parallel interference cancellation with a matched filter: Verdú, Multiuser Detection, 1998, 7). */
#ifndef TURNOUT_SCAN_QR_EQUALISE_H
#define TURNOUT_SCAN_QR_EQUALISE_H

#include <stdbool.h>
#include <stdint.h>

#include "scan/qr/symbol.h"

struct equaliser {
	int8_t dark[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX]; /* 1 or -1, as it is taken for */
	int8_t next[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX];
	float left[SYMBOL_SIDE_MAX * SYMBOL_SIDE_MAX]; /* of what is seen, when all shares are taken away */
};

/* `seen`: around 1 is dark, around -1 light, row by row; what comes of it takes its place. `map` says what is known. False, and nothing is changed,
 * when no such weights describe the symbol. */
bool equalise(struct equaliser *e, const struct symbol_map *map, float *seen);

#endif
