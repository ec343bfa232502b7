/* libical's properties, read with care: VALUE= may make any property any kind of value, and times may be none. */
#ifndef TURNOUT_IMPORT_AGENDA_ICAL_VALUE_H
#define TURNOUT_IMPORT_AGENDA_ICAL_VALUE_H

#include <libical/ical.h>
#include <stdbool.h>

#include "base/tz.h"

/* The texts are the component's, never NULL where the comment does not say so. */
const char *ical_text_of(icalproperty *p); /* NULL for none */
const char *ical_text_property(icalcomponent *c, icalproperty_kind kind);
const char *ical_x_property(icalcomponent *c, const char *name); /* NULL for none */
const char *ical_tzid_of(icalproperty *p);
/* The date or date-time, of a period its start; false for any other kind and for years beyond ours. */
bool ical_time_of(icalproperty *p, struct icaltimetype *out);
/* Seconds of a UTC offset or of a duration; false for any other kind. */
bool ical_offset_of(icalcomponent *c, icalproperty_kind kind, int *seconds);
bool ical_duration_of(icalproperty *p, struct icaldurationtype *out);
/* The length that a period names, by its end or its duration; false for what is no period. */
bool ical_period_of(icalproperty *p, struct icalperiodtype *out);

/* The name of the first property of those that say when the entry is ("DTSTART", "RRULE", …) which libical threw away as unreadable, or
 * NULL: an entry without its rule would stand there once and look right. Those of its end are the second one's: an entry can do without them. */
const char *ical_unreadable(icalcomponent *c);
const char *ical_unreadable_end(icalcomponent *c);

struct civil ical_civil(struct icaltimetype t); /* a leap second, which has no place in civil time, is taken for the one before */
struct icaltimetype ical_wall(const struct civil *c);
int64_t ical_wall_ms(const struct civil *c);
struct civil ical_civil_of_wall(int64_t wall_ms);

#endif
