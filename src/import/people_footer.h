/* What stands in the lines below a list: sums ("Разом: 40", "Total"), signatures ("Список склала: …", "Підпис ____"), what was counted ("26 people"), pages,
 * legends ("* VIP"), the place of a seal. */
#ifndef TURNOUT_IMPORT_PEOPLE_FOOTER_H
#define TURNOUT_IMPORT_PEOPLE_FOOTER_H

#include <stdbool.h>

/* Behind a sum's word stands nothing, a number or what was counted; a signature's words are somebody's name unless a colon or a line to sign
 * on follows them. The text of one cell, as it is written. */
bool people_footer_text(const char *text);

/* Whether a line in which nothing else is written is no person; beside other cells it may say something of somebody ("5 people" of who brings them). */
bool people_footer_line(const char *text);

#endif
