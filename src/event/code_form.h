/* One form for the ways in which readers give a code that another system printed: what its roster writes and what a camera or a hand scanner
 * reads of it are to be compared by it, where they are not the same text.
 *
 * White space is as a roster keeps it, whose cells are tidied (base/utf8.h): one blank for several, none at the ends, letters composed. Signs
 * that look like a hyphen are one. The symbology identifier before a text is dropped (ISO/IEC 15424: "]C1"), and so are the marks that
 * part a GS1 element string, which readers give as the group separator, as "%", or by putting identifiers in parentheses (GS1 General
 * Specifications, 7.8). What Code 39 can hold is read as its full ASCII form (ISO/IEC 16388, annex A: "/A" is "!"), without its asterisks. An
 * article number has its UPC-A length of 12 digits where the digits before are zeros (EAN-13, GTIN-14). */
#ifndef TURNOUT_EVENT_CODE_FORM_H
#define TURNOUT_EVENT_CODE_FORM_H

#include <stdbool.h>

#include "event/person.h"

/* False, and `form` the same text, when the code is in that form already. A code longer than BADGE_CODE_MAX bytes is. */
bool code_form(const char *code, char form[BADGE_CODE_MAX + 1]);

#endif
