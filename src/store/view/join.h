/* Who turned out to be whom. Records say "this person is that one"; several may speak of one person, in chains and even in rings (two
 * organisers joining two people the other way round on two copies). The view holds for every joined person the one they are in the end, so
 * that one step is right everywhere. */
#ifndef TURNOUT_STORE_VIEW_JOIN_H
#define TURNOUT_STORE_VIEW_JOIN_H

struct store_view;
extern const struct store_view view_join;

#endif
