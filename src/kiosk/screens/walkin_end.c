#include "kiosk/screens/walkin_end.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "import/person_value.h"
#include "kiosk/screens/walkin_state.h"

static const struct form *form_of(const struct model *m) { return &m->event->form; }

static char *as_kept(enum person_field field, const char *text) {
	struct person p = {0};
	person_value_set(&p, field, text);
	char *kept = xstrdup(person_text(&p, field));
	person_fini(&p);
	return kept;
}

/* What was answered, not signed; for visitor_free. */
static struct visitor *filled_in(const struct model *m) {
	const struct walkin *s = walkin_of(m);
	struct visitor *visitor = visitor_new();
	struct strbuf set = {0};
	const struct form_filled filled = {.language = words_code(m->words, model_language(m)),
					   .unnamed = words_get_in(m->words, m->station_language, "in place of a name",
								   MARK("in place of a name", "Guest without a name")),
					   .year = walkin_year(m),
					   .community = s->place.community,
					   .district = s->place.district,
					   .region = s->place.region,
					   .as_kept = as_kept};
	form_answers_write(form_of(m), &s->answers, &filled, &set);
	visitor->set = set.data;
	return visitor;
}

void walkin_try_again(struct model *m, struct effects *effects) {
	const struct walkin *s = walkin_of(m);
	struct visitor *visitor = filled_in(m);
	if (s->is_signed) {
		visitor_sign(visitor, s->by, s->is_drawn ? &s->hand : NULL);
	}
	m->sent = visitor->number = model_number(m);
	walkin_enter_stage(m, WALKIN_SENT);
	effects_put(effects, &(struct effect){.kind = EFFECT_VISITOR, .visitor = visitor});
}

void walkin_send(struct model *m, const struct visitor_signed *signature, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	s->is_signed = signature != NULL;
	s->is_drawn = signature != NULL && signature->hand != NULL;
	if (s->is_signed) {
		s->by = signature->by;
	}
	if (s->is_drawn) {
		s->hand = *signature->hand;
	}
	walkin_try_again(m, effects);
}

/* Nobody on the list is they, as far as anybody knows. */
static void go_on_as_new(struct model *m, struct effects *effects) {
	/* Who waits for a confirmation is not there yet: they sign when they come in. And at a room's door nobody does. */
	bool signs = m->event->signature != SIGNATURE_OFF && m->event->stand == STAND_ARRIVAL && !m->event->leaves &&
		     !m->event->registered && !form_is_unnamed(form_of(m), &walkin_of(m)->answers);
	walkin_enter_stage(m, WALKIN_ASKS);
	if (signs) {
		model_open(m, SCREEN_SIGN, SIGN_WALKIN, effects);
	} else {
		walkin_send(m, NULL, effects);
	}
}

static bool has_answer(const struct model *m, enum person_field what) {
	int field = form_find(form_of(m), person_field_key(what));
	return field >= 0 && form_answers_get(&walkin_of(m)->answers, (size_t)field)[0] != '\0';
}

void walkin_finish(struct model *m, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	bool may_meet = model_finds(m) && !form_is_unnamed(form_of(m), &s->answers) && has_answer(m, PERSON_NAME) &&
			(has_answer(m, PERSON_EMAIL) || has_answer(m, PERSON_PHONE)) && s->denied.count < TWIN_QUESTIONS;
	if (!may_meet) {
		go_on_as_new(m, effects);
		return;
	}
	struct visitor *visitor = filled_in(m);
	visitor->denied = s->denied;
	walkin_enter_stage(m, WALKIN_LOOKS);
	s->asked = model_number(m);
	effects_put(effects, &(struct effect){.kind = EFFECT_TWIN, .number = s->asked, .visitor = visitor});
}

void walkin_take_twin(struct model *m, bool is_they, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	if (s->stage != WALKIN_MEETS) {
		return;
	}
	if (is_they) { /* whoever comes back from there finds the question again */
		m->chosen = s->twin;
		model_open(m, SCREEN_ME, 0, effects);
		return;
	}
	str_copy(s->denied.ids[s->denied.count++], sizeof s->denied.ids[0], s->twin.id);
	walkin_finish(m, effects); /* a family has one telephone: the next one may be they */
}

bool walkin_keeps(const struct model *m, const struct desk_message *answer) {
	enum walkin_stage stage = walkin_of(m)->stage;
	/* Of a box that was taken out of use another try comes to nothing: its result says where to go. */
	return answer->walk_in && answer->number == m->sent && !answer->kept && answer->standing != STATION_RETIRED && walkin_is_open(m) &&
	       (stage == WALKIN_SENT || stage == WALKIN_LATE);
}

/* Where it cannot be found out, they are new: the organiser's list of conflicts has them later. */
void walkin_meet(struct model *m, const struct found_message *found, struct effects *effects) {
	struct walkin *s = walkin_of(m);
	if (found == NULL || found->kind != FOUND_TWIN || found->count == 0) {
		go_on_as_new(m, effects);
		return;
	}
	s->twin = found->rows[0];
	walkin_enter_stage(m, WALKIN_MEETS);
	effects_chime(effects, CHIME_SOFT);
}
