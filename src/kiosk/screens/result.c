/* What the station says to a scan: a sign, a greeting, a name, and what to do. One look has to be enough. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/result_words.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/session_parts.h"
#include "kiosk/screens/shapes.h"
#include "kiosk/screens/view.h"
#include "kiosk/screens/walkin_end.h"
#include "kiosk/ui/qr_box.h"

#define WAITING_MAX 8

enum {
	RESULT_HAVE_IT = ACTION_OWN, /* the new code was photographed */
	RESULT_STAFF,                /* of a lead who lets them in all the same */
};

/* A result stays until its time is over or another badge pre-empts it, after a while that is enough to see it. */
struct result {
	struct desk_message *shown; /* NULL: the screen is not open */
	int64_t since_ms;
	struct desk_message *waiting[WAITING_MAX]; /* answers not shown yet, oldest first */
	size_t waiting_count;
};

static struct result *mine(const struct model *m) { return model_state(m, SCREEN_RESULT); }

/* --- what comes, and for how long ---------------------------------------------------------------------------------------------------- */

static int64_t span(const struct model *m) {
	const struct timing *t = &m->style->timing;
	const struct desk_message *r = mine(m)->shown;
	if (result_shows_code(r)) {
		return t->result_code_ms;
	}
	if (!result_is_fine(r) || r->outsider || r->notes != NULL) { /* or staff have something to read */
		return t->result_refused_ms;
	}
	return r->outcome == OUTCOME_LATE || r->outcome == OUTCOME_DUPLICATE ? t->result_late_ms : t->result_admitted_ms;
}

static enum chime chime_of(const struct desk_message *r) {
	if (r->outsider || !r->kept) {
		return CHIME_LOW;
	}
	switch (r->outcome) {
	case OUTCOME_ACCEPTED:
	case OUTCOME_GIVEN: return CHIME_WELCOME;
	case OUTCOME_LATE:
	case OUTCOME_UNVERIFIED: return CHIME_RISING;
	case OUTCOME_REVOKED: return CHIME_LOW;
	default: return CHIME_SOFT;
	}
}

static bool is_held(const struct model *m) {
	return model_shows(m, SCREEN_RESULT) && m->ms - mine(m)->since_ms < m->style->timing.result_hold_ms;
}

/* Whatever is open is left: somebody stands there with a badge. By way of home, so that each screen on the stack wipes what it holds, the result
 * before this one too. */
static void show(struct model *m, struct desk_message *r, struct effects *effects) {
	m->refusals = result_is_fine(r) || result_shows_code(r) ? 0 : m->refusals + 1;
	m->not_badge_ms = 0;
	/* Whose result lies there was somebody else. */
	(model_shows(m, SCREEN_RESULT) ? model_go_home : model_leave_all)(m, effects);
	model_open(m, SCREEN_RESULT, 0, effects);
	mine(m)->shown = r;
	mine(m)->since_ms = m->ms;
	m->visitor_language = r->language == NULL ? -1 : words_language(m->words, r->language);
	effects_chime(effects, chime_of(r));
}

static void leave(struct model *m) {
	desk_message_free(mine(m)->shown);
	mine(m)->shown = NULL;
	m->visitor_language = -1;
}

static struct desk_message *take_oldest(struct result *s) {
	struct desk_message *r = s->waiting[0];
	s->waiting_count--;
	memmove(s->waiting, s->waiting + 1, s->waiting_count * sizeof *s->waiting);
	return r;
}

/* Who was let in signs where that is wanted, unless the next one stands there already. */
static bool is_to_sign(const struct model *m) {
	const struct desk_message *r = mine(m)->shown;
	return result_admits(r) && !r->outsider && r->unsigned_yet && r->person[0] != '\0' && m->event->signature != SIGNATURE_OFF;
}

static void end(struct model *m, struct effects *effects) {
	struct signer signer = {.person = ""};
	bool signs = is_to_sign(m);
	if (mine(m)->waiting_count > 0) {
		show(m, take_oldest(mine(m)), effects);
		return;
	}
	if (signs) {
		str_copy(signer.person, sizeof signer.person, mine(m)->shown->person);
		str_copy(signer.name, sizeof signer.name, str_or_empty(mine(m)->shown->name));
		signer.minor = mine(m)->shown->minor;
	}
	(signs ? model_leave_all : model_go_home)(m, effects);
	if (signs && model_shows(m, SCREEN_AGENDA)) { /* the question for the time goes before */
		m->signer = signer;
		m->touched_ms = m->ms;
		model_open(m, SCREEN_SIGN, SIGN_ARRIVAL, effects);
	}
}

