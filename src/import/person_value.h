/* One value of a person as it is kept: checked, and brought into one form where a field has one. The door for tables and for the command
 * line. */
#ifndef TURNOUT_IMPORT_PERSON_VALUE_H
#define TURNOUT_IMPORT_PERSON_VALUE_H

#include "event/person.h"

/* Sets the field: e-mail addresses in lower case, years of birth as four digits, languages as ISO 639-1, sex as f or m, consent as yes or
 * no, where the value tells; other fields as they are. NULL when it was taken (a year without any digit is none and sets nothing); else what
 * is wrong, to stand behind the quoted value ("is no e-mail address"). A literal. */
const char *person_value_set(struct person *p, enum person_field field, const char *value);

#endif
