/* When a session is, in words. */
#ifndef TURNOUT_KIOSK_SCREENS_SESSION_WORDS_H
#define TURNOUT_KIOSK_SCREENS_SESSION_WORDS_H

#include "kiosk/screens/view.h"

void part_session_start(const struct session *s, struct strbuf *out); /* "10:30" */
/* "10:30 – 11:15" */
void part_session_times(const struct view *v, const struct session *s, struct strbuf *out);

#endif
