#include "kiosk/screens/attract.h"

#include "base/alloc.h"
#include "base/str.h"
#include "kiosk/screens/badge_panel.h"
#include "kiosk/screens/credits_parts.h"
#include "kiosk/screens/shapes.h"

/* --- a badge that is held up --------------------------------------------------------------------------------------------------------- */

#define ATTRACT_TITLE_SHARE 45 /* of the room's height, per cent */
#define MOVE_STEPS_MIN 3       /* pictures of a movement; a machine that draws fewer shows none of it */

/* How far up it is, 0 to 1, and when that changes. A movement is short; where the style's steps are too long for it there is none. */
struct pose {
	double up;
	int64_t left_ms; /* until it changes next */
};

static struct pose pose_at(const struct timing *t, int64_t since_ms) {
	int64_t into = since_ms % t->pose_ms; /* the badge is down so long, and then up; where nothing is to move it is up */
	bool up = since_ms / t->pose_ms % 2 == 1 || t->pose_ms > t->attract_shown_ms;
	bool moves = t->move_ms >= MOVE_STEPS_MIN * t->step_ms && since_ms >= t->pose_ms;
	struct pose pose = {.up = up ? 1 : 0, .left_ms = t->pose_ms - into};
	if (moves && into < t->move_ms) {
		double part = (double)into / (double)t->move_ms;
		part = part * part * (3 - 2 * part); /* it starts and ends gently */
		pose = (struct pose){.up = up ? part : 1 - part, .left_ms = t->step_ms};
	}
	return pose;
}

static int64_t invitation_changes(const struct model *m, int64_t since_ms) { return pose_at(&m->style->timing, since_ms).left_ms; }

/* A camera above, and the badge that comes up to it; a tick when it is there. */
static void draw_badge_and_camera(const struct view *v, struct box box, double up) {
	const struct theme *t = v->pen.theme;
	int camera = box.h / 4, wide = camera * 7 / 4, lens = camera * 6 / 10, badge = box.h * 7 / 10, tick = box.h / 4;
	struct box body = {box.x + (box.w - wide) / 2, box.y, wide, camera};
	struct box glass = {box.x + (box.w - lens) / 2, box.y + (camera - lens) / 2, lens, lens};
	struct box spark = box_inset(glass, lens * 3 / 8);
	int low = box.y + box.h - badge, high = box.y + camera * 3 / 4, y = low + (int)(up * (high - low));
	draw_fill(v->pen.list, body, camera / 4, hue(t, WHITE));
	draw_fill(v->pen.list, glass, lens / 2, hue(t, PANEL));
	draw_fill(v->pen.list, spark, spark.w / 2, hue(t, WHITE));
	struct box card = {box.x + (box.w - badge) / 2, y, badge, badge};
	part_badge_sign(v, card);
	if (up >= 1) {
		shape_draw(&v->pen, SHAPE_CHECK, (struct box){box.x + box.w / 2 + wide / 4, box.y + box.h - tick, tick, tick},
			   hue(t, AMBER), hue(t, INK));
	}
}

static const char *invitation(const struct view *v) {
	bool camera = v->model->camera == CAMERA_OK || v->model->camera == CAMERA_STARTING;
	return camera ? T(v, "Sign in here: hold your badge up to the camera") : T(v, "Sign in here: hold your badge under the scanner");
}

/* The event's name as large as it goes, and what to do, in words and as a picture. */
static void draw_invitation(const struct view *v, struct box room, int64_t since_ms) {
	const struct theme *t = v->pen.theme;
	const char *title = str_or_empty(v->model->event->title);
	int gap = len(t, GAP_FAR), upper = room.h * ATTRACT_TITLE_SHARE / 100;
	struct label name = {.text = str_empty(title) ? T(v, "Welcome!") : title,
			     .role = TYPE_NAME,
			     .colour = hue(t, INK),
			     .lines = 3,
			     .middle = true,
			     .contained = true};
	/* What hangs below the last line is not to lie under the card. */
	label_draw(&v->pen, (struct box){room.x, room.y, room.w, upper - len(t, GAP_CLOSE)}, &name);
	struct box card = {room.x, room.y + upper, room.w, room.h - upper};
	draw_fill(v->pen.list, card, len(t, ROUND_PANEL), hue(t, PANEL));
	struct box inner = box_inset(card, len(t, GAP_PARTS));
	int side = inner.h < inner.w * 2 / 5 ? inner.h : inner.w * 2 / 5;
	struct box picture = {inner.x, inner.y + (inner.h - side) / 2, side, side};
	draw_badge_and_camera(v, picture, pose_at(&t->style->timing, since_ms).up);
	int x = picture.x + side + gap;
	struct label words = {.text = invitation(v), .role = TYPE_GREETING, .colour = hue(t, WHITE), .lines = 4, .middle = true};
	label_draw(&v->pen, (struct box){x, inner.y, inner.x + inner.w - x, inner.h}, &words);
}

