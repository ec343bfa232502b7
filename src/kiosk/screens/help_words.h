/* Where somebody calls for help, in words. */
#ifndef TURNOUT_KIOSK_SCREENS_HELP_WORDS_H
#define TURNOUT_KIOSK_SCREENS_HELP_WORDS_H

#include "kiosk/screens/view.h"

/* The box's name; of one without a name where it stands: the session's room or title; else the beginning of its key. */
void part_help_place(const struct view *v, const struct help_call *call, struct strbuf *out);

#endif
