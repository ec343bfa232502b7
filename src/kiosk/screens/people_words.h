/* What staff's screens say of people: whether they are in, and why somebody was not signed in. */
#ifndef TURNOUT_KIOSK_SCREENS_PEOPLE_WORDS_H
#define TURNOUT_KIOSK_SCREENS_PEOPLE_WORDS_H

#include "kiosk/screens/view.h"

/* What is done with people where the box stands. */
enum ticking { TICKING_IN, TICKING_OUT, TICKING_HANDS };
enum ticking part_ticking(const struct model *m);

/* "Signed in at 10:21", with the box where that is known; "Not signed in yet". Appended. */
void part_presence_words(const struct view *v, const struct people_presence *presence, struct strbuf *out);
/* Why their registration keeps somebody out; "" when it does not. */
const char *part_registration_words(const struct view *v, enum registration registration);
/* Why somebody of a group was not signed in, in a few words. */
const char *part_refusal_words(const struct view *v, const struct group_answer *answer);

#endif
