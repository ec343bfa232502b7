/* A group is ticked off: whoever of it is still to come, all of them to be signed in unless a touch takes one out. They go to the store thread a few at a time; what
 * is told as done is on disk. */
#include "kiosk/screens/tick.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/people_words.h"
#include "kiosk/screens/screens.h"

enum {
	TICK_ONE = ACTION_OWN, /* argument: which of them */
	TICK_ALL,              /* all, or none where all are */
	TICK_GO,
	TICK_PAGE, /* argument: the page */
};

/* Labels that are asked for at once: more than that the printer does not remember (print_queue.h), and they are printed from its own screen. */
#define LABELS_MAX 48

enum phase {
	PHASE_ASKS,    /* who they are */
	PHASE_CHOOSES, /* staff do, whom */
	PHASE_RUNS,
	PHASE_DONE,
};

struct one {
	bool out; /* not ticked */
	bool answered;
	struct group_answer answer;
};

struct tick {
	enum group_kind kind;
	char name[PEOPLE_TEXT_MAX + 1];
	enum phase phase;
	struct people_message *told;
	struct one *ones; /* one for each of those who were told of */
	int page;
	uint64_t asked; /* of what is under way; 0: nothing */
	int64_t asked_ms;
	bool failed;                     /* who they are could not be found out */
	bool stops;                      /* staff went back: no more are sent */
	bool lost;                       /* no answer came for those that were sent last */
	size_t next;                     /* whoever is looked at next */
	size_t sent[GROUP_TOGETHER_MAX]; /* who is under way */
	size_t sent_count, labels, over; /* labels that were asked for, and that were not */
};

static struct tick *mine(const struct model *m) { return model_state(m, SCREEN_TICK); }

static size_t count_of(const struct tick *s) { return s->told == NULL ? 0 : s->told->muster.count; }

void tick_open(struct model *m, enum group_kind kind, const char *name, struct effects *effects) {
	struct tick *s = mine(m);
	if (model_shows(m, SCREEN_TICK)) {
		return;
	}
	s->kind = kind;
	str_copy(s->name, sizeof s->name, name);
	model_open(m, SCREEN_TICK, 0, effects);
	if (!model_shows(m, SCREEN_TICK)) { /* nothing leads there from the present screen */
		crypto_wipe(s, sizeof *s);
	}
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	struct tick *s = mine(m);
	struct people_question q = {.kind = PEOPLE_MUSTER, .group = s->kind};
	(void)argument;
	str_copy(q.text, sizeof q.text, s->name);
	s->asked = model_ask_people(m, &q, effects);
	s->asked_ms = m->ms;
	crypto_wipe(&q, sizeof q);
}

static void leave(struct model *m) {
	struct tick *s = mine(m);
	people_message_free(s->told);
	free(s->ones);
	crypto_wipe(s, sizeof *s);
}

/* --- how many ------------------------------------------------------------------------------------------------------------------------ */

static size_t count_ticked(const struct tick *s) {
	size_t n = 0;
	for (size_t i = 0; i < count_of(s); i++) {
		n += !s->ones[i].out;
	}
	return n;
}

struct sums {
	size_t done, before, refused; /* signed in; were in already; were not signed in */
};

static bool is_refused(const struct group_answer *a) { return !a->kept || !(outcome_admits(a->outcome) || a->outcome == OUTCOME_LEFT); }

static struct sums sum_up(const struct tick *s) {
	struct sums sums = {0};
	for (size_t i = 0; i < count_of(s); i++) {
		const struct group_answer *a = &s->ones[i].answer;
		if (s->ones[i].answered) {
			bool refused = is_refused(a), before = !refused && a->outcome == OUTCOME_DUPLICATE;
			sums.refused += refused;
			sums.before += before;
			sums.done += !refused && !before;
		}
	}
	return sums;
}

/* --- signing them in ----------------------------------------------------------------------------------------------------------------- */

