/* A session as a card, for what runs now, and as a row; its times in words. */
#ifndef TURNOUT_KIOSK_SCREENS_SESSION_PARTS_H
#define TURNOUT_KIOSK_SCREENS_SESSION_PARTS_H

#include "kiosk/screens/view.h"

void part_session_card(const struct view *v, struct box box, int session);
void part_session_row(const struct view *v, struct box box, int session);
void part_session_start(const struct session *s, struct strbuf *out); /* "10:30" */
/* "10:30 – 11:15" */
void part_session_times(const struct view *v, const struct session *s, struct strbuf *out);

#endif
