/* What somebody typed into the form: as it is kept, or why it is no answer. */
#ifndef TURNOUT_KIOSK_SCREENS_WALKIN_ANSWER_H
#define TURNOUT_KIOSK_SCREENS_WALKIN_ANSWER_H

#include "event/form.h"
#include "kiosk/ui/field.h"

enum walkin_fault {
	WALKIN_GOOD,
	WALKIN_NOTHING,   /* where something must be */
	WALKIN_NO_LETTER, /* in a name */
	WALKIN_NO_PHONE,
	WALKIN_NO_EMAIL,
	WALKIN_NO_YEAR,  /* neither four digits nor a date with a year in it */
	WALKIN_YEAR_FAR, /* nobody was born then */
};

#define WALKIN_YEAR_FIRST 1900

/* `last`: the latest year in which somebody who is there may be born. `out` is wiped by whoever calls; "" where nothing was typed. */
enum walkin_fault walkin_answer_read(const struct form_field *field, const char *typed, int64_t last, char out[FIELD_BYTES_MAX]);

#endif
