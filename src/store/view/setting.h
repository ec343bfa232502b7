/* Settings of the event, as the view has them. */
#ifndef TURNOUT_STORE_VIEW_SETTING_H
#define TURNOUT_STORE_VIEW_SETTING_H

#include <stdbool.h>

#include "base/err.h"

struct store;

/* Before the keys of what the program keeps for itself, one for each source of imports: such a value is nobody's choice, so that two laptops whose
 * values differ have nothing for people to look at. */
#define SETTING_OWN_PREFIX "import:"

/* The text is for free(); NULL when it is not set. */
char *setting_get(struct store *store, const char *key);

/* Reads the event's time zone into the open store: at opening, and when settings changed. */
bool setting_load_tz(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
bool setting_changed(const struct store *store); /* in the open transaction */

struct store_view;
extern const struct store_view view_setting;

#endif
