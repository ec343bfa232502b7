/* Which words of the event's form are missing. */
#ifndef TURNOUT_CLI_FORM_WORDS_H
#define TURNOUT_CLI_FORM_WORDS_H

#include "event/form.h"

/* Says on stderr in which of an event's languages ("uk,en"; NULL says nothing) the field has no question, or a consent nothing to agree to: nobody agrees to what they
 * cannot read. */
void form_words_say_missing(const struct form_field *field, const char *languages);

#endif
