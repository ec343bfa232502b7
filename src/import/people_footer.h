/* The words that lines below a list begin with: sums ("Разом: 40", "Total") and signatures ("Список склала: …", "Підпис ____"). */
#ifndef TURNOUT_IMPORT_PEOPLE_FOOTER_H
#define TURNOUT_IMPORT_PEOPLE_FOOTER_H

#include <stdbool.h>

/* Behind a sum's word stands nothing, a number or what was counted; a signature's words are somebody's name unless a colon or a line to sign
 * on follows them. The text of one cell, as it is written. */
bool people_footer_text(const char *text);

#endif
