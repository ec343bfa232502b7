/* Who works at the event's boxes, one thing each, under a subject of their own, so that they go with a purge. Its fields are those of event/staff.h, its
 * id their key, by which stations' records name them ("by"). */
#ifndef TURNOUT_STORE_VIEW_STAFF_H
#define TURNOUT_STORE_VIEW_STAFF_H

struct store_view;

extern const struct store_view view_staff;

#endif