static void drop_waiting(struct model *m) {
	while (mine(m)->waiting_count > 0) {
		desk_message_free(take_oldest(mine(m)));
	}
}

/* What is shown, with nothing behind it, or what comes last says that nothing could be saved. */
static bool says_not_kept(const struct result *s) {
	const struct desk_message *last = s->waiting_count == 0 ? s->shown : s->waiting[s->waiting_count - 1];
	return !last->kept && !last->gone;
}

/* True when the answer was taken over. */
static bool take_answer(struct model *m, struct desk_message *r, struct effects *effects) {
	struct result *s = mine(m);
	/* Of a form whose visitor is gone: the next one stands there, whom their name and code are no business of. It is saved, or in the log. */
	bool is_nobodys = r->walk_in && r->number != m->sent;
	if (is_nobodys || walkin_keeps(m, r)) {
		return false;
	}
	if (model_behind_pin(m)) { /* read before staff came: what was saved is counted, what was not is in the log */
		return false;
	}
	if (r->kept && r->outcome == OUTCOME_NOT_A_BADGE) {
		if (!model_shows(m, SCREEN_TYPE) && m->delivery == DELIVERY_WHOLE) {
			m->not_badge_ms = m->ms;
			effects_chime(effects, CHIME_SOFT);
			return false;
		}
		r->outcome = OUTCOME_UNKNOWN; /* somebody typed it off a badge, or a scanner garbled it: it is one, if not ours */
	}
	if (!is_held(m)) {
		show(m, r, effects);
		return true;
	}
	if (!r->kept && !r->gone && says_not_kept(s)) { /* one after the other could not be saved: that is said once, as long as it lasts */
		s->since_ms = s->waiting_count == 0 ? m->ms : s->since_ms;
		return false;
	}
	if (s->waiting_count == WAITING_MAX) { /* saved all the same, or said before by the one that is shown; the oldest is not shown */
		desk_message_free(take_oldest(s));
	}
	s->waiting[s->waiting_count++] = r;
	return true;
}

/* The event changed: a session that a result points to may have another index, or none. */
static void renew(struct model *m, const struct kiosk_event *before) {
	struct result *s = mine(m);
	if (s->shown != NULL) {
		s->shown->other = kiosk_event_find(m->event, before, s->shown->other);
	}
	for (size_t i = 0; i < s->waiting_count; i++) {
		s->waiting[i]->other = kiosk_event_find(m->event, before, s->waiting[i]->other);
	}
}

static void pass_time(struct model *m, struct effects *effects) {
	int64_t shown = m->ms - mine(m)->since_ms;
	if (shown >= span(m) || (mine(m)->waiting_count > 0 && shown >= m->style->timing.result_hold_ms)) {
		end(m, effects);
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	if (msg->kind == MSG_TIME) {
		pass_time(m, effects);
	} else if (msg->kind == MSG_TOUCH && !is_held(m) && !result_shows_code(mine(m)->shown)) { /* no code goes by a sleeve */
		end(m, effects);
	} else if (msg->kind == MSG_DESK && msg->desk->kind == DESK_LOADED && msg->before != NULL) {
		renew(m, msg->before);
	} else if (msg->kind == MSG_DESK && msg->desk->kind == DESK_ANSWERED && take_answer(m, msg->desk, effects)) {
		msg->desk = NULL;
	}
}

/* A rule, a room or a day keeps out somebody who is known: staff may know better. */
static bool may_be_overruled(const struct model *m) {
	const struct desk_message *r = mine(m)->shown;
	return r->kept && r->person[0] != '\0' && admission_may_overrule(r->outcome) && !result_shows_code(r);
}

static void ask_staff(struct model *m, struct effects *effects) {
	const struct desk_message *r = mine(m)->shown;
	if (may_be_overruled(m)) {
		m->chosen = (struct found_row){.can_confirm = false};
		str_copy(m->chosen.id, sizeof m->chosen.id, r->person);
		if (!str_copy(m->chosen.name, sizeof m->chosen.name, str_or_empty(r->name))) {
			m->chosen.name[0] = '\0'; /* too long to be shown there; their id says who they are */
		}
		drop_waiting(m);
		model_open(m, SCREEN_PIN, PIN_FOR_OVERRULE, effects);
	}
}

/* Somebody who wants something else than what is said leaves nothing that is said to the next one later. */
static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case RESULT_STAFF: ask_staff(m, effects); return true;
	case RESULT_HAVE_IT:
	case ACTION_BACK: end(m, effects); return true;
	case ACTION_HELP:
	case ACTION_FIND:
	case ACTION_TYPE: drop_waiting(m); return false;
	default: return false;
	}
}

