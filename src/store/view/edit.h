/* Appending edits: a record that sets fields of a thing and names what it replaces (store/view/register.h). */
#ifndef TURNOUT_STORE_VIEW_EDIT_H
#define TURNOUT_STORE_VIEW_EDIT_H

#include "store/store.h"

struct edit_draft {
	const char *kind;    /* "event", "person", "session" */
	const char *id;      /* of the thing; "" for the event */
	const char *set;     /* JSON object: the fields to set; "" as a value clears one */
	const char *source;  /* an import's source, or NULL */
	const char *uid;     /* what the source calls it, or NULL */
	const char *subject; /* "" where the body holds no personal data; NULL: the person's present one, or a new one */
	bool fresh;          /* the caller knows that no record speaks of it yet */
};

bool edit_append(struct store *store, const struct edit_draft *draft, struct err *err) TURNOUT_MUST_CHECK;

/* The subject under which a person who is on the roster for the (turn + 1)th time stands; from 0. */
#define SUBJECT_TEXT 33
bool person_subject(struct store *store, const char *id, int turn, char subject[SUBJECT_TEXT], struct err *err) TURNOUT_MUST_CHECK;

/* Settings of the event. The text is for free(); NULL when it is not set. */
char *setting_get(struct store *store, const char *key);
/* Key and value (title, place, timezone, languages, dates, …) are checked; ERR_USAGE names the keys there are. */
bool setting_check(const char *key, const char *value, struct err *err) TURNOUT_MUST_CHECK;
bool setting_put(struct store *store, const char *key, const char *value, struct err *err) TURNOUT_MUST_CHECK;
/* The file that a logo's setting names: a relative path counts from the event file's folder. New memory for free(). */
char *setting_logo_path(struct store *store, const char *value);
/* One line a key: what it means. NULL at the end. */
const char *setting_help(size_t index, const char **key);

/* The event's days from its setting "dates": at most `cap`, ascending; returns how many. */
size_t setting_days(struct store *store, int64_t *days, size_t cap);
/* A whole number from a setting, or `otherwise`. */
int64_t setting_number(struct store *store, const char *key, int64_t otherwise);

#define EVENT_DAYS_MAX 400
#define STAFF_PIN_MIN 4 /* digits */
#define STAFF_PIN_MAX 8

#endif
