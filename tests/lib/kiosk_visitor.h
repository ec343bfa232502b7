/* Visitors without a badge in the kiosk's fixture: an event with a form, and the screens on which they fill it in and sign. */
#ifndef TURNOUT_TESTS_LIB_KIOSK_VISITOR_H
#define TURNOUT_TESTS_LIB_KIOSK_VISITOR_H

#include "lib/kiosk_fixture.h"

/* What the screens call their touches. */
enum {
	WALKIN_TOUCH_KEY = 32,
	WALKIN_TOUCH_ERASE,
	WALKIN_TOUCH_LAYOUT,
	WALKIN_TOUCH_SIGNS,
	WALKIN_TOUCH_NEXT,
	WALKIN_TOUCH_ANSWER,
	WALKIN_TOUCH_PAGE,
	WALKIN_TOUCH_MEANT,
	WALKIN_TOUCH_IS_THIS,
	WALKIN_TOUCH_IS_TWIN,
	WALKIN_TOUCH_IS_NEW,
	WALKIN_TOUCH_AGAIN,
	SIGN_TOUCH_SHEET = 32,
	SIGN_TOUCH_CLEAR,
	SIGN_TOUCH_STAFF,
	SIGN_TOUCH_DONE,
	SIGN_TOUCH_WITHOUT,
	RESULT_TOUCH_HAVE_IT = 32,
};

/* The form has a name, a community, a telephone number, a year of birth, a guardian for who is under age, a choice, a yes-no question and two consents. */
void visitor_form(struct model *m, enum signature_wish signature);

/* One message each; effects are good until the next one. */
struct effects visitor_act(struct model *m, int action, int64_t argument);
struct effects visitor_types(struct model *m, const char *text);
const struct effect *visitor_last(const struct effects *effects); /* there is one */
/* The form shows the field with that key. */
void visitor_is_asked(const struct model *m, const char *key);
/* What the last effect asked for is answered: people, or how it may go on. */
void visitor_found(struct model *m, const struct effects *asked, const char *const *names, size_t count);
void visitor_suggested(struct model *m, const struct effects *asked, const struct suggestion *all, size_t count);
/* Likewise whether whoever filled in the form is on the list already: they are Олена П., or nobody is. */
struct effects visitor_is_met(struct model *m, const struct effects *asked, bool there);
/* The store thread answers to the form that it could not be saved. */
void visitor_not_saved(struct model *m, enum station_standing standing);
/* A finger writes across the sheet, and is lifted. */
void visitor_writes(struct model *m);
/* From the first screen to the field with that key; what comes before is answered. */
void visitor_reaches(struct model *m, const char *key);
/* Everything is answered; with a telephone number it is not over yet: EFFECT_TWIN asks whether somebody on the list has it. */
struct effects visitor_fills_in(struct model *m);
struct effects visitor_fills_in_phone(struct model *m);

struct visitor_state {
	const char *name;
	void (*reach)(struct kiosk_fixture *f);
};
extern const struct visitor_state visitor_states[];
extern const size_t visitor_state_count;

#endif
