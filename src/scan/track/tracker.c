#include "scan/track/tracker.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "scan/track/activity.h"
#include "scan/track/closeup.h"
#include "scan/track/evidence.h"

#define MERGED "merged" /* the stage of what no single picture showed */
#define NEAR_SIDES 0.5F /* of a symbol's side, from where it is expected: farther off it is another one */
#define SIZE_RATIO 1.4F
#define MARGIN_SIDES 0.35F /* around what was seen: a quiet zone, and what a hand moves in a picture's time */
#define STILL_SIDES 0.15F  /* what has moved less has not moved */
#define TILE_WIDTH 640
#define TILE_HEIGHT 480
#define PATTERN_SIDE 21.0F /* modules of the smallest symbol */
#define HITS_MAYBE 2       /* pictures in a row that see something in one place, until it may be a code: noise is seen anywhere */
#define HITS_MARKED 3
#define CORNER_MOST 1e5F  /* pixels */
#define AFTER_US 200      /* what comes after the search takes of the budget, */
#define EVIDENCE_PART 8   /* and of that a part when there may be something to put together, */
#define CLOSEUP_PART 16   /* or when nothing was seen */
#define GRAINY 8.0F       /* grey levels of noise, … */
#define GRAINY_MOST 14.0F /* … in which nothing can be taken back */
#define CONTRAST_USUAL 70.0F
#define NOISE_LEAST 0.01F

struct track {
	bool on, read;
	int version;               /* of what can be followed; 0: none */
	int hits;                  /* pictures in which it was seen there */
	int64_t begun_us;          /* when it was seen first */
	int64_t seen_us, since_us; /* last; since when it has been where it is, unread */
	struct point corners[4];
	struct point middle, speed; /* pixels; pixels a second */
	struct point anchor;        /* where it was since since_us */
	float side, module;         /* pixels */
};

struct tracker {
	struct decoder *decoder;
	unsigned turn, tile; /* which ways are next, and where small codes are looked for */
	struct track track;
	struct guide guide;
	struct activity activity;
	struct sight sight;
	struct deadline until; /* of this picture */
	struct evidence evidence;
	struct closeup closeup;
	struct corrected corrected;
};

bool tracker_open(struct tracker **out, struct err *err) {
	struct tracker *t = xcalloc(1, sizeof *t);
	if (!decoder_open(&t->decoder, err)) {
		free(t);
		return false;
	}
	*out = t;
	return true;
}

void tracker_close(struct tracker *t) {
	if (t != NULL) {
		decoder_close(t->decoder);
		free(t);
	}
}

void tracker_forget(struct tracker *t) {
	t->track = (struct track){.on = false};
	t->guide = (struct guide){.shown = GUIDANCE_NONE};
	activity_forget(&t->activity);
	evidence_forget(&t->evidence);
}

/* --- where to look, and how -------------------------------------------------------------------------------------------------------------- */

static struct point expected(const struct track *k, int64_t now_us) {
	return point_add(k->middle, point_times(k->speed, (float)(now_us - k->seen_us) / 1e6F));
}

static bool is_fresh(const struct track *k, int64_t now_us) { return k->on && now_us - k->seen_us <= TRACKER_KEEPS_US; }

/* since_us begins anew whenever it moves or is read (follow, tracker_look). */
static bool is_tired(const struct track *k, int64_t now_us) { return now_us - k->since_us > TRACKER_TIRES_US; }

static struct region region_of(const struct track *k, int64_t now_us) {
	struct point by = point_sub(expected(k, now_us), k->middle);
	struct bounds b = bounds_of(k->corners);
	float more = MARGIN_SIDES * k->side;
	return (struct region){(int)(b.left + by.x - more), (int)(b.top + by.y - more), (int)(b.right - b.left + 2 * more),
			       (int)(b.bottom - b.top + 2 * more)};
}

/* A lens that is a little out of focus, or whose pixels are few; and one that is farther out, in turns how far. In noise less can be taken back. */
static void fill_lenses(const struct tracker *t, struct reader_care *care) {
	float grain = t->activity.motion.grain;
	float noise = fmaxf(NOISE_LEAST, grain * grain / (CONTRAST_USUAL * CONTRAST_USUAL));
	if (grain < GRAINY) {
		care->lenses[0] = (struct unblur_lens){0.8F, noise};
		care->lenses[1] = (struct unblur_lens){t->turn % 2 == 0 ? 1.7F : 2.5F, noise};
	} else if (grain < GRAINY_MOST) {
		care->lenses[0] = (struct unblur_lens){1, noise};
	}
}

/* What is to be looked at with care: what is followed, or else where something moves or came to rest; in turns when they are not the same. */
static bool take_care(struct tracker *t, const struct tracker_frame *frame, struct reader_care *care) {
	struct track *k = &t->track;
	struct activity *l = &t->activity;
	int64_t now = frame->taken_us;
	activity_look(l, frame->image, now);
	bool followed = is_fresh(k, now) && !is_tired(k, now);
	if (followed && l->moves && k->begun_us == k->seen_us) { /* seen once only: its own speed is not known yet */
		k->speed = point_times(l->by, 1e6F / (float)l->since_us);
	}
	if (k->read || (!followed && !activity_now(l, now))) {
		return false;
	}
	struct region region = region_of(k, now);
	bool there = followed && (!activity_now(l, now) || activity_meets(l, &region) || t->turn % 2 == 0);
	*care = (struct reader_care){.region = there ? region : l->region};
	fill_lenses(t, care);
	activity_smears(l, frame->image, &care->region, care->smears);
	return true;
}

