/* Somebody who is on no list fills in the form: what the screen knows of them, and its two halves, what is done (walkin.c) and how it looks (walkin_draw.c). */
#ifndef TURNOUT_KIOSK_SCREENS_WALKIN_H
#define TURNOUT_KIOSK_SCREENS_WALKIN_H

#include "kiosk/screens/letter_keys.h"

enum {
	WALKIN_KEY = ACTION_OWN, /* argument: the character */
	WALKIN_ERASE,
	WALKIN_LAYOUT,
	WALKIN_SIGNS,
	WALKIN_NEXT,
	WALKIN_ANSWER,  /* argument: of a choice which, else 1: yes, 0: no */
	WALKIN_PAGE,    /* argument: of a long text, or of many choices */
	WALKIN_MEANT,   /* argument: which of what is suggested */
	WALKIN_IS_THIS, /* argument: which of those who are on the list already */
};

#define WALKIN_NAMESAKES 3 /* UX.md */
#define WALKIN_SUGGESTED 5

struct walkin {
	struct form_answers answers;
	size_t at; /* the field that is asked; the form's count: all were */
	struct field typed;
	struct letter_keys keys;
	bool wrong; /* what was typed is no telephone number, address or year, or nothing where something must be */
	int page;
	uint64_t asked, answered;
	struct found_row namesakes[WALKIN_NAMESAKES];
	size_t namesake_count;
	struct suggestions suggested;
	struct suggestion place; /* that was chosen */
	bool sent;               /* the answer is awaited */
	int64_t sent_ms;
};

struct walkin *walkin_of(const struct model *m);
/* NULL: there is none to be answered. */
const struct form_field *walkin_field(const struct model *m);
/* Which of how many fields that are asked, from 1. */
struct walkin_place {
	int which, of;
};
struct walkin_place walkin_place(const struct model *m);
/* As they typed it; "" */
const char *walkin_name(const struct model *m);
void walkin_draw(const struct view *v);

struct visitor_signed {
	enum signature_by by;
	const struct handwriting *hand; /* NULL: staff sign */
};
/* All is answered and, where it is wanted, signed: they go to the store thread. `signature` NULL: they do not sign. */
void walkin_send(struct model *m, const struct visitor_signed *signature, struct effects *effects);
/* Is whoever fills in the form under age? */
bool walkin_is_minor(const struct model *m);

#endif
