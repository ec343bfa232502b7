#include "event/session_list.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

bool session_is_listed(const struct session *session) { return str_eq(session->field[SESSION_LISTED], "yes"); }

char *session_list_column(const char *session_id) { return xasprintf(SESSION_LIST_PREFIX "%s", session_id); }

bool session_list_has(const char *session_id, const struct person *person) {
	char *column = session_list_column(session_id);
	bool has = str_eq(person_custom(person, column), "yes");
	free(column);
	return has;
}