static int64_t deadline(const struct model *m) {
	int64_t step = m->ms + m->style->timing.step_ms, over = mine(m)->since_ms + span(m); /* a bar shows the time that is left */
	return step < over ? step : over;
}

static enum idling idling(const struct model *m) {
	(void)m;
	return IDLING_NEVER;
}

/* --- how it looks --------------------------------------------------------------------------------------------------------------------- */

struct look {
	enum shape shape;
	enum hue ground, ink, over, left; /* of the screen; of words and shape; of the time that is over; of what is left */
};

static const struct look LOOKS[] = {
	[OUTCOME_ACCEPTED] = {SHAPE_CHECK, TEAL, WHITE, TEAL_OVER, TEAL_LEFT},
	[OUTCOME_DUPLICATE] = {SHAPE_AGAIN, BLUE, WHITE, BLUE_OVER, BLUE_LEFT},
	[OUTCOME_LATE] = {SHAPE_CLOCK, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_UNVERIFIED] = {SHAPE_DASHED, TEAL, WHITE, TEAL_OVER, TEAL_LEFT},
	[OUTCOME_UNKNOWN] = {SHAPE_UNKNOWN, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_REVOKED] = {SHAPE_STOP, RED, WHITE, RED_OVER, RED_LEFT},
	[OUTCOME_WRONG_DAY] = {SHAPE_DAY, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_WRONG_EVENT] = {SHAPE_OTHER, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_FULL] = {SHAPE_FULL, PURPLE, WHITE, PURPLE_OVER, PURPLE_LEFT},
	[OUTCOME_NOT_A_BADGE] = {SHAPE_UNKNOWN, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_CLOSED] = {SHAPE_CLOCK, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_NOT_EXPECTED] = {SHAPE_UNKNOWN, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_GIVEN] = {SHAPE_CHECK, TEAL, WHITE, TEAL_OVER, TEAL_LEFT},
	[OUTCOME_USED_UP] = {SHAPE_AGAIN, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_NOT_ENTITLED] = {SHAPE_OTHER, AMBER, INK, AMBER_OVER, INK},
	[OUTCOME_LEFT] = {SHAPE_CHECK, BLUE, WHITE, BLUE_OVER, BLUE_LEFT},
};
_Static_assert(COUNT_OF(LOOKS) == OUTCOME_COUNT, "every outcome has its look");
static const struct look LOOK_NOT_KEPT = {SHAPE_ALARM, RED, WHITE, RED_OVER, RED_LEFT};
static const struct look LOOK_OUTSIDER = {SHAPE_ALARM, AMBER, INK, AMBER_OVER, INK};

static void draw_card(const struct view *v, struct box box, int session, uint32_t colour) {
	const struct theme *t = v->pen.theme;
	const struct session *s = view_session_at(v, session);
	struct strbuf times = {0}, head = {0};
	part_session_times(v, s, &times);
	if (result_runs_now(v, s)) {
		strbuf_addf(&head, "%s · ", TC(v, "sessions that are on", "Now"));
	} else if (v->model->now.v < s->when.start.v) {
		strbuf_addf(&head, "%s · ", TC(v, "sessions that come", "Next"));
	}
	if (!str_empty(s->when.room)) {
		utf8_add_isolated(&head, s->when.room);
		strbuf_adds(&head, " · ");
	}
	strbuf_adds(&head, strbuf_str(&times));
	draw_fill(v->pen.list, box, len(t, ROUND_CARD), hue(t, CARD));
	struct box inner = {box.x + len(t, CARD_LEFT), box.y + len(t, RESULT_CARD_TOP), box.w - len_twice(t, CARD_LEFT),
			    len(t, CARD_LINE_HIGH)};
	label_draw(&v->pen, inner,
		   &(struct label){.text = strbuf_str(&head), .role = TYPE_LABEL, .colour = colour, .lines = 1, .middle = true});
	label_draw(&v->pen,
		   (struct box){inner.x, inner.y + inner.h, inner.w, box.h - inner.h - len_sum(t, RESULT_CARD_TOP, RESULT_CARD_BOTTOM)},
		   &(struct label){
			   .text = session_text(s, SESSION_TITLE), .role = TYPE_HEAD, .colour = hue(t, INK), .lines = 2, .middle = true});
	strbuf_fini(&times);
	strbuf_fini(&head);
}

