#include "report/list_contacts.h"

#include "base/alloc.h"
#include "event/form.h"
#include "event/registration.h"
#include "store/read/people.h"

static const enum person_field FIELDS[] = {PERSON_NAME, PERSON_ORGANISATION, PERSON_COMMUNITY, PERSON_REGION, PERSON_PHONE, PERSON_EMAIL};
static const struct column COLUMNS[] = {
	{"name", NULL, LIST_ALL},   {"organisation", NULL, LIST_ALL}, {"community", NULL, LIST_ALL},
	{"region", NULL, LIST_ALL}, {"phone", NULL, LIST_ALL},        {"email", NULL, LIST_ALL},
};
_Static_assert(COUNT_OF(FIELDS) == COUNT_OF(COLUMNS), "every column has its field");

static bool put_person(void *context, const struct person_row *row, struct err *err) {
	struct listing *l = context;
	/* Whoever does not come has agreed to be known to those who do, and they would not know them. */
	if (!form_consent_given(person_custom(&row->person, FORM_CONTACTS)) || !registration_admits(person_registration(&row->person))) {
		return true;
	}
	for (size_t i = 0; i < COUNT_OF(FIELDS); i++) {
		listing_text(l, person_text(&row->person, FIELDS[i]));
	}
	return listing_row(l, err);
}

bool list_contacts(struct store *store, const struct list_options *options, struct err *err) {
	struct listing_options how = {options->form, COLUMNS, COUNT_OF(COLUMNS), options->bom};
	struct listing *l = listing_open(options->out, &how);
	bool ok = people_each(store, NULL, put_person, l, err) && listing_finish(l, err);
	listing_close(l);
	return ok;
}
