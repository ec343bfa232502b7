/* The kiosk of an event that thanks somebody: states for its pictures. */
#ifndef TURNOUT_TESTS_LIB_KIOSK_CREDITS_H
#define TURNOUT_TESTS_LIB_KIOSK_CREDITS_H

#include "lib/kiosk_fixture.h"

/* On the first screen, and on their own one. */
void credits_on_agenda(struct kiosk_fixture *f);
void credits_shown(struct kiosk_fixture *f);
/* Twenty of them, with long sentences. */
void credits_many_on_agenda(struct kiosk_fixture *f);
void credits_many_shown(struct kiosk_fixture *f);
/* Without a logo or a word. */
void credits_names_shown(struct kiosk_fixture *f);

/* Nobody has touched the box for a while: the page of the attract cycle that is theirs. */
void credits_attract(struct kiosk_fixture *f);
/* The fixture's event with a few of them, or with the twenty; for kiosk_event_free. */
struct kiosk_event *credits_event(bool many);

#endif
