/* The headers that columns of agendas have, in Ukrainian, Russian and English. */
#ifndef TURNOUT_IMPORT_AGENDA_ALIAS_H
#define TURNOUT_IMPORT_AGENDA_ALIAS_H

#include "base/mapstr.h"
#include "event/agenda.h"
#include "import/alias.h"

/* What a column can mean: an enum session_field, or one of these; -1: nothing. */
enum {
	TO_START = SESSION_FIELD_COUNT,
	TO_END,
	TO_DATE,
	TO_END_DATE,
	TO_ROOM,
	TO_UID,
	TO_CAPACITY,
	TO_DURATION,
	TO_STATUS,
	TO_ALL_DAY,
	TO_TIMEZONE, /* of the row's times */
	TO_COUNT
};

/* For alias_find; mapstr_fini frees it. Rank 0: the column may be the title where there is no other. */
struct mapstr agenda_aliases(void);

/* The meaning that --map calls so, or -1. */
int agenda_target_find(const char *key);

#endif
