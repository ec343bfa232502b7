/* The question is the title, what answers it fills the screen. */
#include "kiosk/screens/walkin_draw.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/text_pages.h"
#include "kiosk/screens/walkin_state.h"
#include "kiosk/ui/pages.h"
#include "words/questions.h"

#define TITLE_MOST 46 /* characters of a question that a head has room for on every panel */

static const char *language_of(const struct view *v) { return words_code(v->tongue.words, v->tongue.language); }

/* The organiser's words in the screen's language, else ours for what is known, else the organiser's in any. */
static const char *question(const struct view *v, const struct form_field *field) {
	char member[16];
	snprintf(member, sizeof member, "label:%s", language_of(v));
	const char *own = json_get_text(field->set, member), *known = words_question(&v->tongue, field->key);
	const char *any = form_words(field, "label", language_of(v));
	return !str_empty(own) ? own : any == NULL && known != NULL ? known : any != NULL ? any : field->key;
}

/* --- the line under the head ------------------------------------------------------------------------------------------------------------- */

static void say_place(const struct view *v, struct strbuf *out) {
	struct walkin_place place = walkin_place(v->model);
	if (place.of > 1) {
		strbuf_addf(out, "%d / %d", place.which, place.of);
	}
}

static void say_years(const struct view *v, struct strbuf *out) {
	const struct str_number first = str_number(WALKIN_YEAR_FIRST), last = str_number(walkin_year_last(v->model));
	const struct word_value values[] = {{"first", first.text}, {"last", last.text}};
	words_fill(out, T(v, "Please check the year: it must be from {first} to {last}"), values, COUNT_OF(values));
}

static void say_wrong(const struct view *v, const struct form_field *field, struct strbuf *out) {
	bool is_name = str_eq(field->key, person_field_key(PERSON_NAME));
	switch (walkin_of(v->model)->wrong) {
	case WALKIN_NO_LETTER: strbuf_adds(out, T(v, "Please type your name in letters")); break;
	case WALKIN_NO_PHONE: strbuf_adds(out, T(v, "Please type the whole number: it has at least seven digits")); break;
	case WALKIN_NO_EMAIL: strbuf_adds(out, T(v, "Please type the whole address, like name@example.org")); break;
	case WALKIN_NO_YEAR: strbuf_adds(out, T(v, "Please type the year in four digits, like 1984")); break;
	case WALKIN_YEAR_FAR: say_years(v, out); break;
	default: strbuf_adds(out, is_name ? T(v, "Please type your name") : T(v, "Please fill this in: it is required")); break;
	}
}

static const char *hint(const struct view *v, const struct form_field *field) {
	const struct walkin *s = walkin_of(v->model);
	if (s->namesake_count > 0) {
		return T(v, "Is this you? Touch your name");
	}
	if (s->suggested.count > 0) {
		return T(v, "Choose from the list, or keep typing");
	}
	return field->type == FORM_CONSENT ? T(v, "Please choose: either answer is fine")
	       : field->required           ? T(v, "This is required")
					   : T(v, "You may skip this");
}

/* At one place for all questions: what is wrong with the answer, or how it may be given, and where in the form this is. Returns the room below. */
static struct box draw_line(const struct view *v, struct box room, const struct form_field *field) {
	const struct theme *t = v->pen.theme;
	bool wrong = walkin_of(v->model)->wrong != WALKIN_GOOD;
	struct strbuf place = {0}, words = {0};
	struct box line = {room.x, room.y, room.w, len(t, FIND_HINT_HIGH)};
	say_place(v, &place);
	if (wrong) {
		say_wrong(v, field, &words);
	} else {
		strbuf_adds(&words, hint(v, field));
	}
	struct label label = {
		.text = strbuf_str(&place), .role = TYPE_SECOND, .colour = hue(t, MUTED), .align = ALIGN_RIGHT, .lines = 1, .middle = true};
	label_draw(&v->pen, line, &label);
	line.w -= label_width(&v->pen, TYPE_SECOND, label.text) + len(t, GAP_CLOSE);
	label_draw(
		&v->pen, line,
		&(struct label){
			.text = strbuf_str(&words), .role = TYPE_SECOND, .colour = hue(t, wrong ? RED : INK), .lines = 1, .middle = true});
	strbuf_fini(&place);
	strbuf_fini(&words);
	return (struct box){room.x, room.y + line.h, room.w, room.h - line.h};
}

