/* One value of a person as it is kept: checked, and brought into one form where a field has one. The door for tables and for the command
 * line. */
#ifndef TURNOUT_IMPORT_PERSON_VALUE_H
#define TURNOUT_IMPORT_PERSON_VALUE_H

#include "event/person.h"
#include "import/fault.h"

/* "", "-", "немає", "n/a", "н/д": what people write where there is nothing; of a phone or the like "немає телефону", too. */
bool person_value_is_nothing(enum person_field field, const char *value);

/* Sets the field: e-mail addresses in lower case (also out of "Ann <a@example.org>."), years of birth as four digits, languages by their code
 * (language_text.h), sex as f or m (others as they call it), phones as they are written, consent as yes or no, a registration by its word, where the value tells; other
 * fields as they are. FAULT_NONE when it was taken. FAULT_EMAIL_MORE, FAULT_LANGUAGE_MORE: the first of several was. What is no year of birth, phone,
 * e-mail address, sex or language sets nothing. */
enum fault_kind person_value_set(struct person *p, enum person_field field, const char *value);

/* Programs that export for Excel put a ' before what it would take for a formula (the TAB that others put is gone already). */
const char *person_cell_text(const char *cell);

#endif
