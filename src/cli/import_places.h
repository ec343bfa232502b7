/* turnout import places: for the pickers of a form. */
#ifndef TURNOUT_CLI_IMPORT_PLACES_H
#define TURNOUT_CLI_IMPORT_PLACES_H

#include "cli/import_run.h"

bool import_places(struct import_run *run, struct err *err) TURNOUT_MUST_CHECK;

#endif