static void end(struct model *m) {
	struct tick *s = mine(m);
	s->phase = PHASE_DONE;
	s->page = 0;
	s->asked = 0;
	m->touched_ms = m->ms; /* whoever looks on has the usual time to read it */
}

/* The next few: whoever comes with a badge meanwhile is served between them and the ones after. */
static void send_some(struct model *m, struct effects *effects) {
	struct tick *s = mine(m);
	struct group_sign_in group = {.count = 0};
	for (; s->next < count_of(s) && group.count < GROUP_TOGETHER_MAX && !s->stops; s->next++) {
		if (!s->ones[s->next].out) {
			str_copy(group.ids[group.count], sizeof group.ids[0], s->told->muster.items[s->next].id);
			s->sent[group.count++] = s->next;
		}
	}
	s->sent_count = group.count;
	if (group.count == 0) {
		end(m);
		return;
	}
	s->asked = model_sign_in_group(m, &group, effects);
	s->asked_ms = m->ms;
	crypto_wipe(&group, sizeof group);
}

static void go(struct model *m, struct effects *effects) {
	struct tick *s = mine(m);
	if (s->phase == PHASE_CHOOSES && count_ticked(s) > 0 && model_serves(m)) {
		s->phase = PHASE_RUNS;
		send_some(m, effects);
	}
}

static void ask_for_label(struct tick *s, const char *person, struct effects *effects) {
	if (s->labels == LABELS_MAX) {
		s->over++;
		return;
	}
	struct effect e = {.kind = EFFECT_LABEL};
	str_copy(e.person, sizeof e.person, person);
	effects_put(effects, &e);
	s->labels++;
}

static void take_answers(struct model *m, const struct desk_message *d, struct effects *effects) {
	struct tick *s = mine(m);
	for (size_t i = 0; i < s->sent_count && i < d->group_count; i++) {
		struct one *one = &s->ones[s->sent[i]];
		one->answered = true;
		one->answer = d->group[i];
		if (one->answer.label) {
			ask_for_label(s, s->told->muster.items[s->sent[i]].id, effects);
		}
	}
	send_some(m, effects);
}

/* --- what is told and touched --------------------------------------------------------------------------------------------------------- */

static void take_people(struct tick *s, struct people_message *told) {
	s->told = told;
	s->asked = 0;
	s->failed = told->failed;
	s->phase = PHASE_CHOOSES;
	s->ones = xcalloc(told->muster.count + 1, sizeof *s->ones);
}

static int64_t deadline(const struct model *m) { return mine(m)->asked != 0 ? mine(m)->asked_ms + m->style->timing.answer_ms : INT64_MAX; }

static void give_up(struct model *m) {
	struct tick *s = mine(m);
	s->lost = s->phase == PHASE_RUNS;
	s->failed = s->phase == PHASE_ASKS;
	end(m);
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct tick *s = mine(m);
	if (s->asked == 0) {
		return;
	}
	if (msg->kind == MSG_PEOPLE && s->phase == PHASE_ASKS && msg->people->number == s->asked) {
		take_people(s, msg->people);
		msg->people = NULL;
	} else if (msg->kind == MSG_DESK && msg->desk->kind == DESK_GROUP && msg->desk->number == s->asked) {
		take_answers(m, msg->desk, effects);
	} else if (msg->kind == MSG_TIME && m->ms >= deadline(m)) {
		give_up(m);
	}
}

