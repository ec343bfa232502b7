/* What somebody types into: the text, which characters it takes, and how it is shown. Texts are wiped, not just forgotten: they may be a PIN, a name or a
 * telephone number. */
#ifndef TURNOUT_KIOSK_UI_FIELD_H
#define TURNOUT_KIOSK_UI_FIELD_H

#include "kiosk/ui/widget.h"

#define FIELD_BYTES_MAX 512

struct field { /* a zeroed one is empty */
	char text[FIELD_BYTES_MAX];
};

struct field_rule {
	size_t most; /* characters */
	/* What is put for a character that is typed; 0: nothing. NULL: the character itself. */
	uint32_t (*accept)(uint32_t character);
};

size_t field_length(const struct field *field); /* characters */
void field_wipe(struct field *field);
/* One character more, where the rule takes it and there is room. Control characters are never taken. */
void field_put(struct field *field, const struct field_rule *rule, uint32_t character);
/* The last character goes. */
void field_erase(struct field *field);
/* A key: '\b' erases, others are put. True for '\n', which is the caller's to act on. */
bool field_key(struct field *field, const struct field_rule *rule, uint32_t character);

/* One dot for each character, of the `most` that there may be: a PIN. */
void field_draw_dots(const struct pen *pen, struct box box, const struct field *field, int most);
/* A cell for each of `most` characters, with a dash after the first half: a code. */
void field_draw_cells(const struct pen *pen, struct box box, const struct field *field, int most);
/* A line of text with a caret behind it; of what is longer than the box the end is seen. `hint` is shown while it is empty. */
void field_draw_line(const struct pen *pen, struct box box, const struct field *field, const char *hint);

#endif
