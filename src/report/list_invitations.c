#include "report/list_invitations.h"

#include "base/alloc.h"
#include "base/str.h"
#include "report/list_stations.h"
#include "store/read/invitations.h"

static const struct column INVITATION_COLUMNS[] = {
	{"key", NULL, LIST_ALL},      {"name", NULL, LIST_ALL},     {"status", NULL, LIST_ALL},
	{"stations", NULL, LIST_ALL}, {"checkins", NULL, LIST_ALL}, {"carried", "in this file", LIST_ALL},
};

struct invitation_list {
	enum listing_form form;
	struct listing *listing;
};

static bool put_invitation(void *context, const struct invitation_row *row, struct err *err) {
	const struct invitation_list *list = context;
	struct listing *l = list->listing;
	char key[2 * KEY_LEN + 1];
	str_hex(row->key.b, KEY_LEN, key);
	if (list->form == LISTING_TABLE) {
		key[LIST_KEY_SHOWN] = '\0';
	}
	listing_text(l, key);
	listing_text(l, row->name);
	listing_text(l, row->open ? "open" : "closed");
	listing_int(l, row->stations);
	listing_int(l, row->checkins);
	listing_bool(l, row->carried);
	return listing_row(l, err);
}

bool list_invitations(struct store *store, const struct list_options *options, struct err *err) {
	struct listing_options how = {options->form, INVITATION_COLUMNS, COUNT_OF(INVITATION_COLUMNS), options->bom};
	struct invitation_list list = {options->form, listing_open(options->out, &how)};
	bool ok = invitations_each(store, put_invitation, &list, err) && listing_finish(list.listing, err);
	listing_close(list.listing);
	return ok;
}
