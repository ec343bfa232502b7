/* frab's and pretalx's schedule.json: schedule > conference > days > rooms > entries (import/frab.h says what is tolerated). */
#ifndef TURNOUT_IMPORT_AGENDA_FRAB_H
#define TURNOUT_IMPORT_AGENDA_FRAB_H

#include <stdbool.h>

#include "base/err.h"
#include "import/agenda_report.h"

/* Adds the sessions of the UTF-8 to `out`, which the caller frees, also on failure; agenda_finish is the caller's.
 * ERR_INPUT names line and column of broken JSON, else day, room and title. */
bool agenda_frab_parse(const struct agenda_input *in, struct agenda *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
