/* What becomes of the form when all is answered: is whoever fills it in on the list already, do they sign, and was it saved? */
#ifndef TURNOUT_KIOSK_SCREENS_WALKIN_END_H
#define TURNOUT_KIOSK_SCREENS_WALKIN_END_H

#include "kiosk/model.h"

/* All was answered. Before anything is written: whoever is on the list already is not put there once more without being asked. */
void walkin_finish(struct model *m, struct effects *effects);
/* The search's answer to that; NULL: none came. */
void walkin_meet(struct model *m, const struct found_message *found, struct effects *effects);
/* And theirs. */
void walkin_take_twin(struct model *m, bool is_they, struct effects *effects);

struct visitor_signed {
	enum signature_by by;
	const struct handwriting *hand; /* NULL: staff sign */
};
/* Where it is wanted they signed: they go to the store thread. `signature` NULL: they do not sign. */
void walkin_send(struct model *m, const struct visitor_signed *signature, struct effects *effects);
/* The same answers and signature once more. */
void walkin_try_again(struct model *m, struct effects *effects);
/* Does the form keep what it sent for another try, as that answer says that it was not saved? Then nothing else is to say so. */
bool walkin_keeps(const struct model *m, const struct desk_message *answer);

#endif
