/* People on the roster: a row each, of all edits that speak of them; and the codes of other systems that they had once (view_past_code), and
 * in which form they are compared (view_code_form). */
#ifndef TURNOUT_STORE_VIEW_PERSON_H
#define TURNOUT_STORE_VIEW_PERSON_H

struct store_view;
extern const struct store_view view_person;

#endif
