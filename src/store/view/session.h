/* Sessions of the agenda: a row each, of all edits that speak of them. */
#ifndef TURNOUT_STORE_VIEW_SESSION_H
#define TURNOUT_STORE_VIEW_SESSION_H

struct store_view;
extern const struct store_view view_session;

#endif
