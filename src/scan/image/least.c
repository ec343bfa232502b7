#include "scan/image/least.h"

#define PIVOT_LEAST 1e-9

void least_add(struct least *l, const double *row, double weight) {
	for (int i = 0; i < l->unknowns; i++) {
		for (int k = i; k < l->unknowns + l->sides; k++) {
			l->normal[i][k] += weight * row[i] * row[k];
		}
	}
}

/* Gauss. The matrix is symmetric, of which one half was summed, and positive: no pivot has to be looked for. */
bool least_solve(struct least *l, double *out) {
	int n = l->unknowns;
	for (int i = 0; i < n; i++) {
		if (!(l->normal[i][i] > PIVOT_LEAST)) {
			return false;
		}
		for (int r = i + 1; r < n; r++) {
			double by = l->normal[i][r] / l->normal[i][i];
			for (int c = r; c < n + l->sides; c++) {
				l->normal[r][c] -= by * l->normal[i][c];
			}
		}
	}
	for (int side = 0; side < l->sides; side++, out += n) {
		for (int i = n - 1; i >= 0; i--) {
			double sum = l->normal[i][n + side];
			for (int c = i + 1; c < n; c++) {
				sum -= l->normal[i][c] * out[c];
			}
			out[i] = sum / l->normal[i][i];
		}
	}
	return true;
}