/* So wide at most, upright in the middle. */
static struct box foot_of(const struct view *v, struct box box, int most) {
	int wide = box.w > most ? most : box.w;
	return (struct box){box.x + (v->pen.theme->portrait ? (box.w - wide) / 2 : 0), box.y, wide, box.h};
}

static void draw_help(const struct view *v, struct box box, enum result_help help, uint32_t colour) {
	const struct theme *t = v->pen.theme;
	int gap = len(t, RESULT_BUTTON_GAP), one = len(t, t->portrait ? RESULT_BUTTON_WIDE_UPRIGHT : RESULT_BUTTON_WIDE);
	int most = help == RESULT_HELP_ALONE ? one : 2 * one + gap;
	struct button look = {.filled = true, .colour = colour};
	if (help == RESULT_HELP_ALONE) {
		look.icon = ICON_HELP;
		look.text = T(v, "Call for help");
		look.action = ACTION_HELP;
		button_draw(&v->pen, foot_of(v, box, most), &look);
		return;
	}
	box.w = box.w > most ? most : box.w;
	part_without_badge(v, box, &(struct without_badge){.look = &look, .gap = gap});
}

/* They have it in a picture, or on paper; whom staff are to let in they may call. */
static void draw_code_foot(const struct view *v, struct box box, enum result_help wanted, uint32_t colour) {
	const struct theme *t = v->pen.theme;
	int gap = len(t, RESULT_BUTTON_GAP), one = len(t, t->portrait ? RESULT_BUTTON_WIDE_UPRIGHT : RESULT_BUTTON_WIDE);
	struct button have = {.text = T(v, "I have it"), .action = RESULT_HAVE_IT, .filled = true, .colour = colour}, help = have;
	if (wanted == RESULT_HELP_NONE) {
		button_draw(&v->pen, foot_of(v, box, one), &have);
		return;
	}
	help.icon = ICON_HELP;
	help.text = T(v, "Call for help");
	help.action = ACTION_HELP;
	box = foot_of(v, box, 2 * one + gap);
	struct cells cells = {.columns = 2, .high = box.h, .gap = gap};
	button_draw(&v->pen, box_cell(box, &cells, 0), &have);
	button_draw(&v->pen, box_cell(box, &cells, 1), &help);
}

#define SECOND_SHARE 45 /* per cent of the words' height at most, where they are many */

/* A code that is written down, on a line of its own: nothing stands beside it that could be taken for a part of it. */
static struct label code_label(const struct view *v, const struct result_words *w, uint32_t ink) {
	return (struct label){.text = str_or_empty(w->aloud),
			      .role = TYPE_CLOCK,
			      .colour = ink,
			      .align = v->pen.theme->portrait ? ALIGN_CENTRE : ALIGN_LEFT,
			      .lines = 1};
}

/* How high the words are in that room: what stands under the loud ones gets what it needs, then they get the rest. */
static int draw_said(const struct view *v, struct box room, const struct result_words *w, uint32_t ink, bool measure) {
	const struct theme *t = v->pen.theme;
	struct box (*put)(const struct pen *, struct box, const struct label *) = measure ? label_measure : label_draw;
	enum align align = t->portrait ? ALIGN_CENTRE : ALIGN_LEFT;
	int y = room.y, kept = len(t, RESULT_UNDER_HIGH), most = room.h * SECOND_SHARE / 100;
	struct label greeting = {.text = strbuf_str(&w->greeting), .role = TYPE_GREETING, .colour = ink, .align = align, .lines = 2};
	struct label loud = {.text = strbuf_str(&w->loud), .role = TYPE_NAME, .colour = ink, .align = align, .lines = 4};
	struct label second = {.text = strbuf_str(&w->second), .role = TYPE_UNDER, .colour = ink, .align = align, .lines = 5};
	int wanted = w->second.len == 0 ? 0 : label_measure(&v->pen, (struct box){0, 0, room.w, 0}, &second).h;
	kept = wanted > kept ? wanted : kept;
	kept = kept > most && most > len(t, RESULT_UNDER_HIGH) ? most : kept;
	y += put(&v->pen, (struct box){room.x, y, room.w, 0}, &greeting).h + len(t, RESULT_GREETING_GAP);
	int loud_room = room.h - (y - room.y) - kept;
	loud_room = loud_room > len(t, RESULT_NAME_LEAST) ? loud_room : len(t, RESULT_NAME_LEAST);
	y += put(&v->pen, (struct box){room.x, y, room.w, loud_room}, &loud).h + len(t, RESULT_NAME_GAP);
	if (w->second.len > 0) {
		int left = room.y + room.h - y;
		y += put(&v->pen, (struct box){room.x, y, room.w, left > kept ? left : kept}, &second).h;
	}
	return y - room.y;
}

