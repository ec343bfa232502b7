/* frab's and pretalx's schedule.json: schedule > conference > days > rooms > entries (import/frab.h says what is tolerated). */
#ifndef TURNOUT_IMPORT_AGENDA_FRAB_H
#define TURNOUT_IMPORT_AGENDA_FRAB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/tz.h"
#include "event/agenda.h"

/* Adds the sessions of the n bytes of UTF-8 to `out`, which the caller frees, also on failure; agenda_finish is the caller's.
 * ERR_INPUT names line and column of broken JSON, else day, room and title. */
bool agenda_frab_parse(const char *bytes, size_t n, const struct tz *zone, struct agenda *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
