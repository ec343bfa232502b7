/* I have no badge: one question at a time, in the order of the event's form. While a name is typed, those on the list who may be the same are offered, so that nobody
 * is there twice; no refusal of anything turns somebody away. What was typed goes when nobody touches the screen. */
#include "kiosk/screens/walkin_end.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/walkin_draw.h"
#include "kiosk/screens/walkin_state.h"

#define TYPED_MAX 120 /* characters */

static const struct form *form_of(const struct model *m) { return &m->event->form; }

/* --- from field to field ---------------------------------------------------------------------------------------------------------------- */

static enum person_field person_field_of(const struct form_field *field) {
	return field == NULL ? PERSON_FIELD_COUNT : person_field_find(field->key);
}

static void forget_offers(struct model *m) {
	struct walkin *s = walkin_of(m);
	crypto_wipe(s->namesakes, sizeof s->namesakes);
	s->namesake_count = 0;
	s->suggested.count = 0;
	s->asked = model_number(m);
}

/* Opens the field: what was answered before stands there. */
static void show_field(struct model *m, size_t at) {
	struct walkin *s = walkin_of(m);
	s->at = at;
	s->page = 0;
	s->wrong = WALKIN_GOOD;
	field_wipe(&s->typed);
	forget_offers(m);
	const struct form_field *field = walkin_field(m);
	if (field == NULL) {
		return;
	}
	enum person_field what = person_field_of(field);
	s->keys = (struct letter_keys){.signs = what == PERSON_PHONE, .mail = what == PERSON_EMAIL, .digits = what == PERSON_BIRTH_YEAR};
	if (what == PERSON_NAME_LATIN) {
		letter_keys_show(&s->keys, "en");
	}
	if (field->type == FORM_TEXT) {
		str_copy(s->typed.text, sizeof s->typed.text, form_answers_get(&s->answers, at));
	}
}

static bool go_back(struct model *m) {
	for (size_t i = walkin_of(m)->at; i > 0; i--) {
		if (walkin_is_asked(m, i - 1)) {
			show_field(m, i - 1);
			return true;
		}
	}
	return false;
}

/* What is asked no more, as another answer is another one now, was never said; it may be what others are asked by. */
static void forget_unasked(struct model *m) {
	struct form_answers *answers = &walkin_of(m)->answers;
	for (size_t i = 0; i < form_of(m)->count;) {
		bool stale = form_answers_get(answers, i)[0] != '\0' && !form_is_asked(form_of(m), answers, i, walkin_year(m));
		if (stale) {
			form_answers_put(answers, i, "");
		}
		i = stale ? 0 : i + 1;
	}
}

static void go_on(struct model *m, struct effects *effects) {
	forget_unasked(m);
	size_t next = walkin_of(m)->at + 1;
	while (next < form_of(m)->count && !walkin_is_asked(m, next)) {
		next++;
	}
	if (next < form_of(m)->count) {
		show_field(m, next);
	} else {
		walkin_finish(m, effects);
	}
}

static void restart(struct model *m) {
	struct walkin *s = walkin_of(m);
	form_answers_fini(&s->answers);
	crypto_wipe(s, sizeof *s);
	s->asked = model_number(m); /* what is under way comes too late */
}

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	(void)effects;
	restart(m);
	show_field(m, 0);
}

/* --- typing ------------------------------------------------------------------------------------------------------------------------------ */

static const struct field_rule RULE = {.most = TYPED_MAX};

static bool is_name(const struct form_field *field) { return person_field_of(field) == PERSON_NAME; }

static void ask(struct model *m, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	const struct form_field *field = walkin_field(m);
	struct effect e = {.kind = is_name(field) ? EFFECT_FIND : EFFECT_SUGGEST, .field = person_field_of(field)};
	bool wanted =
		is_name(field) ? m->event->find_by_name && letters_are_enough(&s->typed) : suggest_has(e.field) && s->typed.text[0] != '\0';
	s->wrong = WALKIN_GOOD;
	if (!wanted) {
		forget_offers(m);
		return;
	}
	e.number = s->asked = model_number(m);
	str_copy(e.text, sizeof e.text, s->typed.text);
	effects_put(effects, &e);
	crypto_wipe(&e, sizeof e);
}

static bool takes_text(const struct model *m) {
	const struct form_field *field = walkin_field(m);
	return field != NULL && field->type == FORM_TEXT && walkin_of(m)->stage == WALKIN_ASKS;
}

static void put(struct model *m, uint32_t character, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	const struct form_field *field = walkin_field(m);
	enum person_field what = person_field_of(field);
	bool capitals = what == PERSON_NAME || what == PERSON_NAME_LATIN || what == PERSON_NAME_CERT;
	/* What is no name begins with a capital; an address has none. */
	uint32_t letter = capitals                                           ? letter_of_name(&s->typed, character)
			  : what == PERSON_EMAIL || s->typed.text[0] != '\0' ? utf8_lower(character)
									     : character;
	field_put(&s->typed, &RULE, letter);
	ask(m, effects);
}

