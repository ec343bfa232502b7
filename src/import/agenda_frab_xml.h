/* frab's and pretalx's schedule.xml, and pentabarf's as FOSDEM writes it: schedule > day > room > event, events also
 * under the day itself (import/frab.h says what is tolerated). */
#ifndef TURNOUT_IMPORT_AGENDA_FRAB_XML_H
#define TURNOUT_IMPORT_AGENDA_FRAB_XML_H

#include <stdbool.h>

#include "base/err.h"
#include "import/agenda_report.h"

/* Adds the sessions of the XML to `out`, which the caller frees, also on failure; agenda_finish is the caller's.
 * ERR_INPUT names the line. */
bool agenda_frab_xml_parse(const struct agenda_input *in, struct agenda *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
