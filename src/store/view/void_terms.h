/* Is a record out of the books (store/view/void.h)? In SQL, for all who count. */
#ifndef TURNOUT_STORE_VIEW_VOID_TERMS_H
#define TURNOUT_STORE_VIEW_VOID_TERMS_H

#include "store/log/rows.h"

/* SQL: that row of view_void speaks of that log. */
#define VOID_OF(row, log) "(" row ".key = " log ".author AND (" row ".log = x'' OR " row ".log = " LOG_NAME(log) "))"
/* SQL: the record is out of the books. One step into a table that is empty nearly always. */
#define IS_VOID(record)                                                                                                           \
	"EXISTS (SELECT 1 FROM view_void y JOIN log z ON " VOID_OF("y", "z") " WHERE z.id = " record " >> 40 AND y.first_seq <= " \
									     "(" record " & 1099511627775))"
/* SQL: records of the check-ins that are out of the books. */
#define CHECKINS_VOID                                                                                                                \
	"SELECT w.record FROM view_void y JOIN log z ON " VOID_OF("y", "z") " JOIN view_checkin w ON w.record BETWEEN z.id << 40 | " \
									    "y.first_seq AND (z.id << 40) + 1099511627775"

#endif
