/* Badges: whose a code is, and whether it was revoked. */
#ifndef TURNOUT_STORE_VIEW_BADGE_H
#define TURNOUT_STORE_VIEW_BADGE_H

struct store_view;
extern const struct store_view view_badge;

#endif
