/* Find a person: staff look for anybody by name, organisation or code, and see who is in. Visitors' own search (find.c) says less on purpose. */
#include "base/crypto.h"
#include "base/str.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/people_words.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/search_list.h"

struct people {
	struct search_list list;
	struct people_message *told; /* the last answer; NULL: none, or nothing is asked */
	uint64_t asked;              /* 0: nothing is awaited */
	int64_t asked_ms;
	bool failed;
};

static struct people *mine(const struct model *m) { return model_state(m, SCREEN_PEOPLE); }

static void drop(struct people *s) {
	people_message_free(s->told);
	s->told = NULL;
	s->failed = false;
}

static bool is_enough(const struct people *s) { return field_length(&s->list.text) >= 2; }

static void ask_for(struct model *m, const char *text, size_t n, struct effects *effects) {
	struct people *s = mine(m);
	struct people_question q = {.kind = PEOPLE_FOUND};
	if (n < sizeof q.text) {
		memcpy(q.text, text, n);
		s->asked = model_ask_people(m, &q, effects);
		s->asked_ms = m->ms;
	}
	crypto_wipe(&q, sizeof q);
}

static void ask(struct model *m, struct effects *effects) {
	struct people *s = mine(m);
	if (is_enough(s)) {
		ask_for(m, s->list.text.text, strlen(s->list.text.text), effects);
	} else {
		s->asked = 0;
		drop(s);
	}
}

static void typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	search_list_typed(&mine(m)->list, text, n);
	ask(m, effects);
}

static void choose(struct model *m, int64_t which, struct effects *effects) {
	const struct people *s = mine(m);
	if (s->told == NULL || which < 0 || (size_t)which >= s->told->row_count) {
		return;
	}
	const struct people_row *row = &s->told->rows[which];
	m->chosen = (struct found_row){.can_confirm = false};
	str_copy(m->chosen.id, sizeof m->chosen.id, row->id);
	if (!str_copy(m->chosen.name, sizeof m->chosen.name, row->name)) {
		m->chosen.name[0] = '\0'; /* too long for it; their id says who they are */
	}
	model_open(m, SCREEN_CARD, 0, effects);
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	enum letters_did did = search_list_act(&mine(m)->list, m, msg);
	if (did == LETTERS_TYPED) {
		ask(m, effects);
	} else if (did == LETTERS_NOTHING && msg->action == SEARCH_ROW) {
		choose(m, msg->argument, effects);
		return true;
	}
	return did != LETTERS_NOTHING;
}

static int64_t deadline(const struct model *m) { return mine(m)->asked != 0 ? mine(m)->asked_ms + m->style->timing.answer_ms : INT64_MAX; }

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct people *s = mine(m);
	if (msg->kind == MSG_CODE) { /* a badge that is held up here says who it is, and signs nobody in */
		field_wipe(&s->list.text);
		ask_for(m, msg->text, msg->n, effects);
	} else if (msg->kind == MSG_TIME && m->ms >= deadline(m)) {
		drop(s);
		s->asked = 0;
		s->failed = true;
	} else if (msg->kind == MSG_PEOPLE && s->asked != 0 && msg->people->number == s->asked) {
		drop(s);
		s->asked = 0;
		s->failed = msg->people->failed;
		s->told = msg->people;
		msg->people = NULL;
	}
}

/* Whoever comes back from somebody's card may have signed them in: the rows are asked for anew when the next letter comes. */
static void leave(struct model *m) {
	drop(mine(m));
	crypto_wipe(mine(m), sizeof *mine(m));
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

static const char *said(const struct view *v) {
	const struct people *s = mine(v->model);
	if (s->failed) {
		return T(v, "The search is not working right now");
	}
	if (s->told == NULL || s->asked != 0) {
		return is_enough(s) || s->asked != 0 ? "" : T(v, "Type a part of a name, an organisation or a code, or show a badge");
	}
	return s->told->row_count == 0 ? T(v, "Nobody found")
	       : s->told->more         ? T(v, "There are more: type more letters")
				       : T(v, "Touch a row to see more");
}

static void put_row(const struct view *v, struct box box, int which) {
	const struct theme *t = v->pen.theme;
	const struct people_row *row = &mine(v->model)->told->rows[which];
	struct strbuf under = {0}, last = {0};
	strbuf_addf(&under, "%s%s%s", row->from, row->from[0] != '\0' && row->place[0] != '\0' ? " · " : "", row->place);
	bool admitted = registration_admits(row->registration);
	if (admitted || row->arrival.in) {
		part_presence_words(v, &row->arrival, &last);
	} else {
		strbuf_adds(&last, part_registration_words(v, row->registration));
	}
	uint32_t colour = row->arrival.in ? hue(t, TEAL) : admitted ? hue(t, INK) : hue(t, RED);
	part_search_row(
		v, box,
		&(struct search_row){
			.name = row->name, .under = strbuf_str(&under), .last = strbuf_str(&last), .colour = colour, .argument = which});
	strbuf_fini(&under);
	strbuf_fini(&last);
}

static void draw(const struct view *v) {
	const struct people *s = mine(v->model);
	part_search_list(v, part_head(v, T(v, "Find a person")), &s->list,
			 &(struct search_rows){.field = T(v, "Name, organisation or code"),
					       .said = said(v),
					       .bad = s->failed,
					       .count = s->told == NULL ? 0 : (int)s->told->row_count,
					       .put = put_row});
}

const struct screen screen_people = {
	.name = "people",
	.state = sizeof(struct people),
	.next = SCREEN_SET(CARD),
	.behind_pin = true,
	.act = act,
	.typed = typed,
	.told = told,
	.deadline = deadline,
	.leave = leave,
	.draw = draw,
};
