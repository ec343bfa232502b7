/* Codes that stood on badges which were printed: a row each, however often. A record is {"codes": […]}, each as check-ins name it (checkin_stub). */
#ifndef TURNOUT_STORE_VIEW_PRINTED_H
#define TURNOUT_STORE_VIEW_PRINTED_H

struct store_view;
extern const struct store_view view_printed;

#endif
