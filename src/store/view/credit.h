/* Whom the event thanks, one thing each: its fields are those of event/credit.h, its id their key. */
#ifndef TURNOUT_STORE_VIEW_CREDIT_H
#define TURNOUT_STORE_VIEW_CREDIT_H

struct store_view;

extern const struct store_view view_credit;

#endif
