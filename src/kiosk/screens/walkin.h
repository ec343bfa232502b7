/* Somebody who is on no list fills in the form; and what its last page, the signature, does when they are done. */
#ifndef TURNOUT_KIOSK_SCREENS_WALKIN_H
#define TURNOUT_KIOSK_SCREENS_WALKIN_H

#include "kiosk/model.h"

struct visitor_signed {
	enum signature_by by;
	const struct handwriting *hand; /* NULL: staff sign */
};
/* All is answered and, where it is wanted, signed: they go to the store thread. `signature` NULL: they do not sign. */
void walkin_send(struct model *m, const struct visitor_signed *signature, struct effects *effects);

/* Does the form keep what it sent for another try, as that answer says that it was not saved? Then nothing else is to say so. */
bool walkin_keeps(const struct model *m, const struct desk_message *answer);

#endif
