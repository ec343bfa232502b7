/* A keyboard for names on the screen, in the languages that people here write: as on their keyboards, or by the alphabet where the panel is too narrow for
 * that (UX: keys of 15 mm at least). */
#ifndef TURNOUT_KIOSK_UI_LETTERS_H
#define TURNOUT_KIOSK_UI_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/ui/keyboard.h"

#define LETTER_LAYOUTS 3

/* The layout for a language by its code: 0 to LETTER_LAYOUTS - 1; -1: there is none. */
int letters_layout(const char *language);
const char *letters_language(int layout);

struct letters {
	int layout;
	const char *next;       /* on the key that changes to the next layout; NULL: there is no such key */
	int key, erase, change; /* their actions; the character is the argument of the first */
	int signs;              /* the key that changes to digits and signs, and back; 0: there is no such key */
	bool shows_signs;
	bool mail;   /* Latin letters with what stands in addresses */
	bool digits; /* as on a telephone, and what erases them: no other key */
};
/* How much height its keys need to be as high as fingers hit them well. */
int letters_least(const struct theme *theme, const struct letters *letters);
void letters_draw(const struct pen *pen, struct box room, const struct letters *letters);

#endif
