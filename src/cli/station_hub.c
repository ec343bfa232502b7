#include "cli/station_hub.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/admin_token.h"
#include "cli/common.h"
#include "cli/hub_common.h"
#include "report/list_stations.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

static const struct column COLUMNS[] = {
	{"key", NULL, 0}, {"name", NULL, 0}, {"standing", NULL, 0}, {"logs", NULL, 0}, {"records", NULL, 0}, {"here", NULL, 0},
};

/* What this file holds of the same station. */
struct known {
	struct public_key key;
	char name[ROLE_NAME_MAX + 1];
	int64_t records;
};

struct known_list {
	struct known *items;
	size_t count, cap;
};

struct hub_list {
	struct store *store;
	struct hub_token token;
	struct known_list known;
	enum listing_form form;
	struct listing *listing;
	char last[2 * KEY_LEN + 1]; /* the key that was listed last; "" */
};

static bool note_known(void *context, const struct station_row *row, struct err *err) {
	struct known_list *list = context;
	(void)err;
	ARRAY_GROW(list, items);
	struct known *k = &list->items[list->count++];
	*k = (struct known){.key = row->key, .records = row->records};
	str_copy(k->name, sizeof k->name, row->name);
	return true;
}

static const struct known *find_known(const struct hub_list *list, const struct public_key *key) {
	for (size_t i = 0; i < list->known.count; i++) {
		if (crypto_key_eq(&list->known.items[i].key, key)) {
			return &list->known.items[i];
		}
	}
	return NULL;
}

/* "KEY STANDING LOGS RECORDS", cut up in place. */
static bool put_line(struct hub_list *list, char *line, struct err *err) {
	char *part[4]; /* another hub may say more: the last one takes it, and is no number then */
	struct public_key key;
	int64_t counts[2];
	if (str_split(line, ' ', part, COUNT_OF(part)) != COUNT_OF(part) || !str_unhex(part[0], key.b, KEY_LEN) ||
	    !str_to_i64(part[2], &counts[0]) || !str_to_i64(part[3], &counts[1])) {
		return err_set(err, ERR_INPUT, "the hub's list cannot be read; this program may be older than the hub");
	}
	const struct known *known = find_known(list, &key);
	char shown[2 * KEY_LEN + 1];
	str_copy(list->last, sizeof list->last, part[0]);
	str_copy(shown, list->form == LISTING_TABLE ? LIST_KEY_SHOWN + 1 : sizeof shown, part[0]);
	listing_text(list->listing, shown);
	listing_text(list->listing, known != NULL ? known->name : "");
	listing_text(list->listing, part[1]);
	listing_int(list->listing, counts[0]);
	listing_int(list->listing, counts[1]);
	listing_int(list->listing, known != NULL ? known->records : 0);
	return listing_row(list->listing, err);
}

/* Asks for those behind the last one. *more: there are others. */
static bool ask(struct hub_list *list, const struct args *args, bool *more, struct err *err) {
	struct hub_visit visit = {.url = args_operand(args, 2), .token = &list->token};
	struct enrolment_lines answer = {.count = 0};
	bool any = false;
	bool ok = hub_visit_open(args, "stations", &visit, err);
	if (ok) {
		enrolment_put_octets(&visit.lines, "event", store_event(list->store)->b, HASH_LEN);
		enrolment_put(&visit.lines, "after", list->last);
		ok = hub_visit_ask(&visit, &answer, err);
	}
	for (size_t i = 0; ok && i < answer.count; i++) {
		if (str_eq(answer.items[i].word, "station")) {
			char *line = xstrdup(answer.items[i].value);
			ok = put_line(list, line, err);
			any = true;
			free(line);
		}
	}
	*more = ok && any && str_eq(enrolment_get(&answer, "say"), "more");
	enrolment_lines_fini(&answer);
	hub_visit_fini(&visit);
	return ok;
}

bool station_hub_list(struct store *store, const struct args *args, struct out *out, struct err *err) {
	struct hub_list list = {.store = store};
	bool more = true;
	if (!cli_form(args, &list.form, err) || !roles_each(store, note_known, &list.known, err) || !admin_token(args, &list.token, err)) {
		free(list.known.items);
		return false;
	}
	struct listing_options how = {list.form, COLUMNS, COUNT_OF(COLUMNS), false};
	list.listing = listing_open(out, &how);
	bool ok = true;
	while (ok && more) {
		ok = ask(&list, args, &more, err);
	}
	ok = ok && listing_finish(list.listing, err);
	listing_close(list.listing);
	crypto_wipe(&list.token, sizeof list.token);
	free(list.known.items);
	return ok;
}
