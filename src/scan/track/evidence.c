#include "scan/track/evidence.h"

#include <math.h>
#include <string.h>

#include "scan/track/rival.h"

#define FORMATS_TRIED 2
#define SURE_MEAN 60.0F
#define TIMING_LEAST 70     /* per cent, as of a single picture (scan/qr/attempt.c) */
#define WEIGHT_SHARE 0.6F   /* of the others' mean, below which a picture that contradicts is a bad one */
#define WEIGHT_LEAST 0.002F /* a picture that says nothing of the patterns that are known says nothing of the others */

void evidence_forget(struct evidence *e) { e->count = 0; }

/* --- how much a picture says ------------------------------------------------------------------------------------------------------------- */

/* A measurement s of a module that is +1 or -1, of mean m and variance v, is worth s m / v: what maximum-ratio combining takes (Brennan 1959). Mean
 * and variance are those of the modules whose shade is known, the function patterns'. */
static float weight_of(const struct symbol_map *map, const struct measured *m) {
	int n = symbol_side(m->version) * symbol_side(m->version);
	float sum = 0;
	float squares = 0;
	float count = 0;
	for (int i = 0; i < n; i++) {
		if (map->cells[i] == CELL_DARK || map->cells[i] == CELL_LIGHT) {
			float s = (float)(map->cells[i] == CELL_DARK ? m->sure[i] : -m->sure[i]);
			sum += s;
			squares += s * s;
			count++;
		}
	}
	float mean = sum / count;
	float variance = squares / count - mean * mean;
	return mean <= 0 ? 0 : mean / (variance + 25); /* no picture is so good that the others do not count */
}

/* Over data modules only: function patterns are the same in all symbols of a version. */
struct correlation {
	double both, one, other;
};

static float correlated(const struct correlation *c) {
	return c->one <= 0 || c->other <= 0 ? 0 : (float)(c->both / sqrt(c->one * c->other));
}

static float with_sum(const struct evidence *e, const struct measured *m) {
	struct correlation c = {0, 0, 0};
	int n = symbol_side(e->version) * symbol_side(e->version);
	for (int i = 0; i < n; i++) {
		if (e->map.cells[i] == CELL_DATA) {
			c.both += (double)e->sum[i] * m->sure[i];
			c.one += (double)e->sum[i] * e->sum[i];
			c.other += (double)m->sure[i] * m->sure[i];
		}
	}
	return correlated(&c);
}

static float with_symbol(const struct evidence *e, const struct corrected *symbol, const struct measured *m) {
	struct correlation c = {0, 0, 0};
	int n = symbol_side(e->version) * symbol_side(e->version);
	for (int i = 0; i < n; i++) {
		if (e->map.cells[i] == CELL_DATA) {
			c.both += symbol->dark[i] ? m->sure[i] : -m->sure[i];
			c.one += 1;
			c.other += (double)m->sure[i] * m->sure[i];
		}
	}
	return correlated(&c);
}

/* --- pictures ---------------------------------------------------------------------------------------------------------------------------- */

static void copy(struct measured *to, const struct measured *from) {
	/* Only the modules there are: room is for the largest symbol, which is 31 KB. */
	size_t side = (size_t)symbol_side(from->version);
	to->version = from->version;
	memcpy(to->sure, from->sure, side * side);
}

static void drop_first(struct evidence *e, int count) {
	for (int i = count; i < e->count; i++) {
		e->pictures[i - count].taken_us = e->pictures[i].taken_us;
		e->pictures[i - count].weight = e->pictures[i].weight;
		copy(&e->pictures[i - count].measured, &e->pictures[i].measured);
	}
	e->count -= count;
}

static void add_weighted(const struct evidence_picture *p, int n, float *to) {
	for (int i = 0; i < n; i++) {
		to[i] += p->weight * p->measured.sure[i];
	}
}

static void sum_up(struct evidence *e) {
	int n = symbol_side(e->version) * symbol_side(e->version);
	memset(e->sum, 0, (size_t)n * sizeof *e->sum);
	for (int k = 0; k < e->count; k++) {
		add_weighted(&e->pictures[k], n, e->sum);
	}
}

static float mean_weight(const struct evidence *e) {
	float sum = 0;
	for (int k = 0; k < e->count; k++) {
		sum += e->pictures[k].weight;
	}
	return sum / (float)e->count;
}

int evidence_add(struct evidence *e, const struct measured *measured, int64_t taken_us) {
	symbol_map_fill(&e->map, measured->version);
	float weight = weight_of(&e->map, measured);
	/* All of another version go, then those that are too old or from a clock that went back, and one more when there is no room. */
	int old = e->count > 0 && e->version != measured->version ? e->count : 0;
	while (old < e->count && (taken_us - e->pictures[old].taken_us > EVIDENCE_AGE_US || taken_us < e->pictures[old].taken_us)) {
		old++;
	}
	drop_first(e, e->count - old == EVIDENCE_PICTURES ? old + 1 : old);
	if (weight < WEIGHT_LEAST) {
		return 0;
	}
	e->version = measured->version;
	sum_up(e);
	/* It contradicts: a bad picture is left out, a good one is of another symbol. */
	if (e->count > 0 && with_sum(e, measured) < EVIDENCE_AGREES) {
		if (weight < WEIGHT_SHARE * mean_weight(e)) {
			return 0;
		}
		e->count = 0;
	}
	struct evidence_picture *p = &e->pictures[e->count++];
	p->taken_us = taken_us;
	p->weight = weight;
	copy(&p->measured, measured);
	sum_up(e);
	return e->count;
}

