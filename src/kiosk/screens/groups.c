/* Tick off a group: the delegations, organisations or communities there are, and how many of each are still to come. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "event/fold.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/people_words.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/search_list.h"
#include "kiosk/screens/tick.h"

enum { GROUPS_KIND = SEARCH_OWN }; /* argument: enum group_kind */

struct groups {
	struct search_list list;
	enum group_kind kind;
	struct people_message *told; /* NULL: nothing is known yet */
	size_t *fit;                 /* those of them that fit what is typed; as many as there may be */
	size_t fit_count;
	uint64_t asked; /* 0: nothing is awaited */
	int64_t asked_ms;
	bool open, failed;
	bool chosen; /* staff said which kind */
	bool stale;  /* some of a group were signed in since: it is looked up again once it is to be seen */
};

static struct groups *mine(const struct model *m) { return model_state(m, SCREEN_GROUPS); }

static void drop(struct groups *s) {
	people_message_free(s->told);
	free(s->fit);
	s->told = NULL;
	s->fit = NULL;
	s->fit_count = 0;
}

static void ask(struct model *m, struct effects *effects) {
	struct groups *s = mine(m);
	struct people_question q = {.kind = PEOPLE_GROUPS, .group = s->kind};
	s->asked = model_ask_people(m, &q, effects);
	s->asked_ms = m->ms;
	s->stale = false;
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	mine(m)->open = true;
	mine(m)->list.put_away = true;
	mine(m)->kind = GROUP_DELEGATION;
	ask(m, effects);
}

static void leave(struct model *m) {
	drop(mine(m));
	crypto_wipe(mine(m), sizeof *mine(m));
}

/* Those that have what is typed anywhere in their names. */
static void sift(struct groups *s) {
	char *wanted = fold_text(s->list.text.text);
	s->fit_count = 0;
	for (size_t i = 0; s->told != NULL && i < s->told->groups.count; i++) {
		char *name = fold_text(s->told->groups.items[i].name);
		if (strstr(name, wanted) != NULL) {
			s->fit[s->fit_count++] = i;
		}
		free(name);
	}
	free(wanted);
}

static void take(struct model *m, struct people_message *told, struct effects *effects) {
	struct groups *s = mine(m);
	drop(s);
	s->asked = 0;
	s->failed = told->failed;
	s->told = told;
	s->fit = xcalloc(told->groups.count + 1, sizeof *s->fit);
	sift(s);
	/* Where nobody is in one of that kind, the first kind that there is. */
	for (int kind = 0; kind < GROUP_KINDS && !s->chosen && !told->has_group[s->kind]; kind++) {
		if (told->has_group[kind]) {
			s->kind = (enum group_kind)kind;
			ask(m, effects);
			return;
		}
	}
}

static void choose_kind(struct model *m, int64_t kind, struct effects *effects) {
	struct groups *s = mine(m);
	if (kind >= 0 && kind < GROUP_KINDS && s->told != NULL && s->told->has_group[kind] && (int64_t)s->kind != kind) {
		s->kind = (enum group_kind)kind;
		s->chosen = true;
		s->list.page = 0;
		ask(m, effects);
	}
}

static void choose(struct model *m, int64_t which, struct effects *effects) {
	const struct groups *s = mine(m);
	if (s->asked == 0 && s->told != NULL && which >= 0 && (size_t)which < s->told->groups.count) {
		tick_open(m, s->kind, s->told->groups.items[which].name, effects);
	}
}

static void typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	(void)effects;
	search_list_typed(&mine(m)->list, text, n);
	sift(mine(m));
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	enum letters_did did = search_list_act(&mine(m)->list, m, msg);
	if (did == LETTERS_TYPED) {
		sift(mine(m));
	}
	if (did != LETTERS_NOTHING) {
		return true;
	}
	switch (msg->action) {
	case SEARCH_ROW: choose(m, msg->argument, effects); return true;
	case GROUPS_KIND: choose_kind(m, msg->argument, effects); return true;
	default: return false;
	}
}

