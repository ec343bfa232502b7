#include "scan/track/activity.h"

#include <math.h>
#include <stdlib.h>

#include "scan/image/unblur.h"

#define MOVED_SHARE 0.8F   /* of the picture: where more changes the light did, or the camera moved */
#define EXPOSURE_MOST 1.1F /* of the time between pictures */
#define SMEAR_LEAST 2.0F   /* pixels: less does no harm */
#define DIFFERS 0.15F      /* two lengths by less are one */

void activity_forget(struct activity *l) {
	l->motion.factor = 0;
	l->until_us = 0;
	l->moves = false;
}

/* --- where ---------------------------------------------------------------------------------------------------------------------------------- */

/* What changed is where it was and where it is: it has gone from there. */
static struct region where_it_is(const struct motion_seen *m) {
	int x = (int)m->by.x;
	int y = (int)m->by.y;
	if (!m->way || abs(x) >= m->w || abs(y) >= m->h) {
		return (struct region){m->x, m->y, m->w, m->h};
	}
	return (struct region){m->x + (x > 0 ? x : 0), m->y + (y > 0 ? y : 0), m->w - abs(x), m->h - abs(y)};
}

bool activity_meets(const struct activity *l, const struct region *b) {
	const struct region *a = &l->region;
	return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

/* What came and stays trembles a little, and only its edges change; what goes on moving is elsewhere in the next picture. */
static void follow_motion(struct activity *l, const struct motion_seen *m, int64_t now_us) {
	struct region is = where_it_is(m);
	bool lives = activity_now(l, now_us);
	/* Less than half as large as what came to rest there: it is its edges. */
	bool within = lives && activity_meets(l, &is) && 2 * is.w * is.h < l->region.w * l->region.h;
	if (!within && !m->way && lives) {
		return; /* something flickers elsewhere */
	}
	if (!within) {
		l->region = is;
	} else if (m->way) {
		l->region.x += (int)m->by.x;
		l->region.y += (int)m->by.y;
	}
	l->until_us = now_us + ACTIVITY_US;
}

void activity_look(struct activity *l, const struct image *image, int64_t now_us) {
	struct motion_seen m = {.way = false};
	l->since_us = now_us - l->taken_us;
	l->taken_us = now_us;
	if (l->since_us <= 0 || l->since_us > ACTIVITY_GAP_US) {
		l->motion.factor = 0;
	}
	bool changed = motion_step(&l->motion, image, &m) && (float)(m.w * m.h) < MOVED_SHARE * (float)(image->width * image->height);
	l->moves = changed && m.way;
	l->by = m.by;
	if (changed) {
		follow_motion(l, &m, now_us);
	}
}

/* --- how far it is smeared ------------------------------------------------------------------------------------------------------------------ */

/* While a picture is exposed something moves as large a share of its way from one picture to the next as the exposure is of the time between them: one
 * that changes slowly. The middle one of those that were measured last. */
static float usual_exposure(const struct activity *l) {
	float sorted[ACTIVITY_EXPOSURES] = {0};
	for (int i = 0; i < ACTIVITY_EXPOSURES; i++) {
		int at = i;
		for (; at > 0 && sorted[at - 1] > l->exposures[i]; at--) {
			sorted[at] = sorted[at - 1];
		}
		sorted[at] = l->exposures[i];
	}
	return sorted[ACTIVITY_EXPOSURES / 2];
}

/* What is measured, which is a little too much; what is usual; and less. */
void activity_smears(struct activity *l, const struct image *image, const struct region *region, struct point out[READER_SMEARS_MAX]) {
	struct part part;
	float far = hypotf(l->by.x, l->by.y);
	out[0] = out[1] = out[2] = (struct point){0, 0};
	if (!l->moves || far == 0 || !region_cut(image, region, &part)) {
		return;
	}
	struct point way = point_times(l->by, 1 / far);
	float length = unblur_smear_length(&part.image, way, EXPOSURE_MOST * far + 1);
	if (length == 0) {
		return;
	}
	float usual = usual_exposure(l) * far;
	bool differs = usual > SMEAR_LEAST && fabsf(usual - length) > DIFFERS * length;
	out[0] = point_times(way, 0.94F * length);
	out[1] = point_times(way, differs ? usual : 0.82F * length);
	out[2] = point_times(way, differs ? 0.82F * length : 1.06F * length);
	l->exposures[l->exposure++ % ACTIVITY_EXPOSURES] = 0.94F * length / far;
}
