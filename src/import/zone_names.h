/* What other programs call time zones, as names of the system's zones.
 *
 * Windows' names and which zone each stands for: Unicode CLDR 42, common/supplemental/windowsZones.xml, territory 001, under the names that
 * tzdata has as its own today (Europe/Kyiv, Asia/Kolkata), and with the zones that later editions name where a country left its zone since:
 * Mountain Standard Time (Mexico) is Mazatlan's, Central Asia Standard Time Bishkek's. The places are Windows' display names, "(UTC+02:00) Helsinki, Kyiv, …", which
 * Outlook writes as a zone's name; editions of Windows differ in them by a place or two, so the zone that shares most places is it. */
#ifndef TURNOUT_IMPORT_ZONE_NAMES_H
#define TURNOUT_IMPORT_ZONE_NAMES_H

/* The zone that Windows calls so, by its key ("FLE Standard Time") or by its display name; NULL for other names. */
const char *zone_of_windows(const char *name);

/* The zone that those places lie in, "Київ" or "Helsinki, Kyiv"; NULL where none has them, or two have as many of them. */
const char *zone_of_places(const char *places);

/* The present name of a zone that was renamed ("Europe/Kiev"), or its former one for systems that know that alone; NULL for others. */
const char *zone_renamed(const char *name);

#endif
