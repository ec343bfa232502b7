/* Linear equations that contradict one another a little, and what fits them best. Pure. */
#ifndef TURNOUT_SCAN_IMAGE_LEAST_H
#define TURNOUT_SCAN_IMAGE_LEAST_H

#include <stdbool.h>

#define LEAST_UNKNOWNS_MAX 10
#define LEAST_SIDES_MAX 2

struct least { /* a zeroed one with `unknowns` and `sides` set has no equation */
	int unknowns;
	int sides; /* right sides: so many systems at once that have the left one in common */
	double normal[LEAST_UNKNOWNS_MAX][LEAST_UNKNOWNS_MAX + LEAST_SIDES_MAX]; /* the normal equations */
};

/* row[0] x0 + row[1] x1 + … = row[unknowns], and for the second side row[unknowns + 1]; errors count by their squares times the weight. */
void least_add(struct least *l, const double *row, double weight);

/* Of the unknowns those that fit best, one side after the other; false when the equations do not determine them. The equations are gone then. */
bool least_solve(struct least *l, double *out);

#endif
