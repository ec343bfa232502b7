/* Time zones by the names that agendas give them. */
#ifndef TURNOUT_IMPORT_AGENDA_ZONE_H
#define TURNOUT_IMPORT_AGENDA_ZONE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mapstr.h"
#include "base/tz.h"

/* A zone by its IANA name, also one that was renamed, or NULL. Names that could be paths or rules of POSIX's are not looked up. */
struct tz *agenda_zone(const char *name);

/* That, or by an offset ("UTC+3", "GMT-05:30", "+0300"), Windows' names (import/zone_names.h), or an IANA name behind a prefix
 * ("/citadel.org/20190914_1/Europe/Kyiv"). NULL for other names. */
struct tz *agenda_zone_named(const char *name);

struct agenda_named_zone {
	const struct tz *tz; /* NULL: nobody knows the name */
	bool utc;            /* UTC itself: times in it say when, and not where */
};

#define AGENDA_ZONES_MAX 2000 /* names of one file; there are 600 in the world. Further ones are known to nobody */

/* Those of one file, each looked for once. */
struct agenda_zones {          /* a zeroed struct is empty */
	struct mapstr by_name; /* -> 1 + index in items */
	struct agenda_zone_entry *items;
	size_t count, cap;
};
void agenda_zones_fini(struct agenda_zones *zones);

/* What a cell calls so: agenda_zone_named, also "UTC − 4", "Z", "Europe/Kyiv (EEST)", "Київ". The zone lives as long as `zones`. */
struct agenda_named_zone agenda_zones_find(struct agenda_zones *zones, const char *name);

#endif
