/* The headers of columns that say something of a registration, and of those that number the rows: a part of people_alias.h. */
#ifndef TURNOUT_IMPORT_PEOPLE_ALIAS_REGISTRATION_H
#define TURNOUT_IMPORT_PEOPLE_ALIAS_REGISTRATION_H

#include <stddef.h>

#include "import/alias.h"

const struct alias *people_alias_registrations(size_t *n);

#endif