static void tick_all(struct tick *s) {
	bool all = count_ticked(s) == count_of(s);
	for (size_t i = 0; i < count_of(s); i++) {
		s->ones[i].out = all;
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct tick *s = mine(m);
	bool chooses = s->phase == PHASE_CHOOSES;
	switch (msg->action) {
	case TICK_ONE:
		if (chooses && msg->argument >= 0 && (size_t)msg->argument < count_of(s)) {
			s->ones[msg->argument].out = !s->ones[msg->argument].out;
		}
		return true;
	case TICK_ALL:
		if (chooses) {
			tick_all(s);
		}
		return true;
	case TICK_GO: go(m, effects); return true;
	case TICK_PAGE: s->page = msg->argument < 0 || msg->argument > INT32_MAX ? 0 : (int)msg->argument; return true;
	case ACTION_BACK:
		s->stops = s->phase == PHASE_RUNS; /* those who are under way are waited for */
		return s->stops;
	default: return false;
	}
}

/* Nobody is thrown out in the middle; an answer that does not come ends it. */
static enum idling idling(const struct model *m) { return mine(m)->phase == PHASE_RUNS ? IDLING_NEVER : IDLING_COUNTED; }

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static void say(const struct view *v, struct box box, const char *text, enum type_role role, enum hue colour) {
	label_draw(&v->pen, box,
		   &(struct label){.text = text,
				   .role = role,
				   .colour = hue(v->pen.theme, colour),
				   .lines = 2,
				   .middle = true,
				   .contained = true,
				   .break_words = true});
}

/* A square with a tick or without, and the name. */
static void draw_one(const struct view *v, struct box box, int which) {
	const struct theme *t = v->pen.theme;
	const struct tick *s = mine(v->model);
	bool ticked = !s->ones[which].out;
	int side = len(t, FIND_ROW_SIDE), square = len(t, ICON_SIDE);
	struct box mark = {box.x + side, box.y + (box.h - square) / 2, square, square};
	draw_fill(v->pen.list, box, len(t, ROUND_BUTTON), hue(t, CARD));
	draw_outline(v->pen.list, box, len(t, ROUND_BUTTON), len(t, LINE_HAIR), ticked ? hue(t, INK) : hue(t, HAIRLINE));
	if (ticked) {
		draw_fill(v->pen.list, mark, len(t, ROUND_CELL), hue(t, CHOSEN));
		draw_icon(v->pen.list, mark, icon_name(ICON_DONE), theme_ink_on(t, hue(t, CHOSEN)));
	} else {
		draw_outline(v->pen.list, mark, len(t, ROUND_CELL), len(t, LINE_HAIR), hue(t, INK));
	}
	int left = mark.x + square + side;
	say(v, (struct box){left, box.y, box.x + box.w - side - left, box.h}, s->told->muster.items[which].name, TYPE_STRONG,
	    ticked ? INK : MUTED);
	draw_touch(v->pen.list, box, TICK_ONE, which);
}

static void draw_refused(const struct view *v, struct box box, int which) {
	const struct theme *t = v->pen.theme;
	const struct tick *s = mine(v->model);
	int side = len(t, FIND_ROW_SIDE), names = box.h * 58 / 100;
	draw_fill(v->pen.list, box, len(t, ROUND_CARD), hue(t, CARD));
	say(v, (struct box){box.x + side, box.y, box.w - 2 * side, names}, s->told->muster.items[which].name, TYPE_STRONG, INK);
	say(v, (struct box){box.x + side, box.y + names, box.w - 2 * side, box.h - names - len(t, GAP_TIGHT) / 2},
	    part_refusal_words(v, &s->ones[which].answer), TYPE_SECOND, RED);
}

/* Pages of those that are wanted. */
struct shown {
	bool refused; /* those alone who were */
	int count;
	void (*put)(const struct view *v, struct box box, int which);
};

static void draw_list(const struct view *v, struct box room, const struct shown *shown) {
	const struct theme *t = v->pen.theme;
	const struct tick *s = mine(v->model);
	int buttons = len(t, PAGE_BUTTON_HIGH), at = 0;
	struct cells cells = {.columns = t->portrait ? 1 : 2, .high = len(t, BUTTON_HIGH), .gap = len(t, GAP_TIGHT)};
	struct pages_room all = {.height = room.h + cells.gap, .row = cells.high + cells.gap, .buttons = buttons + cells.gap};
	struct pages pages = pages_of(&all, (shown->count + cells.columns - 1) / cells.columns, s->page);
	for (size_t i = 0; i < count_of(s); i++) {
		if (shown->refused && !(s->ones[i].answered && is_refused(&s->ones[i].answer))) {
			continue;
		}
		if (pages_shows(&pages, at / cells.columns)) {
			shown->put(v, box_cell(room, &cells, at - pages.page * pages.fit * cells.columns), (int)i);
		}
		at++;
	}
	part_pages(v, room, &pages, TICK_PAGE, T(v, "Back up"), T(v, "More"));
}

static void say_go(const struct view *v, size_t n, struct strbuf *out) {
	enum ticking ticking = part_ticking(v->model);
	view_fill_count(out,
			ticking == TICKING_IN    ? TN(v, "Sign in {n} person", "Sign in {n} people", (long)n)
			: ticking == TICKING_OUT ? TN(v, "Sign out {n} person", "Sign out {n} people", (long)n)
						 : TN(v, "Hand out to {n} person", "Hand out to {n} people", (long)n),
			(int64_t)n);
}

static void draw_choice(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct tick *s = mine(v->model);
	size_t ticked = count_ticked(s);
	bool may = ticked > 0 && model_serves(v->model);
	int high = len(t, DONE_HIGH), gap = len(t, GAP_CLOSE), all = len(t, FIND_CODE_WIDE);
	struct strbuf words = {0};
	all = all > room.w / 3 ? room.w / 3 : all;
	say_go(v, ticked, &words);
	button_draw(&v->pen, (struct box){room.x, room.y, room.w - all - gap, high},
		    &(struct button){.text = strbuf_str(&words), .action = TICK_GO, .filled = may, .quiet = !may, .colour = hue(t, TEAL)});
	button_draw(&v->pen, (struct box){room.x + room.w - all, room.y, all, high},
		    &(struct button){.text = ticked == count_of(s) ? T(v, "Untick all") : T(v, "Tick all"), .action = TICK_ALL});
	strbuf_fini(&words);
	int down = high + gap;
	draw_list(v, (struct box){room.x, room.y + down, room.w, room.h - down},
		  &(struct shown){.count = (int)count_of(s), .put = draw_one});
}

static void draw_running(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct tick *s = mine(v->model);
	struct sums sums = sum_up(s);
	size_t all = count_ticked(s), done = sums.done + sums.before + sums.refused;
	struct strbuf words = {0};
	struct str_number n = str_number((int64_t)done), of = str_number((int64_t)all);
	struct word_value values[] = {{"n", n.text}, {"all", of.text}};
	words_fill(&words, s->stops ? T(v, "Stopping: {n} of {all}") : T(v, "One moment, please: {n} of {all}"), values, 2);
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0},
				     &(struct label){.text = strbuf_str(&words), .role = TYPE_GREETING, .colour = hue(t, INK), .lines = 2});
	progress_draw(&v->pen, (struct box){room.x, used.y + used.h + len(t, GAP_PARTS), room.w, len(t, STICK_BAR_HIGH)},
		      all == 0 ? 0 : (double)done / (double)all, hue(t, CHOSEN));
	strbuf_fini(&words);
}