/* The ways that find most for their time are taken in every picture, the others in turns, that for the smallest codes every other time. */
static unsigned ways_of(struct tracker *t) {
	static const unsigned others[] = {READER_TINY, READER_INVERTED, READER_TINY,
					  DECODE_ZBAR, READER_TINY,     READER_INKED | READER_INVERTED_FULL};
	t->turn++;
	return READER_HALF | READER_FULL | READER_QUARTER | READER_DOUBLE | READER_SHARP | others[t->turn % COUNT_OF(others)];
}

/* Where one of `count` tiles begins that lie evenly over `whole` pixels. */
static int tile_at(int whole, int tile, int which, int count) {
	return count < 2 || whole <= tile ? 0 : (whole - tile) * which / (count - 1);
}

/* Where small codes are looked for: all of a picture that is no larger than a tile, else its tiles in turns, every other time the middle. */
static struct region tile_of(struct tracker *t, const struct image *image) {
	int across = (image->width + TILE_WIDTH - 1) / TILE_WIDTH;
	int down = (image->height + TILE_HEIGHT - 1) / TILE_HEIGHT;
	int turn = (int)(t->tile++ % (unsigned)(2 * across * down));
	/* The middle tile is the second of three that lie evenly. */
	bool middle = turn % 2 == 0;
	int which = turn / 2;
	return (struct region){middle ? tile_at(image->width, TILE_WIDTH, 1, 3) : tile_at(image->width, TILE_WIDTH, which % across, across),
			       middle ? tile_at(image->height, TILE_HEIGHT, 1, 3)
				      : tile_at(image->height, TILE_HEIGHT, which / across, down),
			       TILE_WIDTH, TILE_HEIGHT};
}

/* --- following --------------------------------------------------------------------------------------------------------------------------- */

static struct point middle_of(const struct point c[4]) {
	return point_times(point_add(point_add(c[0], c[1]), point_add(c[2], c[3])), 0.25F);
}

static float side_of(const struct point c[4]) {
	return (point_distance(c[0], c[1]) + point_distance(c[1], c[2]) + point_distance(c[2], c[3]) + point_distance(c[3], c[0])) / 4;
}

static bool is_same(const struct track *k, struct point middle, float side, int64_t now_us) {
	return is_fresh(k, now_us) && side < SIZE_RATIO * k->side && k->side < SIZE_RATIO * side &&
	       point_distance(expected(k, now_us), middle) < NEAR_SIDES * k->side;
}

/* Near a map's horizon corners lie anywhere. Asked so that what is no number fails, too. */
static bool is_sane(const struct point c[4]) {
	for (int i = 0; i < 4; i++) {
		if (!(fabsf(c[i].x) < CORNER_MOST && fabsf(c[i].y) < CORNER_MOST)) {
			return false;
		}
	}
	return true;
}

/* False when something else is followed there of which more was seen. */
static bool follow(struct tracker *t, const struct point corners[4], bool sure, int64_t now_us) {
	struct track *k = &t->track;
	struct point middle = middle_of(corners);
	float side = side_of(corners);
	bool same = is_same(k, middle, side, now_us);
	if (!same && !sure && is_fresh(k, now_us) && k->hits >= HITS_MAYBE) {
		return false;
	}
	if (!same) {
		*k = (struct track){.on = true, .begun_us = now_us, .since_us = now_us, .anchor = middle};
		evidence_forget(&t->evidence);
	} else if (now_us > k->seen_us) {
		struct point speed = point_times(point_sub(middle, k->middle), 1e6F / (float)(now_us - k->seen_us));
		/* The mean with what was known before: corners tremble from picture to picture. */
		k->speed = point_times(point_add(k->speed, speed), 0.5F);
	}
	if (point_distance(middle, k->anchor) > STILL_SIDES * side) {
		k->anchor = middle;
		k->since_us = now_us;
	}
	memcpy(k->corners, corners, sizeof k->corners);
	k->middle = middle;
	k->side = side;
	k->seen_us = now_us;
	k->hits = sure ? HITS_MARKED : k->hits + 1;
	return true;
}

/* --- one picture ------------------------------------------------------------------------------------------------------------------------- */

static bool is_cut(const struct image *image, const struct point c[4]) {
	for (int i = 0; i < 4; i++) {
		if (!(c[i].x >= 0 && c[i].y >= 0 && c[i].x <= (float)image->width && c[i].y <= (float)image->height)) {
			return true;
		}
	}
	return false;
}

