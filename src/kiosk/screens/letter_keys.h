/* Letters on the screen for whoever types a name, a place, an address: the layouts of the event's languages, and digits and signs. */
#ifndef TURNOUT_KIOSK_SCREENS_LETTER_KEYS_H
#define TURNOUT_KIOSK_SCREENS_LETTER_KEYS_H

#include "kiosk/model.h"
#include "kiosk/screens/view.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/letters.h"

struct letter_keys { /* a zeroed one has the layout of the screen's language */
	int layout;  /* plus one */
	bool signs;  /* digits and signs are shown instead */
	bool mail;   /* Latin letters with what stands in addresses, whatever the layout */
	bool digits; /* digits and nothing else */
};

struct letter_actions {
	int key, erase, change; /* as in struct letters */
	int signs;              /* changes to digits and signs, and back; 0: there are none */
};

void letter_keys_change(struct letter_keys *keys, const struct model *m);
/* Shows the layout of that language, where there is one. */
void letter_keys_show(struct letter_keys *keys, const char *language);
/* How much height they need; what stands above them gives way as far as that. */
int part_letters_least(const struct view *v, const struct letter_keys *keys, const struct letter_actions *actions);
void part_letters(const struct view *v, struct box room, const struct letter_keys *keys, const struct letter_actions *actions);

/* What a key puts at the end of a name: it begins with a capital, as does each of its words, and goes on with small letters. */
uint32_t letter_of_name(const struct field *name, uint32_t character);

/* What they type into. */
struct letters_typing {
	struct field *field;
	struct letter_keys *keys;
	const struct field_rule *rule;
	uint32_t (*letter)(const struct field *field, uint32_t character); /* what a key puts at its end; NULL: itself */
};
enum letters_did { LETTERS_NOTHING, LETTERS_SHOWN, LETTERS_TYPED }; /* it was no touch on them; they are others; the text is */
enum letters_did letters_act(const struct letters_typing *typing, const struct letter_actions *actions, const struct model *m,
			     const struct msg *msg);

/* Is it enough to look for somebody by: three letters? As the search reads it: blanks, signs, apostrophes and marks say nothing of anybody. */
bool letters_are_enough(const struct field *name);

#endif
