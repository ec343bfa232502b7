/* frab's and pretalx's schedule.xml, and pentabarf's as FOSDEM writes it: schedule > day > room > event (import/frab.h says what is tolerated). */
#ifndef TURNOUT_IMPORT_AGENDA_FRAB_XML_H
#define TURNOUT_IMPORT_AGENDA_FRAB_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/tz.h"
#include "event/agenda.h"

/* Adds the sessions of the n bytes of XML to `out`, which the caller frees, also on failure; agenda_finish is the caller's.
 * ERR_INPUT names the line. */
bool agenda_frab_xml_parse(const char *bytes, size_t n, const struct tz *zone, struct agenda *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
