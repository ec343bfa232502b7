#include "kiosk/screens/letter_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/utf8.h"
#include "event/fold.h"

#define LEAST 3 /* columns of letters and digits: of letters that are twice as wide, two say as much */

/* The layouts of the event's languages; returns how many there are, at least one. */
static int layouts_of(const struct model *m, int out[LETTER_LAYOUTS]) {
	int count = 0;
	for (size_t i = 0; m->event != NULL && i < m->event->language_count && count < LETTER_LAYOUTS; i++) {
		int layout = letters_layout(m->event->languages[i]);
		if (layout >= 0) {
			out[count++] = layout;
		}
	}
	if (count == 0) {
		out[count++] = letters_layout("en");
	}
	return count;
}

/* Which of them is on the screen. */
static int layout_at(const struct letter_keys *keys, const struct model *m, const int *layouts, int count) {
	int own = letters_layout(words_code(m->words, model_language(m)));
	int shown = keys->layout > 0 ? keys->layout - 1 : own;
	for (int i = 0; i < count; i++) {
		if (layouts[i] == shown) {
			return i;
		}
	}
	return 0;
}

void letter_keys_change(struct letter_keys *keys, const struct model *m) {
	int layouts[LETTER_LAYOUTS], count = layouts_of(m, layouts);
	keys->layout = layouts[(layout_at(keys, m, layouts, count) + 1) % count] + 1;
	keys->signs = false;
}

void letter_keys_show(struct letter_keys *keys, const char *language) { keys->layout = letters_layout(language) + 1; }

/* The name of the next layout's language, as its own button has it. */
static const char *next_name(const struct view *v, const int *layouts, int count, int at) {
	int language = words_language(v->tongue.words, letters_language(layouts[(at + 1) % count]));
	return count < 2 ? NULL
			 : words_get_in(v->tongue.words, language < 0 ? v->tongue.language : language, "the button of this language",
					MARK("the button of this language", "EN"));
}

static struct letters letters_of(const struct view *v, const struct letter_keys *keys, const struct letter_actions *actions) {
	int layouts[LETTER_LAYOUTS], count = layouts_of(v->model, layouts), at = layout_at(keys, v->model, layouts, count);
	return (struct letters){.layout = layouts[at],
				.next = keys->mail ? NULL : next_name(v, layouts, count, at),
				.key = actions->key,
				.erase = actions->erase,
				.change = actions->change,
				.signs = actions->signs,
				.shows_signs = keys->signs,
				.mail = keys->mail,
				.digits = keys->digits};
}

int part_letters_least(const struct view *v, const struct letter_keys *keys, const struct letter_actions *actions) {
	struct letters letters = letters_of(v, keys, actions);
	return letters_least(v->pen.theme, &letters);
}

void part_letters(const struct view *v, struct box room, const struct letter_keys *keys, const struct letter_actions *actions) {
	struct letters letters = letters_of(v, keys, actions);
	letters_draw(&v->pen, room, &letters);
}

uint32_t letter_of_name(const struct field *name, uint32_t character) {
	size_t n = strlen(name->text);
	bool inside = n > 0 && name->text[n - 1] != ' ' && name->text[n - 1] != '-';
	return inside ? utf8_lower(character) : character;
}

bool letters_are_enough(const struct field *name) {
	char *folded = fold_text(name->text);
	size_t columns = utf8_width(folded);
	for (const char *at = folded; *at != '\0'; at++) {
		columns -= *at == ' ';
	}
	crypto_wipe_text(folded);
	return columns >= LEAST;
}

enum letters_did letters_act(const struct letters_typing *typing, const struct letter_actions *actions, const struct model *m,
			     const struct msg *msg) {
	uint32_t character = (uint32_t)msg->argument;
	if (msg->action == actions->key) {
		field_put(typing->field, typing->rule, typing->letter == NULL ? character : typing->letter(typing->field, character));
		return LETTERS_TYPED;
	}
	if (msg->action == actions->erase) {
		field_erase(typing->field);
		return LETTERS_TYPED;
	}
	if (msg->action == actions->change) {
		letter_keys_change(typing->keys, m);
		return LETTERS_SHOWN;
	}
	if (actions->signs != 0 && msg->action == actions->signs) {
		typing->keys->signs = !typing->keys->signs;
		return LETTERS_SHOWN;
	}
	return LETTERS_NOTHING;
}