/* With the code below them, where there is one. */
static int draw_words(const struct view *v, struct box room, const struct result_words *w, uint32_t ink, bool measure) {
	if (str_empty(w->aloud)) {
		return draw_said(v, room, w, ink, measure);
	}
	struct label code = code_label(v, w, ink);
	int gap = len(v->pen.theme, RESULT_NAME_GAP), high = label_measure(&v->pen, (struct box){0, 0, room.w, 0}, &code).h;
	room.h -= gap + high;
	int used = draw_said(v, room, w, ink, measure) + gap;
	if (!measure) {
		label_draw(&v->pen, (struct box){room.x, room.y + used, room.w, 0}, &code);
	}
	return used + high;
}

static void draw_bar(const struct view *v, const struct look *look) {
	const struct theme *t = v->pen.theme;
	int64_t whole = span(v->model), left = whole - (v->model->ms - mine(v->model)->since_ms);
	int h = len(t, RESULT_BAR_HIGH), w = (int)((int64_t)t->width * (left < 0 ? 0 : left) / whole);
	draw_fill(v->pen.list, (struct box){0, t->height - h, t->width, h}, 0, hue(t, look->over));
	draw_fill(v->pen.list, (struct box){0, t->height - h, w, h}, 0, hue(t, look->left));
}

/* Organisation and community stand on one line where they fit, else on lines of their own. */
static void part_second(const struct view *v, struct result_words *w, int width) {
	char *dot = w->second.len > 0 ? strstr(w->second.data, " · ") : NULL;
	if (dot != NULL && label_width(&v->pen, TYPE_UNDER, strbuf_str(&w->second)) > width) {
		struct strbuf parted = {0};
		strbuf_add(&parted, w->second.data, (size_t)(dot - w->second.data));
		strbuf_addf(&parted, "\n%s", dot + strlen(" · "));
		strbuf_fini(&w->second);
		w->second = parted;
	}
}

/* What staff are to know of whoever stands there, as small as may be read from near by: the queue has no business with it. Returns how high that is. */
static int draw_notes(const struct view *v, const char *notes, uint32_t ink) {
	const struct theme *t = v->pen.theme;
	struct strbuf words = {0}, lines = {0};
	if (str_empty(notes)) {
		return 0;
	}
	for (const char *p = notes; *p != '\0'; p++) {
		strbuf_adds(&lines, *p == '\n' ? " · " : (char[]){*p, '\0'});
	}
	words_fill_one(&words, T(v, "For staff: {note}"), "note", strbuf_str(&lines));
	struct label label = {.text = strbuf_str(&words), .role = TYPE_SECOND, .colour = ink, .lines = 3};
	struct box box = {view_margin(v), 0, t->width - 2 * view_margin(v), 0};
	int high = label_measure(&v->pen, box, &label).h, gap = len(t, GAP_TIGHT);
	box.y = t->height - len(t, RESULT_BAR_HIGH) - gap - high;
	v->pen.list->quiet = true; /* nor is it said to the room */
	label_draw(&v->pen, box, &label);
	v->pen.list->quiet = false;
	strbuf_fini(&words);
	strbuf_fini(&lines);
	return high + gap;
}

