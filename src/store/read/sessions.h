/* The agenda as the views have it. */
#ifndef TURNOUT_STORE_READ_SESSIONS_H
#define TURNOUT_STORE_READ_SESSIONS_H

#include "base/crypto.h"
#include "base/err.h"
#include "event/agenda.h"

struct store;

#define SESSION_ID_LEN 20

struct session_row {
	char id[SESSION_ID_LEN + 1];
	struct session session; /* its uid is what the source calls it */
	char *source;
};

struct sessions {
	struct session_row *items; /* by start, room, id */
	size_t count, cap;
};

/* The id of an imported session: derived from event, source and UID. */
void session_id(const struct hash *event, const char *source, const char *uid, char id[SESSION_ID_LEN + 1]);

bool sessions_load(struct store *store, struct sessions *out, struct err *err) TURNOUT_MUST_CHECK;
void sessions_fini(struct sessions *list);

/* The session that a text names: an id, its beginning (6 digits or more), or a title that only one session has. */
const struct session_row *sessions_find(const struct sessions *list, const char *text, struct err *err) TURNOUT_MUST_CHECK;
/* NULL: there is none of that id. */
const struct session_row *sessions_by_id(const struct sessions *list, const char *id);
bool session_get(struct store *store, const char *id, struct session_row *out, bool *found, struct err *err) TURNOUT_MUST_CHECK;
void session_row_fini(struct session_row *row);

/* Writes those fields of `s` that differ from `before` (NULL: all; the session is new), and of those that somebody names those on which edits
 * disagree: saying again what is shown settles it. */
#define SESSION_NAMED(field) (1u << (field))
#define SESSION_NAMED_WHEN (1u << SESSION_FIELD_COUNT)
#define SESSION_NAMED_STATUS (2u << SESSION_FIELD_COUNT)
struct session_edit {
	const char *id;
	const struct session *before;
	const struct session *s;
	const char *source; /* NULL: by hand */
	unsigned named;     /* SESSION_NAMED… or'ed */
};
bool session_edit(struct store *store, const struct session_edit *edit, bool *changed, struct err *err) TURNOUT_MUST_CHECK;

#endif
