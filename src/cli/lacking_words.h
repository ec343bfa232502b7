/* Which of an event's languages ("uk,en"; NULL or "": nothing is said) lack words that the organiser gave in others, on stderr. */
#ifndef TURNOUT_CLI_LACKING_WORDS_H
#define TURNOUT_CLI_LACKING_WORDS_H

#include "event/credit.h"
#include "event/form.h"

/* A field without a question, or a consent with nothing to agree to: nobody agrees to what they cannot read. */
void form_say_lacking(const struct form_field *field, const char *languages);
/* A name, a sentence or a disclaimer, of which there are some. */
void credit_say_lacking(const struct credit *credit, const char *languages);

#endif
