/* What the lists of an event (list_people.h …) are told. Each streams its rows. */
#ifndef TURNOUT_REPORT_LIST_H
#define TURNOUT_REPORT_LIST_H

#include "report/listing.h"
#include "report/people_order.h"
#include "words/words.h"

/* The forms a column stands in. */
#define LIST_BOTH (LISTING_JSON | LISTING_CSV)
#define LIST_ALL (LISTING_TABLE | LIST_BOTH)

struct list_options {
	struct out *out;
	enum listing_form form;
	bool bom;
	const char *query;           /* of people; NULL: all */
	enum people_order order;     /* of people */
	const struct tongue *tongue; /* of conflicts in a table; NULL: English */
};

#endif
