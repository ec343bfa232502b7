/* The time zones of a calendar. A VTIMEZONE of the calendar's own beats its name: files call their zones "UTC+03:00", "Local" or
 * "Europe/Kyiv" and define them as they mean them. Without one the name is the system's (also behind a prefix like
 * /freeassociation.sourceforge.net/), Windows' (import/zone_names.h), or an offset ("UTC+3", "GMT-05:30").
 *
 * A VTIMEZONE is taken when its rules are yearly ones by month and day, as real zones have them; one whose rules are others counts as
 * not there. Its changes are computed here up to the year 2199: libical reads them up to 2037 and not with BYHOUR. */
#ifndef TURNOUT_IMPORT_AGENDA_ICAL_ZONE_H
#define TURNOUT_IMPORT_AGENDA_ICAL_ZONE_H

#include <libical/ical.h>

#include "base/tz.h"
#include "import/agenda_report.h"

struct ical_zone;

struct ical_zones { /* a zeroed struct is empty */
	struct ical_zone **items;
	size_t count, cap;
};
void ical_zones_fini(struct ical_zones *zones);

/* The zone that `calendar` means by the name, or NULL. It lives as long as `zones`. */
const struct ical_zone *ical_zone_find(struct ical_zones *zones, icalcomponent *calendar, const char *name);
/* One that is `tz`, which stays the caller's. */
const struct ical_zone *ical_zone_of(struct ical_zones *zones, const struct tz *tz);

/* As tz_utc, tz_civil and agenda_hour. */
struct utc_ms ical_zone_utc(const struct ical_zone *zone, const struct civil *local);
struct civil ical_zone_civil(const struct ical_zone *zone, struct utc_ms utc);
enum agenda_hour ical_zone_hour(const struct ical_zone *zone, const struct civil *local);

#endif
