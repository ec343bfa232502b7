/* frab's and pretalx's schedule.json: schedule > conference > days > rooms > entries (import/frab.h says what is tolerated); and the second
 * version of it, which the hub of the Chaos Communication Congress writes (voc/schedule, validator/json/schema2.json with
 * examples/hub-schedule2.json, as of the 38C3): days without entries, and schedule > events in one list, each with start and end as times
 * with offset, a room {name, guid}, a track {slug}, and participants. Rooms and tracks are looked up in the conference's lists by guid or
 * slug, also where such a list is an object by guid; entries may stand under a day directly. */
#ifndef TURNOUT_IMPORT_AGENDA_FRAB_H
#define TURNOUT_IMPORT_AGENDA_FRAB_H

#include <stdbool.h>

#include "base/err.h"
#include "import/agenda_report.h"

/* Adds the sessions of the UTF-8 to `out`, which the caller frees, also on failure; agenda_finish is the caller's.
 * ERR_INPUT names line and column of broken JSON, else day, room and title. */
bool agenda_frab_parse(const struct agenda_input *in, struct agenda *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
