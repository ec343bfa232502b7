/* Points that are no session: where something is handed out, one thing each. Its fields are those of event/point.h, its id their key. */
#ifndef TURNOUT_STORE_VIEW_POINT_H
#define TURNOUT_STORE_VIEW_POINT_H

struct store_view;

extern const struct store_view view_point;

#endif
