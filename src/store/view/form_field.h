/* The fields of the form for people without a badge: what editors set of each (event/form.h). Its id is its key; "status" "removed" takes it off the form. */
#ifndef TURNOUT_STORE_VIEW_FORM_FIELD_H
#define TURNOUT_STORE_VIEW_FORM_FIELD_H

struct store_view;
extern const struct store_view view_form_field;

#endif