static int64_t deadline(const struct model *m) {
	const struct groups *s = mine(m);
	return s->asked != 0 ? s->asked_ms + m->style->timing.answer_ms : s->stale ? m->ms : INT64_MAX;
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct groups *s = mine(m);
	if (msg->kind == MSG_PEOPLE && s->asked != 0 && msg->people->number == s->asked) {
		take(m, msg->people, effects);
		msg->people = NULL;
	} else if (msg->kind == MSG_DESK && msg->desk->kind == DESK_GROUP) {
		s->stale = s->open;
	} else if (msg->kind == MSG_TIME && s->asked == 0 && s->stale) {
		ask(m, effects);
	} else if (msg->kind == MSG_TIME && m->ms >= deadline(m)) {
		s->asked = 0;
		s->failed = true;
	}
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static const char *kind_name(const struct view *v, enum group_kind kind) {
	static const char *const names[] = {[GROUP_DELEGATION] = MARK("groups of people", "Delegations"),
					    [GROUP_ORGANISATION] = MARK("groups of people", "Organisations"),
					    [GROUP_COMMUNITY] = MARK("groups of people", "Communities")};
	return TC(v, "groups of people", names[kind]);
}

static void put_row(const struct view *v, struct box box, int which) {
	const struct theme *t = v->pen.theme;
	const struct groups *s = mine(v->model);
	size_t index = s->fit[which];
	const struct muster_group *group = &s->told->groups.items[index];
	enum ticking ticking = part_ticking(v->model);
	struct strbuf last = {0};
	struct str_number to_do = str_number(group->to_do), all = str_number(group->people);
	struct word_value values[] = {{"n", to_do.text}, {"all", all.text}};
	words_fill(&last,
		   ticking == TICKING_IN    ? T(v, "Not here yet: {n} of {all}")
		   : ticking == TICKING_OUT ? T(v, "Still inside: {n} of {all}")
					    : T(v, "Still to get it: {n} of {all}"),
		   values, 2);
	part_search_row(v, box,
			&(struct search_row){.name = group->name,
					     .under = "",
					     .last = strbuf_str(&last),
					     .colour = group->to_do > 0 ? hue(t, INK) : hue(t, TEAL),
					     .argument = (int64_t)index});
	strbuf_fini(&last);
}

/* The kinds that there are, where there are several; returns the room that is left. */
static struct box draw_kinds(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct groups *s = mine(v->model);
	int high = len(t, TAB_HIGH), shown = 0, count = 0;
	bool wanted = s->told != NULL && s->list.put_away; /* while somebody types, the letters need the room */
	for (int kind = 0; wanted && kind < GROUP_KINDS; kind++) {
		count += s->told->has_group[kind];
	}
	struct cells cells = {.columns = count, .high = high, .gap = len(t, GAP_CLOSE)};
	for (int kind = 0; count > 1 && kind < GROUP_KINDS; kind++) {
		if (s->told->has_group[kind]) {
			bool on = (int)s->kind == kind;
			button_draw(&v->pen, box_cell(room, &cells, shown++),
				    &(struct button){.text = kind_name(v, (enum group_kind)kind),
						     .action = GROUPS_KIND,
						     .argument = kind,
						     .filled = on,
						     .quiet = !on});
		}
	}
	int used = count > 1 ? high + len(t, GAP_CLOSE) : 0;
	return (struct box){room.x, room.y + used, room.w, room.h - used};
}

static const char *said(const struct view *v) {
	const struct groups *s = mine(v->model);
	return s->failed                          ? T(v, "That could not be looked up. Go back and try again")
	       : s->told == NULL || s->asked != 0 ? T(v, "One moment, please")
	       : s->told->groups.count == 0       ? T(v, "Nobody on the list gives an organisation or a community")
	       : s->fit_count == 0                ? T(v, "No group has that in its name")
						  : T(v, "Touch a group to tick it off");
}

static void draw(const struct view *v) {
	const struct groups *s = mine(v->model);
	struct box room = draw_kinds(v, part_head(v, T(v, "Tick off a group")));
	part_search_list(v, room, &s->list,
			 &(struct search_rows){.field = T(v, "A part of its name"),
					       .said = said(v),
					       .bad = s->failed,
					       .count = (int)s->fit_count,
					       .put = put_row});
}

const struct screen screen_groups = {
	.name = "groups",
	.state = sizeof(struct groups),
	.next = SCREEN_SET(TICK),
	.behind_pin = true,
	.enter = enter,
	.act = act,
	.typed = typed,
	.told = told,
	.deadline = deadline,
	.leave = leave,
	.draw = draw,
};
