/* People who may be one: they share an e-mail address, in whatever case, or a telephone number (event/phone.h), and their names fit each other
 * (event/whole_name.h). Who is off the roster, or was joined into somebody, is nobody's twin. */
#ifndef TURNOUT_STORE_READ_TWINS_H
#define TURNOUT_STORE_READ_TWINS_H

#include "base/err.h"
#include "event/given_names.h"
#include "event/person.h"

struct store;

struct twins {
	struct {
		const char *id, *name;
	} person[2]; /* where they are one, the first is joined into the second: a walk-in into who was on the list, who is not expected into who is */
	enum person_field by; /* PERSON_EMAIL or PERSON_PHONE */
	const char *value;    /* what they share, in the form in which it is compared */
};

/* Texts are good during the call. */
typedef bool twins_fn(void *context, const struct twins *twins, struct err *err);
/* Each two once, always in the same order. Of what more people share than can be one another, those with like names are compared. */
bool twins_each(struct store *store, const struct given_names *given, twins_fn *each, void *context, struct err *err) TURNOUT_MUST_CHECK;

struct twin_question {
	const struct person *who; /* by name, e-mail and phone */
	/* False: whoever asks is not to be told of that person. NULL: of anybody. */
	bool (*may_tell)(void *context, const char *id);
	void *context;
};

/* Somebody on the roster who may be whoever gave their name and an address or number, and whom they may be told of by what they know of them
 * (whole_name_claim): whose name is the same goes before whose is like it, of equals whoever is expected before who is not; and whose registration was declined or cancelled is nobody. "" in `id`: nobody. */
bool twin_find(struct store *store, const struct given_names *given, const struct twin_question *question, char id[PERSON_ID_LEN + 1],
	       struct err *err) TURNOUT_MUST_CHECK;

#endif
