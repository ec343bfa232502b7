/* What a visitor without a badge leaves at the kiosk, on its way to the store thread: their answers, their signature. Personal, so it is wiped when it is freed. */
#ifndef TURNOUT_KIOSK_WORKERS_VISITOR_H
#define TURNOUT_KIOSK_WORKERS_VISITOR_H

#include "station/desk.h"

#define TWIN_QUESTIONS 3 /* more people with one telephone number and such a name are not asked about */

/* People on the roster whom somebody said not to be. */
struct twins_denied {
	char ids[TWIN_QUESTIONS][PERSON_ID_LEN + 1];
	size_t count;
};

struct visitor {
	uint64_t number;                /* comes back with the answer (model_number) */
	char *set;                      /* of a walk-in: fields, as desk_walk_in takes them; NULL: somebody who is on the roster signs */
	char person[PERSON_ID_LEN + 1]; /* who signs; "" of a walk-in */
	struct twins_denied denied;     /* where it is asked who they are */
	bool signs;
	struct desk_signature signature; /* its `drawn` is NULL or &hand */
	struct handwriting hand;
};

struct visitor *visitor_new(void);
void visitor_free(struct visitor *visitor); /* NULL is fine */
/* `hand` NULL: nothing is drawn. */
void visitor_sign(struct visitor *visitor, enum signature_by by, const struct handwriting *hand);

#endif