/* What several pictures show together. */
static void take_evidence(struct tracker *t, const struct tracker_frame *frame, struct tracker_report *out) {
	int pictures = evidence_add(&t->evidence, &t->sight.measured, frame->taken_us);
	/* Its corners are followed into the next picture (`known` below) only when its version is certain. */
	if (pictures >= 2 || t->sight.right >= SIGHT_RIGHT_SURE) {
		t->track.version = t->sight.version;
	}
	if (pictures < 2 || !evidence_correct(&t->evidence, &t->until, &t->corrected)) {
		return;
	}
	struct decode_symbol symbol = {.symbol = &t->corrected, .stage = MERGED};
	memcpy(symbol.corners, t->sight.corners, sizeof symbol.corners);
	out->count += decoder_take(t->decoder, &symbol, out->codes, out->count);
}

static void take_sight(struct tracker *t, const struct tracker_frame *frame, struct tracker_report *out) {
	const struct sight *s = &t->sight;
	struct track *k = &t->track;
	bool sure = s->kind == SIGHT_MODULES ? s->right >= SIGHT_RIGHT_SURE : s->fit >= SIGHT_FIT_SURE;
	if (s->kind < SIGHT_SYMBOL || !is_sane(s->corners) || !follow(t, s->corners, sure, frame->taken_us)) {
		return;
	}
	k->module = s->module;
	if (s->kind == SIGHT_MODULES) {
		take_evidence(t, frame, out);
	}
}

static void advise(struct tracker *t, const struct tracker_frame *frame, struct tracker_report *out) {
	const struct track *k = &t->track;
	float shorter = (float)(frame->image->width < frame->image->height ? frame->image->width : frame->image->height);
	struct guidance_view view = {.read = out->count > 0, .seen = out->marked};
	if (out->marked) {
		view.module = k->module;
		view.side = k->side / shorter;
		view.cut = is_cut(frame->image, k->corners);
		view.speed = hypotf(k->speed.x, k->speed.y) / k->module;
		guidance_light(frame->image, k->corners, &view.light);
	} else if (out->count == 0 && closeup_fills(&t->closeup, frame->image, &t->until, &view.module)) {
		view.filled = true;
		out->seen = EFFORT_MAYBE;
	} else {
		view.black = guidance_black(frame->image);
		view.seen = view.part = t->sight.kind == SIGHT_PATTERN;
		view.module = t->sight.module;
		view.side = t->sight.module * PATTERN_SIDE / shorter;
	}
	out->guidance = guide_step(&t->guide, &view, frame->taken_us);
}

void tracker_look(struct tracker *t, const struct tracker_frame *frame, struct tracker_report *out) {
	struct track *k = &t->track;
	int64_t now = frame->taken_us;
	t->until = deadline_in(frame->budget_us);
	struct region region = {0, 0, 0, 0};
	struct followed known = {.version = k->version};
	t->sight.reach = 0;
	t->sight.scale = 1;
	t->sight.kind = SIGHT_NOTHING;
	struct region tile;
	struct reader_care care;
	struct decode_options options = {.budget_us = frame->budget_us, .max = TRACKER_CODES_MAX, .ways = ways_of(t), .sight = &t->sight};
	if (take_care(t, frame, &care)) {
		options.care = &care;
	}
	/* What was read is looked for among all else every other time: beside it there may be another. */
	if (is_fresh(k, now) && !is_tired(k, now) && (!k->read || t->turn % 2 == 0)) {
		region = region_of(k, now);
		options.first = &region;
		options.known = k->version != 0 && !k->read ? &known : NULL;
		t->sight.expected = expected(k, now);
		t->sight.reach = NEAR_SIDES * k->side;
	}
	if ((options.ways & READER_TINY) != 0) {
		tile = tile_of(t, frame->image);
		options.tiny = &tile;
	}
	for (int i = 0; i < 4; i++) {
		known.corners[i] = point_add(k->corners[i], point_sub(expected(k, now), k->middle));
	}
	if (frame->budget_us != 0) {
		/* The search must leave time for what comes after it, on the same processor clock. */
		int part = t->evidence.count > 0 ? EVIDENCE_PART : CLOSEUP_PART;
		int64_t after_us = AFTER_US + frame->budget_us / part;
		int64_t left_us = t->until.until_us - clock_thread_us() - after_us;
		/* 0 would be no limit. */
		options.budget_us = left_us > 1 ? left_us : 1;
	}
	*out = (struct tracker_report){.count = 0};
	out->count = decoder_scan(t->decoder, frame->image, &options, out->codes);
	if (out->count == 0) {
		take_sight(t, frame, out);
	}
	if (out->count > 0) {
		if (is_sane(out->codes[0].corners)) {
			follow(t, out->codes[0].corners, true, now);
		}
		/* What was read needs no more pictures put together; the next symbol there may be another one. */
		k->version = 0;
		evidence_forget(&t->evidence);
		k->since_us = now;
	}
	k->read = out->count > 0;
	bool seen = k->on && k->seen_us == now && (k->read || !is_tired(k, now));
	out->marked = seen && k->hits >= HITS_MARKED;
	memcpy(out->corners, k->corners, sizeof out->corners);
	out->seen = out->count > 0 ? EFFORT_READ : seen && k->hits >= HITS_MAYBE ? EFFORT_MAYBE : EFFORT_NOTHING;
	advise(t, frame, out);
}
