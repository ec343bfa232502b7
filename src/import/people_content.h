/* What a column means is told by its header; where headers say too little, by what stands below them. */
#ifndef TURNOUT_IMPORT_PEOPLE_CONTENT_H
#define TURNOUT_IMPORT_PEOPLE_CONTENT_H

#include "import/people_layout.h"
#include "import/table.h"

/* Settles which columns say something of the registration ("Status" may be the kind of a guest as well), and whether the column of names
 * holds given names alone ("Name", "Surname"). Sets layout->registration, layout->statuses and layout->given_names. */
void people_content_judge(const struct table *t, struct people_layout *layout);

/* Every word of `part` is one of `name`, however they are written (event/fold.h). */
bool people_name_holds(const char *name, const char *part);
bool people_name_is_one_word(const char *name);

#endif
