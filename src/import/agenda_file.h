/* The agenda of any file we know: iCalendar, frab's or pretalx's JSON or XML, a table. Which it is, the content tells, not the name. */
#ifndef TURNOUT_IMPORT_AGENDA_FILE_H
#define TURNOUT_IMPORT_AGENDA_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "event/agenda.h"
#include "import/agenda_table.h"

#define AGENDA_FILE_MAX ((size_t)64 << 20) /* bytes */

/* Reads the file ("-": stdin). `zone` holds for times that name none; `opt` may be NULL. UIDs are unique in `out`, which is filled on
 * success only (agenda_fini frees it) and then holds a session at least, unless the report tells of series of which no date is the
 * event's. Errors name the file, and line and column where there is one. */
bool agenda_read(const char *path, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		 struct err *err) TURNOUT_MUST_CHECK;
/* The same for bytes in memory. */
bool agenda_parse(const struct strbuf *bytes, const struct tz *zone, const struct agenda_options *opt, struct agenda *out,
		  struct err *err) TURNOUT_MUST_CHECK;

#endif
