/* Settings of the event: which there are, what they may be, and setting them. The text of one is read by setting_get (store/view/setting.h). */
#ifndef TURNOUT_STORE_READ_SETTINGS_H
#define TURNOUT_STORE_READ_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/view/setting.h"

/* Key and value (title, place, timezone, languages, dates, …) are checked; ERR_USAGE names the keys there are. */
bool setting_check(const char *key, const char *value, struct err *err) TURNOUT_MUST_CHECK;
bool setting_put(struct store *store, const char *key, const char *value, struct err *err) TURNOUT_MUST_CHECK;
/* The file that a logo's setting names: a relative path counts from the event file's folder. New memory for free(). */
char *setting_logo_path(struct store *store, const char *value);
/* One line a key: what it means. NULL at the end. */
const char *setting_help(size_t index, const char **key);

/* The event's days from its setting "dates": at most `cap`, ascending; returns how many. */
size_t setting_days(struct store *store, int64_t *days, size_t cap);
/* The event's first language ("uk"), or "". */
void setting_first_language(struct store *store, char *out, size_t cap);
/* A whole number from a setting, or `otherwise`. */
int64_t setting_number(struct store *store, const char *key, int64_t otherwise);

#define EVENT_DAYS_MAX 400
#define STAFF_PIN_MIN 4 /* digits */
#define STAFF_PIN_MAX 8

#endif
