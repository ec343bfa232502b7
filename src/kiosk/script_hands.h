/* The hands of a script: its touches, keys, typing and hand scanner, put where SDL would put a visitor's. */
#ifndef TURNOUT_KIOSK_SCRIPT_HANDS_H
#define TURNOUT_KIOSK_SCRIPT_HANDS_H

#include "kiosk/script.h"
#include "kiosk/ui/draw.h"

/* Every key that the script names is one; ERR_INPUT says where it is not. `name`: the script's. */
bool script_hands_check(const struct script *script, const char *name, struct err *err) TURNOUT_MUST_CHECK;
/* `finger`: where it was last, as it is lifted there. What is no hand's does nothing. */
void script_hands_play(const struct script_step *step, struct pixel finger);

/* Does this step need hands: is what it does taken when the loop next takes input? */
bool script_hands_are(const struct script_step *step);

#endif