/* --- what is typed ----------------------------------------------------------------------------------------------------------------------- */

static void say_where(const struct suggestion *one, struct strbuf *out) {
	const char *const parts[] = {one->community, one->district, one->region};
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		if (parts[i][0] != '\0') {
			strbuf_addf(out, "%s%s", out->len > 0 ? ", " : "", parts[i]);
		}
	}
}

static void draw_offers(const struct view *v, struct box room, const struct cells *cells, size_t most) {
	const struct walkin *s = walkin_of(v->model);
	for (size_t i = 0; i < s->namesake_count && i < most; i++) {
		part_offer(v, box_cell(room, cells, (int)i),
			   &(struct offer){s->namesakes[i].name, s->namesakes[i].community, TYPE_HEAD, WALKIN_IS_THIS, (int64_t)i});
	}
	for (size_t i = 0; i < s->suggested.count && i < most; i++) {
		struct strbuf where = {0};
		say_where(&s->suggested.items[i], &where);
		part_offer(v, box_cell(room, cells, (int)i),
			   &(struct offer){s->suggested.items[i].text, strbuf_str(&where), TYPE_BUTTON, WALKIN_MEANT, (int64_t)i});
		strbuf_fini(&where);
	}
}

static void draw_typed(const struct view *v, struct box room, const struct form_field *field) {
	const struct theme *t = v->pen.theme;
	const struct walkin *s = walkin_of(v->model);
	int high = len(t, FIND_FIELD_HIGH), next = len(t, WALKIN_NEXT_WIDE), gap = len(t, GAP_CLOSE);
	bool empty = s->typed.text[0] == '\0', over = empty && !field->required;
	next = next > room.w / 3 ? room.w / 3 : next;
	field_draw_line(&v->pen, (struct box){room.x, room.y, room.w - next - gap, high}, &s->typed, "");
	button_draw(&v->pen, (struct box){room.x + room.w - next, room.y, next, high},
		    &(struct button){.text = over ? T(v, "Leave it out") : T(v, "Go on"),
				     .action = WALKIN_NEXT,
				     .filled = !empty,
				     .colour = hue(t, TEAL)});
	struct cells cells = {.columns = t->portrait ? 1 : 2, .high = len(t, FIND_ROW_HIGH), .gap = len(t, FIND_ROW_GAP)};
	const struct letter_actions letters = {WALKIN_KEY, WALKIN_ERASE, WALKIN_LAYOUT, WALKIN_SIGNS};
	int rows = (WALKIN_SUGGESTED + cells.columns - 1) / cells.columns, y = room.y + high + gap, low = room.y + room.h;
	/* Below a long question what is offered gives way before the keys do. */
	int fit = (low - part_letters_least(v, &s->keys, &letters) - gap - y + cells.gap) / (cells.high + cells.gap);
	rows = fit < 0 ? 0 : fit < rows ? fit : rows;
	int end = y + rows * (cells.high + cells.gap) - (rows > 0 ? cells.gap : gap);
	draw_offers(v, (struct box){room.x, y, room.w, end - y}, &cells, (size_t)rows * (size_t)cells.columns);
	part_letters(v, (struct box){room.x, end + gap, room.w, low - end - gap}, &s->keys, &letters);
}

/* --- what is chosen ----------------------------------------------------------------------------------------------------------------------- */

/* The way past what may be left out. Returns the room above it. */
static struct box draw_foot(const struct view *v, struct box room, const struct form_field *field) {
	const struct theme *t = v->pen.theme;
	int high = len(t, BUTTON_HIGH), wide = len(t, WALKIN_NEXT_WIDE);
	if (field->required) {
		return room;
	}
	wide = wide > room.w / 2 ? room.w / 2 : wide;
	button_draw(&v->pen, (struct box){room.x + room.w - wide, room.y + room.h - high, wide, high},
		    &(struct button){.text = T(v, "Leave it out"), .action = WALKIN_NEXT});
	return (struct box){room.x, room.y, room.w, room.h - high - len(t, GAP_CLOSE)};
}

static const char *words_of(const struct view *v, const struct form_field *field, const char *choice) {
	const char *ours = words_choice(&v->tongue, field->key, choice);
	return ours != NULL ? ours : choice;
}

