#include "office/issue.h"

#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"
#include "store/read/badges.h"
#include "store/read/settings.h"

void issue_fini(struct issue *list) {
	for (size_t i = 0; i < list->count; i++) {
		struct issue_holder *h = &list->items[i];
		free(h->name);
		free(h->position);
		free(h->organisation);
		free(h->community);
		free(h->region);
		free(h->category);
		free(h->code);
		free(h->old);
	}
	free(list->items);
	*list = (struct issue){0};
}

/* Both are folded, their words parted by blanks. */
static bool holds_words(const char *text, const char *words) {
	char *within = xasprintf(" %s ", text), *copy = xstrdup(words), *save = NULL;
	bool all = true;
	for (char *word = strtok_r(copy, " ", &save); all && word != NULL; word = strtok_r(NULL, " ", &save)) {
		char *whole = xasprintf(" %s ", word);
		all = strstr(within, whole) != NULL;
		free(whole);
	}
	free(copy);
	free(within);
	return all;
}

/* How well a query fits somebody's name. */
static enum issue_by fits_name(const char *query, const struct person *person) {
	static const enum person_field names[] = {PERSON_NAME, PERSON_NAME_LATIN};
	enum issue_by by = ISSUE_BY_FIELDS;
	char *wanted = fold_words(query);
	for (size_t i = 0; wanted[0] != '\0' && i < COUNT_OF(names); i++) {
		char *name = fold_words(person_text(person, names[i]));
		enum issue_by so = str_eq(name, wanted) ? ISSUE_BY_NAME : holds_words(name, wanted) ? ISSUE_BY_WORDS : ISSUE_BY_FIELDS;
		by = so < by ? so : by;
		free(name);
	}
	free(wanted);
	return by;
}

struct best {
	const char *query;
	enum issue_by by;
};

static bool note_best(void *context, const struct person_row *row, struct err *err) {
	(void)err;
	struct best *best = context;
	enum issue_by by = fits_name(best->query, &row->person);
	best->by = by < best->by ? by : best->by;
	return true;
}

struct reading {
	struct store *store;
	const struct issue_options *options;
	struct issue *list;
	size_t left_out;
};

static bool add_holder(void *context, const struct person_row *row, struct err *err) {
	const struct reading *reading = context;
	struct issue *list = reading->list;
	enum registration registration = person_registration(&row->person);
	if (reading->options->query != NULL && fits_name(reading->options->query, &row->person) > list->by) {
		return true;
	}
	bool valid = row->badge == BADGE_STATUS_VALID, printed = false;
	if (!registration_admits(registration)) {
		list->left_out[registration]++;
		return true;
	}
	if (valid && !badge_was_printed(reading->store, row->code, &printed, err)) {
		return false;
	}
	if (printed && reading->options->fresh) {
		list->passed++;
		return true;
	}
	ARRAY_GROW(list, items);
	struct issue_holder *h = &list->items[list->count++];
	const struct person *p = &row->person;
	*h = (struct issue_holder){.name = xstrdup(person_text(p, PERSON_NAME)),
				   .position = xstrdup(person_text(p, PERSON_POSITION)),
				   .organisation = xstrdup(person_text(p, PERSON_ORGANISATION)),
				   .community = xstrdup(person_text(p, PERSON_COMMUNITY)),
				   .region = xstrdup(person_text(p, PERSON_REGION)),
				   .category = xstrdup(person_text(p, PERSON_CATEGORY))};
	str_copy(h->id, sizeof h->id, row->id);
	if (valid && !reading->options->reissue) {
		h->code = xstrdup(row->code);
		h->printed = printed;
	} else {
		h->old = valid ? xstrdup(row->code) : NULL;
		list->revoking += valid;
		list->lacking++;
	}
	return true;
}

bool issue_read(struct store *store, const struct issue_options *options, struct issue *out, struct err *err) {
	struct reading reading = {.store = store, .options = options, .list = out};
	struct best best = {options->query, ISSUE_BY_FIELDS};
	if (options->query != NULL && !people_each(store, options->query, note_best, &best, err)) {
		return false;
	}
	out->by = best.by;
	if (!people_each_in_order(store, options->query, options->order, add_holder, &reading, err)) {
		return false;
	}
	for (int i = 0; i < REGISTRATION_COUNT; i++) {
		reading.left_out += out->left_out[i];
	}
	if (out->count == 0 && out->passed != 0) {
		return err_set(err, ERR_NOT_FOUND, "%s: no badge is new: all %zu were printed before", store_path(store), out->passed);
	}
	if (out->count == 0 && reading.left_out != 0) {
		return err_set(err, ERR_NOT_FOUND, "%s: of those selected nobody is let in: their registrations are not confirmed",
			       store_path(store));
	}
	return out->count != 0 ||
	       err_set(err, ERR_NOT_FOUND, options->query ? "%s: nobody on the roster matches \"%s\"" : "%s: nobody is on the roster",
		       store_path(store), str_or_empty(options->query));
}

static bool issue_one(struct store *store, struct issue_holder *h, bool short_code, struct err *err) {
	char code[CODE_TEXT_MAX];
	char aloud[CODE_ALOUD_MAX];
	if (short_code) {
		code_make_short(code);
	} else {
		const struct key_pair *key = store_organiser_key(store, err);
		if (key == NULL) {
			return false;
		}
		code_make_signed(store_event(store), key, code_category(h->category), code);
	}
	code_read_aloud(code, aloud);
	h->code = xstrdup(code);
	/* The old badge is revoked in the same transaction, so nobody has two that are good, or none. */
	return (h->old == NULL || badge_revoke(store, h->old, err)) && badge_issue(store, code, h->id, aloud, err);
}

bool issue_codes(struct store *store, const struct issue_options *options, struct issue *list, struct err *err) {
	if (!store_begin(store, err)) {
		return false;
	}
	bool ok = true;
	for (size_t i = 0; ok && i < list->count; i++) {
		ok = list->items[i].code != NULL || issue_one(store, &list->items[i], options->short_codes, err);
	}
	if (!ok) {
		store_rollback(store);
	}
	return ok && store_commit(store, err);
}

bool issue_has_unnoted(const struct issue *list) {
	for (size_t i = 0; i < list->count; i++) {
		if (!list->items[i].printed) {
			return true;
		}
	}
	return false;
}

bool issue_note_printed(struct store *store, const struct issue *list, struct err *err) {
	const char **codes = xcalloc(list->count + 1, sizeof *codes);
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++) {
		if (!list->items[i].printed && list->items[i].code != NULL) {
			codes[count++] = list->items[i].code;
		}
	}
	bool ok = store_begin(store, err);
	if (ok && !badges_note_printed(store, codes, count, err)) {
		store_rollback(store);
		ok = false;
	}
	free(codes);
	return ok && store_commit(store, err);
}
