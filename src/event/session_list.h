/* Who may come to a session that has a list: a workshop that people applied for. That it has one says its field SESSION_LISTED; who is on it says a column of
 * each person's, "list:" and the session's id, so that it is edited, disputed, joined and erased like anything else of theirs. */
#ifndef TURNOUT_EVENT_SESSION_LIST_H
#define TURNOUT_EVENT_SESSION_LIST_H

#include <stdbool.h>

#include "event/agenda.h"
#include "event/person.h"

#define SESSION_LIST_PREFIX "list:"

/* Only who is on its list comes in. */
bool session_is_listed(const struct session *session);
/* The name of the column. New memory for free(). */
char *session_list_column(const char *session_id);
bool session_list_has(const char *session_id, const struct person *person);

#endif
