/* Settings of the event, as the view has them. */
#ifndef TURNOUT_STORE_VIEW_SETTING_H
#define TURNOUT_STORE_VIEW_SETTING_H

#include <stdbool.h>

#include "base/err.h"

struct store;

/* The text is for free(); NULL when it is not set. */
char *setting_get(struct store *store, const char *key);

/* Reads the event's time zone into the open store: at opening, and when settings changed. */
bool setting_load_tz(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
bool setting_changed(const struct store *store); /* in the open transaction */

struct store_view;
extern const struct store_view view_setting;

#endif