/* --- reading ----------------------------------------------------------------------------------------------------------------------------- */

/* As sureness again, whose mean is the middle of its range; of what a blur brought over from a module's neighbours, the same in all pictures, as
 * much as `sharpen` says is taken away. */
static void merge(struct evidence *e, float sharpen) {
	int side = symbol_side(e->version);
	float mean = 0;
	for (int i = 0; i < side * side; i++) {
		mean += fabsf(e->sum[i]) / (float)(side * side);
	}
	float scale = mean > 0 ? SURE_MEAN / mean : 0;
	e->merged.version = e->version;
	for (int i = 0; i < side * side; i++) {
		int x = i % side;
		int y = i / side;
		float around = e->sum[x > 0 ? i - 1 : i] + e->sum[x + 1 < side ? i + 1 : i] + e->sum[y > 0 ? i - side : i] +
			       e->sum[y + 1 < side ? i + side : i];
		float s = scale * (e->sum[i] + sharpen * (e->sum[i] - around / 4));
		e->merged.sure[i] = (int8_t)(s > 127 ? 127 : s < -127 ? -127 : s);
	}
}

static bool is_over(const struct evidence *e) { return e->work.deadline != NULL && deadline_over(e->work.deadline); }

/* The odds that it is another symbol that is in picture k alone, block by block. */
static int rival_in(struct evidence *e, const struct corrected *symbol, int k, double odds[RIVAL_BLOCKS_MAX]) {
	int n = symbol_side(e->version) * symbol_side(e->version);
	memset(e->some, 0, (size_t)n * sizeof *e->some);
	add_weighted(&e->pictures[k], n, e->some);
	return rival_odds(symbol, &e->map, e->some, odds);
}

/* The last picture may be spoilt in places, which looks as if another symbol were there; then one before it has to look as bad in that block. */
static bool is_last_usual(struct evidence *e, const struct corrected *symbol) {
	double last[RIVAL_BLOCKS_MAX];
	int blocks = rival_in(e, symbol, e->count - 1, last);
	int odd = 0;
	for (int i = 0; i < blocks; i++) {
		odd += last[i] > EVIDENCE_RIVAL;
	}
	for (int k = 0; k < e->count - 1 && odd > 0 && !is_over(e); k++) {
		double before[RIVAL_BLOCKS_MAX];
		rival_in(e, symbol, k, before);
		for (int i = 0; i < blocks; i++) {
			if (last[i] > EVIDENCE_RIVAL && before[i] >= last[i]) {
				last[i] = 0;
				odd--;
			}
		}
	}
	return odd == 0;
}

/* However many of the last pictures are looked at together: they show this symbol rather than another. */
static bool is_still_there(struct evidence *e, const struct corrected *symbol) {
	int n = symbol_side(e->version) * symbol_side(e->version);
	if (!is_last_usual(e, symbol)) {
		return false;
	}
	memset(e->some, 0, (size_t)n * sizeof *e->some);
	add_weighted(&e->pictures[e->count - 1], n, e->some);
	for (int k = e->count - 2; k > 0; k--) {
		double odds[RIVAL_BLOCKS_MAX];
		if (is_over(e)) {
			return false;
		}
		add_weighted(&e->pictures[k], n, e->some);
		int blocks = rival_odds(symbol, &e->map, e->some, odds);
		for (int i = 0; i < blocks; i++) {
			if (odds[i] > EVIDENCE_RIVAL) {
				return false;
			}
		}
	}
	return true;
}

/* The last picture and most of them show the symbol. */
static bool is_shown(const struct evidence *e, const struct corrected *symbol) {
	int shown = 0;
	bool last = false;
	for (int k = 0; k < e->count; k++) {
		last = with_symbol(e, symbol, &e->pictures[k].measured) >= EVIDENCE_SHOWS;
		shown += last;
	}
	return last && shown >= 2 && 2 * shown > e->count;
}

bool evidence_correct(struct evidence *e, const struct deadline *deadline, struct corrected *out) {
	static const float sharpen[] = {0, 0.7F, 1.4F};
	e->work.deadline = deadline;
	for (size_t i = 0; i < sizeof sharpen / sizeof *sharpen && e->count >= 2 && !is_over(e); i++) {
		struct codewords_look look;
		merge(e, sharpen[i]);
		codewords_look(&e->merged, &look);
		if (look.timing >= TIMING_LEAST && codewords_correct(&e->work, &e->merged, &look, FORMATS_TRIED, out) &&
		    out->spare >= EVIDENCE_SPARE) {
			return is_shown(e, out) && is_still_there(e, out); /* sharpened otherwise it would be the same symbol */
		}
	}
	return false;
}