static void draw_choices(const struct view *v, struct box whole, const struct form_field *field) {
	const struct theme *t = v->pen.theme;
	struct box room = draw_foot(v, whole, field);
	char *choices[FORM_CHOICES_MAX], *kept[FORM_CHOICES_MAX];
	size_t n = form_choices(field, language_of(v), choices), all = form_choices(field, NULL, kept);
	struct cells cells = {.columns = t->portrait ? 1 : 2, .high = len(t, BUTTON_HIGH), .gap = len(t, GAP_CLOSE)};
	int buttons = len(t, PAGE_BUTTON_HIGH), rows = ((int)n + cells.columns - 1) / cells.columns;
	struct pages_room sheet = {.height = room.h + cells.gap, .row = cells.high + cells.gap, .buttons = buttons + cells.gap};
	struct pages pages = pages_of(&sheet, rows, walkin_of(v->model)->page);
	int first = pages.page * pages.fit * cells.columns;
	for (size_t i = 0; i < n && i < all; i++) {
		if (pages_shows(&pages, (int)i / cells.columns)) {
			bool chosen = str_eq(form_answers_get(&walkin_of(v->model)->answers, walkin_of(v->model)->at), kept[i]);
			button_draw(&v->pen, box_cell(room, &cells, (int)i - first),
				    &(struct button){.text = words_of(v, field, choices[i]),
						     .action = WALKIN_ANSWER,
						     .argument = (int64_t)i,
						     .filled = chosen});
		}
	}
	pages_draw(&v->pen, (struct box){room.x, room.y + room.h - buttons, room.w, buttons}, &pages,
		   &(struct pages_buttons){.before = TC(v, "of a text", "Back up"),
					   .after = T(v, "More"),
					   .action = WALKIN_PAGE,
					   .width = room.w / 3,
					   .numbered = true});
	for (size_t i = 0; i < n; i++) {
		free(choices[i]);
	}
	for (size_t i = 0; i < all; i++) {
		free(kept[i]);
	}
}

static void draw_two(const struct view *v, struct box room, const char *yes, const char *no) {
	const char *said = form_answers_get(&walkin_of(v->model)->answers, walkin_of(v->model)->at);
	struct box buttons[2];
	part_pair(v, room, buttons);
	/* Alike until they have answered: nobody is pushed towards either. */
	button_draw(&v->pen, buttons[0],
		    &(struct button){.text = no, .action = WALKIN_ANSWER, .argument = 0, .filled = str_eq(said, "no")});
	button_draw(&v->pen, buttons[1],
		    &(struct button){.text = yes, .action = WALKIN_ANSWER, .argument = 1, .filled = str_eq(said, "yes")});
}

/* Where choices stand, as it is one of two. */
static void draw_yes_no(const struct view *v, struct box whole, const struct form_field *field) {
	struct box room = draw_foot(v, whole, field);
	room.h = len(v->pen.theme, HELP_BUTTON_HIGH);
	draw_two(v, room, TC(v, "an answer", "Yes"), TC(v, "an answer", "No"));
}

/* Large where it is short: one glance at what one agrees to. */
static void draw_words(const struct view *v, struct box room, const char *text) {
	const struct theme *t = v->pen.theme;
	struct label label = {.text = text, .role = TYPE_UNDER, .colour = hue(t, INK)};
	int wide = room.w > len(t, SESSION_COLUMN_WIDE) ? len(t, SESSION_COLUMN_WIDE) : room.w;
	if (label_measure(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label).h <= room.h) {
		label_draw(&v->pen, room, &label);
	} else {
		part_text(v, (struct box){room.x, room.y, wide, room.h}, text, walkin_of(v->model)->page, WALKIN_PAGE);
	}
}

static void draw_consent(const struct view *v, struct box room, const struct form_field *field) {
	const struct theme *t = v->pen.theme;
	int high = len(t, HELP_BUTTON_HIGH), air = len(t, GAP_TIGHT);
	draw_words(v, (struct box){room.x, room.y + air, room.w, room.h - air - high - len(t, GAP_FAR)},
		   str_or_empty(form_words(field, "text", language_of(v))));
	draw_two(v, (struct box){room.x, room.y + room.h - high, room.w, high}, T(v, "I agree"), T(v, "I do not agree"));
}

