/* The lists of `turnout list`, each streaming its rows. */
#ifndef TURNOUT_CLI_LIST_H
#define TURNOUT_CLI_LIST_H

#include "cli/common.h"

#define LIST_KEY_SHOWN 16 /* digits of a key in a table */

struct list_options {
	struct out *out;
	enum listing_form form;
	bool bom;
	const char *query; /* of people; NULL: all */
};

bool list_people(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;
bool list_sessions(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;
bool list_checkins(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;
bool list_stations(struct store *store, const struct list_options *options, struct err *err) TURNOUT_MUST_CHECK;

#endif
