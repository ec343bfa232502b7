/* What is known of whoever is on no list and fills in the form. */
#ifndef TURNOUT_KIOSK_SCREENS_WALKIN_STATE_H
#define TURNOUT_KIOSK_SCREENS_WALKIN_STATE_H

#include "kiosk/screens/letter_keys.h"
#include "kiosk/screens/walkin_answer.h"

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
	WALKIN_IS_TWIN, /* whoever the screen asks of is they */
	WALKIN_IS_NEW,  /* is not: the next who may be, or nobody */
	WALKIN_AGAIN,   /* what could not be saved is tried once more */
};

#define WALKIN_NAMESAKES 3 /* UX.md */
#define WALKIN_SUGGESTED 5

enum walkin_stage {
	WALKIN_ASKS,  /* for the field `at` */
	WALKIN_LOOKS, /* all was answered: is somebody of that e-mail or phone on the list already? */
	WALKIN_MEETS, /* somebody is, and may be they: `twin` */
	WALKIN_SENT,  /* the answer is awaited; nothing is sent twice, so nobody is on the roster twice */
	WALKIN_LATE,  /* it does not come: somebody should help */
	WALKIN_LOST,  /* it could not be saved: what was answered, and signed, is here for another try */
};

struct walkin {
	enum walkin_stage stage;
	int64_t since_ms; /* of the stage, where something is awaited */
	struct form_answers answers;
	size_t at; /* the field that is asked; the form's count: all were */
	struct field typed;
	struct letter_keys keys;
	enum walkin_fault wrong; /* why what was typed is no answer, until they go on typing */
	int page;
	uint64_t asked; /* the number of the last search; what answers another one is late */
	struct found_row namesakes[WALKIN_NAMESAKES];
	size_t namesake_count;
	struct suggestions suggested;
	struct suggestion place; /* that was chosen */
	struct found_row twin;
	struct twins_denied denied; /* those whom they said not to be; they are not asked again */
	/* What was sent with the answers: */
	bool is_signed, is_drawn;
	enum signature_by by;
	struct handwriting hand;
};

struct walkin *walkin_of(const struct model *m);
/* From now on. */
void walkin_enter_stage(struct model *m, enum walkin_stage stage);
/* Somebody is at the form, be it under another screen. */
bool walkin_is_open(const struct model *m);
/* NULL: there is none to be answered. */
const struct form_field *walkin_field(const struct model *m);
/* Which of how many fields that are asked, from 1. */
struct walkin_place {
	int which, of;
};
struct walkin_place walkin_place(const struct model *m);
/* As they typed it; "" */
const char *walkin_name(const struct model *m);
/* The year at the event: of its first day, where nobody knows what day it is. */
int64_t walkin_year(const struct model *m);
/* The latest year in which somebody who is there may be born. A clock that is behind the event refuses nobody. */
int64_t walkin_year_last(const struct model *m);
/* Is this field asked, by what was answered before? */
bool walkin_is_asked(const struct model *m, size_t field);
/* Is whoever fills in the form under age? */
bool walkin_is_minor(const struct model *m);

#endif