static bool is_of_place(enum person_field what) {
	return what == PERSON_COMMUNITY || what == PERSON_SETTLEMENT || what == PERSON_DISTRICT || what == PERSON_REGION;
}

static void take_typed(struct model *m, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	char text[FIELD_BYTES_MAX];
	if (!takes_text(m)) {
		return;
	}
	s->wrong = walkin_answer_read(walkin_field(m), s->typed.text, walkin_year_last(m), text);
	if (s->wrong != WALKIN_GOOD) {
		crypto_wipe(text, sizeof text);
		effects_chime(effects, CHIME_SOFT);
		return;
	}
	if (is_of_place(person_field_of(walkin_field(m))) && !str_eq(text, form_answers_get(&s->answers, s->at))) {
		crypto_wipe(&s->place, sizeof s->place); /* what was chosen before is not where they come from */
	}
	form_answers_put(&s->answers, s->at, text);
	crypto_wipe(text, sizeof text);
	go_on(m, effects);
}

/* What comes together is asked for together: a fast hand, or a program, asks no more than whoever answers can take. */
static void typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	bool more = false;
	for (const char *at = text; at < text + n && takes_text(m);) {
		more = !field_key(&walkin_of(m)->typed, &RULE, utf8_next(&at));
		if (!more) {
			take_typed(m, effects);
		}
	}
	if (more) {
		ask(m, effects);
	}
}

/* --- choosing ---------------------------------------------------------------------------------------------------------------------------- */

static void answer(struct model *m, int64_t which, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	const struct form_field *field = walkin_field(m);
	char *choices[FORM_CHOICES_MAX];
	if (field == NULL || field->type == FORM_TEXT || s->stage != WALKIN_ASKS) {
		return;
	}
	if (field->type != FORM_CHOICE) {
		form_answers_put(&s->answers, s->at, which != 0 ? "yes" : "no");
		go_on(m, effects);
		return;
	}
	size_t n = form_choices(field, NULL, choices);
	bool there = which >= 0 && (size_t)which < n;
	if (there) {
		form_answers_put(&s->answers, s->at, choices[which]);
	}
	for (size_t i = 0; i < n; i++) {
		free(choices[i]);
	}
	if (there) {
		go_on(m, effects);
	}
}

static void take_suggested(struct model *m, int64_t which, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	if (!takes_text(m) || which < 0 || (size_t)which >= s->suggested.count) {
		return;
	}
	const struct suggestion *one = &s->suggested.items[which];
	enum person_field what = person_field_of(walkin_field(m));
	if (what == PERSON_DISTRICT) { /* of a settlement that was chosen more is known */
		str_copy(s->place.region, sizeof s->place.region, one->region);
	} else if (is_of_place(what)) {
		s->place = *one;
	}
	form_answers_put(&s->answers, s->at, one->text);
	go_on(m, effects);
}

static void take_namesake(struct model *m, int64_t which, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	if (s->stage == WALKIN_ASKS && which >= 0 && (size_t)which < s->namesake_count) {
		m->chosen = s->namesakes[which];
		model_open(m, SCREEN_ME, 0, effects);
	}
}

/* What may be left out is, where nothing is chosen. */
static void pass_over(struct model *m, struct effects *effects) {
	const struct form_field *field = walkin_field(m);
	if (field != NULL && field->type == FORM_TEXT) {
		take_typed(m, effects);
	} else if (field != NULL && !field->required && field->type != FORM_CONSENT && walkin_of(m)->stage == WALKIN_ASKS) {
		form_answers_put(&walkin_of(m)->answers, walkin_of(m)->at, "");
		go_on(m, effects);
	}
}

static void act_on_keys(struct model *m, const struct msg *msg, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	if (!takes_text(m)) {
		return;
	}
	switch (msg->action) {
	case WALKIN_KEY: put(m, (uint32_t)msg->argument, effects); break;
	case WALKIN_ERASE:
		field_erase(&s->typed);
		ask(m, effects);
		break;
	case WALKIN_LAYOUT: letter_keys_change(&s->keys, m); break;
	default: s->keys.signs = !s->keys.signs; break;
	}
}

/* From what is asked of all the answers back to the last of them; else to the one before. What is under way is left. */
static bool step_back(struct model *m) {
	struct walkin *s = walkin_of(m);
	switch (s->stage) {
	case WALKIN_ASKS: return go_back(m);
	case WALKIN_SENT:
	case WALKIN_LATE: return false;
	default:
		s->asked = model_number(m);
		s->stage = WALKIN_ASKS;
		return true;
	}
}

