/* Labels that boxes printed: records of stations.
 *
 * {"person" or "code", "again", "by"}: whose it is: the person's id, or where nobody is known their code as check-ins keep it (checkin_stub); "yes" when one
 * was printed before and staff asked for another; who of the staff, left out where nobody is known. Which there are is kept in view_touch, so there is no
 * table; store/read/labels.h reads them. */
#ifndef TURNOUT_STORE_VIEW_LABEL_H
#define TURNOUT_STORE_VIEW_LABEL_H

#define LABEL_THING 'k' /* then "p" and the person's id, or "c" and the code */

struct store_view;
extern const struct store_view view_label;

#endif
