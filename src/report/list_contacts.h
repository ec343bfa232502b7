/* The list that participants get who agreed that the others have their contact (event/form.h, FORM_CONTACTS): nobody else is on it. */
#ifndef TURNOUT_REPORT_LIST_CONTACTS_H
#define TURNOUT_REPORT_LIST_CONTACTS_H

#include "report/list.h"

struct store;

bool list_contacts(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