/* Somebody comes to help with what could not be saved: it waits under that screen. */
static bool call_for_help(struct model *m, struct effects *effects) {
	bool waits = walkin_of(m)->stage == WALKIN_LOST;
	if (waits) {
		model_open(m, SCREEN_HELP, 0, effects);
	}
	return waits;
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case WALKIN_KEY:
	case WALKIN_ERASE:
	case WALKIN_LAYOUT:
	case WALKIN_SIGNS: act_on_keys(m, msg, effects); return true;
	case WALKIN_NEXT: pass_over(m, effects); return true;
	case WALKIN_ANSWER: answer(m, msg->argument, effects); return true;
	case WALKIN_PAGE: walkin_of(m)->page = (int)msg->argument; return true;
	case WALKIN_MEANT: take_suggested(m, msg->argument, effects); return true;
	case WALKIN_IS_THIS: take_namesake(m, msg->argument, effects); return true;
	case WALKIN_IS_TWIN:
	case WALKIN_IS_NEW: walkin_take_twin(m, msg->action == WALKIN_IS_TWIN, effects); return true;
	case WALKIN_AGAIN:
		if (walkin_of(m)->stage == WALKIN_LOST) {
			walkin_try_again(m, effects);
		}
		return true;
	case ACTION_BACK: return step_back(m);
	case ACTION_HELP: return call_for_help(m, effects);
	default: return false;
	}
}

/* --- what is told --------------------------------------------------------------------------------------------------------------------------- */

static void take_found(struct walkin *s, const struct found_message *found) {
	if (found->number != s->asked) { /* more was typed since */
		return;
	}
	crypto_wipe(s->namesakes, sizeof s->namesakes); /* they fit what was typed before */
	s->namesake_count = s->suggested.count = 0;
	if (found->kind == FOUND_PEOPLE) {
		s->namesake_count = found->count < WALKIN_NAMESAKES ? found->count : WALKIN_NAMESAKES;
		memcpy(s->namesakes, found->rows, s->namesake_count * sizeof *s->namesakes);
	} else if (found->kind == FOUND_SUGGESTIONS) {
		s->suggested = found->suggestions;
		s->suggested.count = s->suggested.count < WALKIN_SUGGESTED ? s->suggested.count : WALKIN_SUGGESTED;
	}
}

/* Other questions: the answers so far are to these no more. */
static bool is_same_form(const struct form *a, const struct form *b) {
	bool same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++) {
		same = str_eq(a->items[i].key, b->items[i].key) && a->items[i].type == b->items[i].type &&
		       str_eq(a->items[i].version, b->items[i].version);
	}
	return same;
}

static void take_event(struct model *m, const struct kiosk_event *before, struct effects *effects) {
	if (walkin_is_open(m) && (!model_walks_in(m) || !is_same_form(&before->form, form_of(m)))) {
		model_go_home(m, effects);
	}
}

static int64_t deadline(const struct model *m) {
	const struct walkin *s = walkin_of(m);
	return s->stage == WALKIN_LOOKS || s->stage == WALKIN_SENT ? s->since_ms + m->style->timing.answer_ms : INT64_MAX;
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	if (msg->kind == MSG_FOUND && walkin_is_open(m) && takes_text(m)) {
		take_found(s, msg->found);
	} else if (msg->kind == MSG_FOUND && s->stage == WALKIN_LOOKS && msg->found->number == s->asked) {
		walkin_meet(m, msg->found, effects);
	} else if (msg->kind == MSG_DESK && msg->desk->kind == DESK_LOADED && msg->before != NULL) {
		take_event(m, msg->before, effects);
	} else if (msg->kind == MSG_DESK && msg->desk->kind == DESK_ANSWERED && walkin_keeps(m, msg->desk)) {
		/* Of what may be kept after all another try would be a second person. */
		walkin_enter_stage(m, msg->desk->unsure ? WALKIN_LATE : WALKIN_LOST);
		effects_chime(effects, CHIME_LOW);
	} else if (msg->kind == MSG_TIME && m->ms >= deadline(m) && s->stage == WALKIN_LOOKS) {
		walkin_meet(m, NULL, effects);
	} else if (msg->kind == MSG_TIME && m->ms >= deadline(m)) {
		s->stage = WALKIN_LATE; /* it may be kept all the same: once more would be a second person */
	}
}

const struct screen screen_walkin = {
	.name = "walkin",
	.state = sizeof(struct walkin),
	.next = SCREEN_SET(ME) | SCREEN_SET(SIGN) | SCREEN_SET(HELP),
	.enter = enter,
	.act = act,
	.typed = typed,
	.told = told,
	.deadline = deadline,
	.leave = restart,
	.fini = restart,
	.draw = walkin_draw,
};