static void add_line(struct strbuf *out, const char *pattern, size_t n) {
	strbuf_adds(out, out->len > 0 ? "\n" : "");
	words_fill_number(out, pattern, (int64_t)n);
}

static void say_sums(const struct view *v, const struct sums *sums, struct strbuf *out) {
	const struct tick *s = mine(v->model);
	enum ticking ticking = part_ticking(v->model);
	if (sums->before > 0) {
		add_line(out, T(v, "Were signed in already: {n}"), sums->before);
	}
	if (sums->refused > 0) {
		add_line(out,
			 ticking == TICKING_HANDS ? T(v, "Did not get it: {n}")
			 : ticking == TICKING_OUT ? T(v, "Not signed out: {n}")
						  : T(v, "Not signed in: {n}"),
			 sums->refused);
	}
	if (s->lost) {
		add_line(out, T(v, "No answer came for {n}. Open the group again to see who is in"), s->sent_count);
	}
	if (s->over > 0) {
		add_line(out, T(v, "Labels to be printed from the label printer's screen: {n}"), s->over);
	}
}

static const char *done_words(const struct view *v) {
	enum ticking ticking = part_ticking(v->model);
	return ticking == TICKING_HANDS ? T(v, "Handed out: {n}")
	       : ticking == TICKING_OUT ? T(v, "Signed out: {n}")
					: T(v, "Signed in: {n}");
}

