#include "scan/qr/equalise.h"

#include <math.h>

#include "scan/image/least.h"

#define TAPS 9      /* a module and those around it, row by row */
#define UNKNOWNS 10 /* and what all have in common */
#define ROUNDS 3
#define CENTRE_LEAST 0.3F /* a module shows mostly itself, or the grid is not its */
#define ROWS_MAX 4000     /* that the weights are taken from */

static int dark_at(const struct equaliser *e, int side, int x, int y) {
	return x < 0 || y < 0 || x >= side || y >= side ? -1 : e->dark[y * side + x]; /* around a symbol is light */
}

static void neighbours(const struct equaliser *e, int side, int at, float out[UNKNOWNS]) {
	int x = at % side;
	int y = at / side;
	for (int k = 0; k < TAPS; k++) {
		out[k] = (float)dark_at(e, side, x + k % 3 - 1, y + k / 3 - 1);
	}
	out[TAPS] = 1;
}

static bool find_weights(const struct equaliser *e, int side, const float *seen, float weights[UNKNOWNS]) {
	struct least least = {.unknowns = UNKNOWNS, .sides = 1};
	double found[UNKNOWNS];
	/* Ten unknowns need no more equations, and large symbols have 31329 modules. */
	int step = side * side / ROWS_MAX + 1;
	for (int i = 0; i < side * side; i += step) {
		float row[UNKNOWNS];
		double equation[UNKNOWNS + 1];
		neighbours(e, side, i, row);
		for (int k = 0; k < UNKNOWNS; k++) {
			equation[k] = row[k];
		}
		equation[UNKNOWNS] = seen[i];
		least_add(&least, equation, 1);
	}
	if (!least_solve(&least, found)) {
		return false;
	}
	for (int k = 0; k < UNKNOWNS; k++) {
		weights[k] = (float)found[k];
	}
	return weights[TAPS / 2] > CENTRE_LEAST;
}

static void take_shares_away(struct equaliser *e, int side, const float *seen, const float weights[UNKNOWNS]) {
	for (int i = 0; i < side * side; i++) {
		float row[UNKNOWNS];
		neighbours(e, side, i, row);
		e->left[i] = seen[i];
		for (int k = 0; k < UNKNOWNS; k++) {
			e->left[i] -= weights[k] * row[k];
		}
	}
}

/* What a module and its neighbours say of it when its own share is given back. */
static float judged(const struct equaliser *e, int side, int at, const float weights[UNKNOWNS]) {
	int x = at % side;
	int y = at / side;
	float sum = 0;
	float power = 0;
	for (int k = 0; k < TAPS; k++) {
		int nx = x - (k % 3 - 1); /* the one that has it as its neighbour k */
		int ny = y - (k / 3 - 1);
		if (nx >= 0 && ny >= 0 && nx < side && ny < side) {
			sum += weights[k] * e->left[ny * side + nx];
			power += weights[k] * weights[k];
		}
	}
	return (float)e->dark[at] + sum / power;
}

static int known(const struct symbol_map *map, int at) { return map->cells[at] == CELL_DARK ? 1 : map->cells[at] == CELL_LIGHT ? -1 : 0; }

bool equalise(struct equaliser *e, const struct symbol_map *map, float *seen) {
	int side = symbol_side(map->version);
	float weights[UNKNOWNS];
	for (int i = 0; i < side * side; i++) {
		int must = known(map, i);
		e->dark[i] = (int8_t)(must != 0 ? must : seen[i] > 0 ? 1 : -1);
	}
	for (int round = 0; round < ROUNDS; round++) {
		if (!find_weights(e, side, seen, weights)) {
			return false;
		}
		take_shares_away(e, side, seen, weights);
		bool changed = false;
		for (int i = 0; i < side * side && round + 1 < ROUNDS; i++) { /* all from what was left before the first of them changed */
			int8_t now = (int8_t)(known(map, i) != 0 ? known(map, i) : judged(e, side, i, weights) > 0 ? 1 : -1);
			changed = changed || now != e->dark[i];
			e->next[i] = now;
		}
		/* In the last round nothing changes: what is left was worked out with the shades as they are. */
		if (!changed) {
			break;
		}
		for (int i = 0; i < side * side; i++) {
			e->dark[i] = e->next[i];
		}
	}
	for (int i = 0; i < side * side; i++) {
		seen[i] = judged(e, side, i, weights);
	}
	return true;
}