/* --- whom the event thanks ------------------------------------------------------------------------------------------------------------- */

static bool has_credits(const struct model *m) { return m->event->credits.count > 0; }

/* Logos, and what they want to be said beside them, or below them; all of it, as nobody turns a page here: of long words the beginning. */
static void draw_credits(const struct view *v, struct box room, int64_t since_ms) {
	const struct theme *t = v->pen.theme;
	struct strbuf said = {0};
	(void)since_ms;
	struct box words = part_credits_beside(v, room, &said);
	if (words.h > 0) {
		label_draw(&v->pen, words, &(struct label){.text = strbuf_str(&said), .role = TYPE_BODY, .colour = hue(t, INK)});
	}
	strbuf_fini(&said);
}

/* --- the pages ----------------------------------------------------------------------------------------------------------------------- */

/* To add one: a row. They follow each other, a turn each; those that have nothing to show are passed over. */
static const struct page {
	bool (*has)(const struct model *m); /* NULL: always something */
	void (*draw)(const struct view *v, struct box room, int64_t since_ms);
	int64_t (*changes)(const struct model *m, int64_t since_ms); /* how long until it looks otherwise; NULL: it stays as it is */
} PAGES[] = {
	{.draw = draw_invitation, .changes = invitation_changes},
	{.has = has_credits, .draw = draw_credits},
};

static bool has_page(const struct model *m, size_t page) { return PAGES[page].has == NULL || PAGES[page].has(m); }

/* The page of a turn; returns how many take turns. */
static size_t choose_page(const struct model *m, int64_t turn, size_t *out) {
	size_t shown[COUNT_OF(PAGES)], count = 0;
	for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
		if (has_page(m, i)) {
			shown[count++] = i;
		}
	}
	if (count > 0) {
		*out = shown[(size_t)turn % count];
	}
	return count;
}

/* All pages in one language, then all in the next. */
static int choose_language(const struct model *m, int64_t round) {
	const struct kiosk_event *event = m->event;
	for (size_t i = 0; i < event->language_count; i++) {
		int language = words_language(m->words, event->languages[((size_t)round + i) % event->language_count]);
		if (language >= 0) {
			return language;
		}
	}
	return model_language(m);
}

/* Whoever holds something up, or chose a language, is there; and nobody is invited by a box that signs nobody in. */
static bool may_attract(const struct model *m) {
	return m->event != NULL && model_serves(m) && m->seen.ms == 0 && m->not_badge_ms == 0 && m->language == m->station_language;
}

bool attract_now(const struct model *m, int64_t quiet_ms, struct attract *out) {
	const struct timing *t = &m->style->timing;
	int64_t since = m->ms - quiet_ms - t->attract_after_ms;
	if (since < 0 || !may_attract(m) || since % t->attract_every_ms >= t->attract_shown_ms) {
		return false;
	}
	int64_t turn = since / t->attract_every_ms;
	*out = (struct attract){.since_ms = since % t->attract_every_ms};
	size_t pages = choose_page(m, turn, &out->page);
	out->language = pages == 0 ? 0 : choose_language(m, turn / (int64_t)pages);
	return pages > 0;
}

int64_t attract_next(const struct model *m, int64_t quiet_ms) {
	const struct timing *t = &m->style->timing;
	struct attract now;
	int64_t begins = quiet_ms + t->attract_after_ms, since = m->ms - begins;
	if (!may_attract(m)) {
		return INT64_MAX;
	}
	if (since < 0) {
		return begins;
	}
	int64_t turn = begins + since / t->attract_every_ms * t->attract_every_ms;
	if (!attract_now(m, quiet_ms, &now)) {
		return turn + t->attract_every_ms;
	}
	const struct page *page = &PAGES[now.page];
	int64_t ends = turn + t->attract_shown_ms, changes = page->changes == NULL ? ends : m->ms + page->changes(m, now.since_ms);
	return changes < ends ? changes : ends;
}

void attract_draw(const struct view *v, struct box room, const struct attract *attract) {
	struct view in = *v;
	in.tongue.language = attract->language;
	PAGES[attract->page].draw(&in, room, attract->since_ms);
}