/* Green is that everybody who was ticked is in, on disk. */
static void draw_done(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct tick *s = mine(v->model);
	struct sums sums = sum_up(s);
	bool fine = sums.refused == 0 && !s->lost && sums.done + sums.before == count_ticked(s);
	int high = len(t, BUTTON_HIGH), side = len(t, STAFF_CARD_SIDE), sign = len(t, ICON_SIDE);
	struct strbuf words = {0}, more = {0};
	uint32_t ground = hue(t, fine ? TEAL : CARD), ink = fine ? theme_ink_on(t, ground) : hue(t, INK);
	words_fill_number(&words, done_words(v), (int64_t)sums.done);
	struct box band = {room.x, room.y, room.w, high};
	draw_fill(v->pen.list, band, len(t, ROUND_CARD), ground);
	if (fine) {
		draw_icon(v->pen.list, (struct box){band.x + side, band.y + (high - sign) / 2, sign, sign}, icon_name(ICON_DONE), ink);
	}
	int left = side + (fine ? sign + len(t, ICON_GAP) : 0);
	label_draw(
		&v->pen, (struct box){band.x + left, band.y, band.w - left - side, high},
		&(struct label){
			.text = strbuf_str(&words), .role = TYPE_GREETING, .colour = ink, .lines = 1, .middle = true, .contained = true});
	say_sums(v, &sums, &more);
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y + high + len(t, GAP_CLOSE), room.w, 0},
				     &(struct label){.text = strbuf_str(&more), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 0});
	int down = used.y + (more.len > 0 ? used.h + len(t, GAP_CLOSE) : 0) - room.y;
	draw_list(v, (struct box){room.x, room.y + down, room.w, room.h - down},
		  &(struct shown){.refused = true, .count = (int)sums.refused, .put = draw_refused});
	strbuf_fini(&words);
	strbuf_fini(&more);
}

static const char *empty_words(const struct view *v) {
	const struct tick *s = mine(v->model);
	enum ticking ticking = part_ticking(v->model);
	return s->failed                ? T(v, "That could not be looked up. Go back and try again")
	       : s->phase == PHASE_ASKS ? T(v, "One moment, please")
	       : ticking == TICKING_OUT ? T(v, "Nobody of this group is inside")
	       : ticking == TICKING_IN  ? T(v, "Everybody of this group is here")
					: T(v, "Everybody of this group has it");
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct tick *s = mine(v->model);
	struct box room = part_head(v, T(v, "Tick off a group"));
	struct label name = {.text = s->name, .role = TYPE_HEAD, .colour = hue(t, INK), .lines = 2, .break_words = true};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &name);
	int down = used.h + len(t, GAP_CLOSE);
	room = (struct box){room.x, room.y + down, room.w, room.h - down};
	if (s->failed || count_of(s) == 0) {
		label_draw(&v->pen, room,
			   &(struct label){.text = empty_words(v), .role = TYPE_GREETING, .colour = hue(t, MUTED), .lines = 3});
	} else {
		(s->phase == PHASE_CHOOSES ? draw_choice : s->phase == PHASE_RUNS ? draw_running : draw_done)(v, room);
	}
}

const struct screen screen_tick = {
	.name = "tick",
	.state = sizeof(struct tick),
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.told = told,
	.deadline = deadline,
	.idling = idling,
	.leave = leave,
	.draw = draw,
};
