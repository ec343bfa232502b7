/* The time zone that a cell names behind its time. Only what means one zone whoever writes it: UTC, GMT, Z, offsets, IANA names. "CET" and "EST"
 * are none: they are said of summer, too, and several countries have their own. */
#ifndef TURNOUT_IMPORT_CELL_ZONE_H
#define TURNOUT_IMPORT_CELL_ZONE_H

#include <stdbool.h>

#define CELL_ZONE_MAX 64 /* bytes of a name with its NUL; what is longer is none */

/* "10:00 UTC", "2026-05-14T07:00:00Z", "10:00 (UTC+3)", "10:00 +03:00", "10:00 Europe/Kyiv": puts what looks like a zone's name into `zone`, for
 * agenda_zones_find, and cuts it off `text`. False, and nothing was changed, when there is none.
 *
 * "-11:30" is the end of a range. It is an offset behind an ISO date with "T" ("2026-05-14T10:00-04:00"), behind seconds, as "-0400" of its own,
 * and where a range in one cell with its date would last for more than half a day ("2026-05-14 10:00-04:00"). */
bool cell_zone_cut(char *text, char zone[CELL_ZONE_MAX]);

#endif
