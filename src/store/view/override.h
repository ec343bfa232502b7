/* Who was let in although a rule said no: records of stations, beside the check-in that they made.
 *
 * {"log", "seq", "refused", "reason", "by", "salt"}: the check-in, by the name of its log and its place in it; what the station would have said ("full", …,
 * event/admission.h); why it did not; who of the staff decided, left out where nobody is known. It stands under the person's subject where somebody is
 * known, as a reason may say something of them. Which there are is kept in view_touch by the check-in, so there is no table; store/read/overrides.h reads
 * them. */
#ifndef TURNOUT_STORE_VIEW_OVERRIDE_H
#define TURNOUT_STORE_VIEW_OVERRIDE_H

#define OVERRIDE_THING 'o'

struct store_view;
extern const struct store_view view_override;

#endif
