/* Windows' names of time zones as IANA names: Unicode CLDR 43, windowsZones.xml, territory 001 (Kyiv under its present name). */
#ifndef TURNOUT_IMPORT_ICAL_ZONE_NAMES_H
#define TURNOUT_IMPORT_ICAL_ZONE_NAMES_H

/* NULL for other names. */
const char *ical_zone_of_windows(const char *name);

#endif
