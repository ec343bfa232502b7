/* What the organiser takes out of the books: the check-ins and walk-ins of a station that fell into wrong hands.
 *
 * A void is an edit (store/view/register.h) whose thing is the station's key: {"id": "<key>", "set": {…}}. The field "void" is "yes" (everything that
 * the station wrote, also what is not here yet) or "no"; a field named by a log's id is the seq from which that log is out of the books, 0 for none of
 * it. So it can be taken back, two laptops may say it while apart, and of values that nothing replaced the greatest hash counts.
 *
 * Nothing is dropped: the records stand in their log as they did, lists show them with a mark. They let nobody in, count for nothing, fill no room, and
 * who was scanned there is scanned for the first time elsewhere. A walk-in is off the roster, as if removed, and the code is good no more, as if revoked,
 * unless somebody else has it by right. */
#ifndef TURNOUT_STORE_VIEW_VOID_H
#define TURNOUT_STORE_VIEW_VOID_H

#include "store/view/void_terms.h"

#define VOID_ALL "void" /* the field that speaks of all logs */

struct store_view;
extern const struct store_view view_void;

#endif