/* All but the last `kept` pixels, which are the bar's and the staff's. */
static void lay_out(const struct view *v, const struct look *look, struct result_words *w, int kept) {
	const struct theme *t = v->pen.theme;
	int height = t->height - kept;
	int foot = w->card >= 0                                     ? len(t, RESULT_CARD_HIGH)
		   : w->help != RESULT_HELP_NONE || w->code != NULL ? len(t, RESULT_BUTTON_HIGH)
								    : 0;
	int gap = foot > 0 ? len(t, RESULT_FOOT_GAP) : 0, side, top;
	struct box words;
	if (t->portrait) {
		side = t->width * 55 / 100 < height * 3 / 10 ? t->width * 55 / 100 : height * 3 / 10;
		top = height / 9;
		words = (struct box){view_margin(v), top + side + len(t, RESULT_SIGN_GAP), t->width - 2 * view_margin(v), 0};
		words.h = height - words.y - foot - gap - len(t, RESULT_FOOT_UPRIGHT);
		part_second(v, w, words.w);
		int lower = (words.h - draw_words(v, words, w, hue(t, look->ink), true)) / 3; /* a little above the middle */
		top += lower;
		words.y += lower;
		words.h -= lower;
	} else {
		side = t->width * 26 / 100 < height * 48 / 100 ? t->width * 26 / 100 : height * 48 / 100;
		top = (height - side) / 2;
		int x = t->width * 40 / 100;
		words = (struct box){x, len(t, RESULT_TOP), t->width - x - view_margin(v) - len(t, RESULT_RIGHT),
				     height - len_twice(t, RESULT_TOP) - foot - gap};
	}
	part_second(v, w, words.w);
	/* Measured before it is drawn: in the middle stand words, sign and foot together, as high as they turn out. */
	int used = draw_words(v, words, w, hue(t, look->ink), true);
	if (!t->portrait) {
		words.y = (height - used - gap - foot) / 2;
	}
	struct box sign = {t->portrait ? (t->width - side) / 2 : (t->width * 40 / 100 - side) / 2 + len(t, RESULT_SIGN_RIGHT), top, side,
			   side};
	if (w->code == NULL || !qr_box_draw(&v->pen, sign, w->code)) {
		double part =
			(double)(v->model->ms - mine(v->model)->since_ms + t->style->timing.step_ms) / (double)t->style->timing.move_ms;
		shape_draw_part(&v->pen, look->shape, sign, fmin(part, 1), (const uint32_t[2]){hue(t, look->ink), hue(t, look->ground)});
	}
	draw_words(v, words, w, hue(t, look->ink), false);
	struct box under = {words.x, words.y + used + gap, words.w, foot};
	if (w->card >= 0) {
		draw_card(v, under, w->card, hue(t, look->ground == AMBER ? INK : look->ground));
	} else if (w->code != NULL) {
		draw_code_foot(v, under, w->help, hue(t, look->ink));
	} else if (w->help != RESULT_HELP_NONE) {
		draw_help(v, under, w->help, hue(t, look->ink));
	}
}

/* In a corner where no words come, small: it is no visitor's. Below the sign where that stands beside them, else above it. */
static void draw_staff(const struct view *v, const struct look *look, int kept) {
	const struct theme *t = v->pen.theme;
	int wide = len(t, RESULT_STAFF_WIDE), high = len(t, HEAD_BUTTON_HIGH), edge = view_margin(v);
	struct box above = {t->width - edge - wide, len(t, HEAD_TOP), wide, high};
	struct box below = {edge, t->height - len_sum(t, RESULT_BAR_HIGH, HEAD_TOP) - kept - high, wide, high};
	button_draw(&v->pen, t->portrait ? above : below,
		    &(struct button){.text = T(v, "For staff"), .action = RESULT_STAFF, .filled = true, .colour = hue(t, look->ink)});
}

static void draw(const struct view *v) {
	const struct desk_message *r = mine(v->model)->shown;
	const struct look *look = r->gone                                     ? &LOOKS[OUTCOME_NOT_EXPECTED]
				  : !r->kept                                  ? &LOOK_NOT_KEPT
				  : r->outsider && outcome_admits(r->outcome) ? &LOOK_OUTSIDER
									      : &LOOKS[r->outcome];
	struct result_words w;
	result_words_find(v, r, &w);
	v->pen.list->background = hue(v->pen.theme, look->ground);
	int kept = draw_notes(v, r->notes, hue(v->pen.theme, look->ink));
	lay_out(v, look, &w, kept);
	if (may_be_overruled(v->model)) {
		draw_staff(v, look, kept);
	}
	draw_bar(v, look);
	result_words_fini(&w);
}

const struct screen screen_result = {
	.name = "result",
	.state = sizeof(struct result),
	.next = SCREEN_SET(HELP) | SCREEN_SET(TYPE) | SCREEN_SET(FIND) | SCREEN_SET(SIGN) | SCREEN_SET(PIN),
	.act = act,
	.told = told,
	.deadline = deadline,
	.idling = idling,
	.leave = leave,
	.fini = drop_waiting,
	.draw = draw,
};