/* All was answered: the store thread has it. */
static void draw_waiting(const struct view *v, struct box room) {
	bool late = walkin_of(v->model)->stage == WALKIN_LATE;
	label_draw(&v->pen, room,
		   &(struct label){.text = late ? T(v, "That is not working right now. Please call our staff") : T(v, "One moment, please"),
				   .role = TYPE_GREETING,
				   .colour = hue(v->pen.theme, INK),
				   .align = ALIGN_CENTRE,
				   .middle = true});
	if (late) {
		button_draw(&v->pen, part_foot_done(v, room),
			    &(struct button){.text = T(v, "Call for help"), .icon = ICON_HELP, .action = ACTION_HELP, .filled = true});
	}
}

/* In the search's terms; alike, as either answer is good. */
static void draw_twin(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	const struct found_row *twin = &walkin_of(v->model)->twin;
	int high = len(t, HELP_BUTTON_HIGH);
	struct label label = {.text = T(v, "This may be you:"), .role = TYPE_UNDER, .colour = hue(t, INK), .lines = 1};
	struct box used = label_draw(&v->pen, room, &label), buttons[2];
	label = (struct label){.text = twin->name, .role = TYPE_GREETING, .colour = hue(t, INK), .lines = 2};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_CLOSE)), &label);
	label = (struct label){.text = twin->community, .role = TYPE_UNDER, .colour = hue(t, MUTED), .lines = 2};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_TIGHT)), &label);
	label = (struct label){.text = T(v, "Somebody with this phone number or e-mail is already on the list."),
			       .role = TYPE_BODY,
			       .colour = hue(t, INK),
			       .lines = 3};
	label_draw(&v->pen, box_below(room, used, len(t, GAP_FAR)), &label);
	part_pair(v, (struct box){room.x, room.y + room.h - high, room.w, high}, buttons);
	button_draw(&v->pen, buttons[0], &(struct button){.text = T(v, "No, I am new"), .action = WALKIN_IS_NEW});
	button_draw(&v->pen, buttons[1], &(struct button){.text = T(v, "Yes, this is me"), .action = WALKIN_IS_TWIN});
}

static void draw_lost(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	int high = len(t, HELP_BUTTON_HIGH);
	struct box words = {room.x, room.y, room.w, room.h - high - len(t, GAP_FAR)}, buttons[2];
	label_draw(
		&v->pen, words,
		&(struct label){.text = T(v, "That could not be saved. Your answers are still here: please try again, or call our staff"),
				.role = TYPE_GREETING,
				.colour = hue(t, RED),
				.align = ALIGN_CENTRE,
				.middle = true});
	part_pair(v, (struct box){room.x, room.y + room.h - high, room.w, high}, buttons);
	button_draw(&v->pen, buttons[0], &(struct button){.text = T(v, "Call for help"), .icon = ICON_HELP, .action = ACTION_HELP});
	button_draw(&v->pen, buttons[1], &(struct button){.text = T(v, "Try again"), .action = WALKIN_AGAIN, .filled = true});
}

/* The head, with the question where it is short; a long one stands below it, whole. Returns the room that is left for an answer. */
static struct box draw_head(const struct view *v, const struct form_field *field) {
	const struct theme *t = v->pen.theme;
	const char *asked = question(v, field);
	bool is_long = utf8_length(asked) > TITLE_MOST;
	struct box room = draw_line(v, part_head(v, is_long ? T(v, "I have no badge") : asked), field);
	if (is_long) {
		struct label label = {.text = asked, .role = TYPE_BODY, .colour = hue(t, INK)};
		int used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label).h + len(t, GAP_CLOSE);
		room.y += used;
		room.h -= used;
	}
	return room;
}

static void draw_field(const struct view *v, struct box room, const struct form_field *field) {
	switch (field->type) {
	case FORM_CHOICE: draw_choices(v, room, field); break;
	case FORM_YES_NO: draw_yes_no(v, room, field); break;
	case FORM_CONSENT: draw_consent(v, room, field); break;
	default: draw_typed(v, room, field); break;
	}
}

void walkin_draw(const struct view *v) {
	const struct form_field *field = walkin_field(v->model);
	enum walkin_stage stage = walkin_of(v->model)->stage;
	if (stage == WALKIN_MEETS) {
		draw_twin(v, part_head(v, T(v, "Is this you?")));
	} else if (stage == WALKIN_LOST) {
		draw_lost(v, part_head(v, T(v, "I have no badge")));
	} else if (stage == WALKIN_ASKS && field != NULL) {
		draw_field(v, draw_head(v, field), field);
	} else {
		draw_waiting(v, part_head(v, T(v, "I have no badge")));
	}
}
