#include "store/view/views.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/file/state.h"
#include "store/log/rows.h"
#include "store/view/anchor.h"
#include "store/view/announcement.h"
#include "store/view/asset.h"
#include "store/view/badge.h"
#include "store/view/checkin.h"
#include "store/view/credit.h"
#include "store/view/erase.h"
#include "store/view/form_field.h"
#include "store/view/help.h"
#include "store/view/join.h"
#include "store/view/label.h"
#include "store/view/note.h"
#include "store/view/override.h"
#include "store/view/person.h"
#include "store/view/place.h"
#include "store/view/point.h"
#include "store/view/printed.h"
#include "store/view/right.h"
#include "store/view/role.h"
#include "store/view/rule.h"
#include "store/view/session.h"
#include "store/view/setting.h"
#include "store/view/signature.h"
#include "store/view/staff.h"
#include "store/view/void.h"
#include "store/view/walkin.h"

/* In the digest's order, which never changes: a new one comes last. */
static const struct store_view *const VIEWS[] = {
	&view_role,         /* genesis, invite, close, role, retire, log: who may write */
	&view_setting,      /* event */
	&view_person,       /* person */
	&view_join,         /* join: who turned out to be whom */
	&view_session,      /* session */
	&view_badge,        /* badge, revoke */
	&view_checkin,      /* checkin, undo */
	&view_anchor,       /* anchor: what a log's clock says */
	&view_records,      /* which record speaks of what, and which do not count */
	&view_walkin,       /* walkin: a person and their badge */
	&view_erase,        /* erase */
	&view_printed,      /* printed: badges that were on paper */
	&view_help,         /* help, helped */
	&view_void,         /* void: what is out of the books */
	&view_form_field,   /* field: what people without a badge are asked */
	&view_place,        /* places: what they may choose from */
	&view_signature,    /* signature: drawn with a finger */
	&view_asset,        /* asset: a file of the event, in parts */
	&view_credit,       /* credit: whom it thanks */
	&view_point,        /* point: where something is handed out */
	&view_rule,         /* rule: who may enter where */
	&view_staff,        /* staff: who works at the boxes */
	&view_override,     /* override: who was let in although */
	&view_note,         /* note, noted: what staff are to know of somebody */
	&view_label,        /* label: printed at a box */
	&view_announcement, /* announce, withdraw: what stands on all screens */
};

const struct store_view *views_at(size_t index) { return index < COUNT_OF(VIEWS) ? VIEWS[index] : NULL; }

const struct store_view *views_edited_by(const char *kind) {
	for (size_t i = 0; i < COUNT_OF(VIEWS); i++) {
		if (VIEWS[i]->edits != NULL && str_eq(VIEWS[i]->kinds[0].name, kind)) {
			return VIEWS[i];
		}
	}
	return NULL;
}

struct found {
	const struct store_view *view; /* NULL: this program does not know the kind */
	const struct view_kind *kind;
};

static struct found find_kind(const char *name) {
	for (size_t i = 0; i < COUNT_OF(VIEWS); i++) {
		const struct view_kind *kinds = VIEWS[i]->kinds;
		for (size_t k = 0; k < VIEW_KINDS_MAX && kinds[k].name != NULL; k++) {
			/* By the first letter first: this is asked for every record, and most kinds differ there. */
			if (kinds[k].name[0] == name[0] && strcmp(kinds[k].name, name) == 0) {
				return (struct found){VIEWS[i], &kinds[k]};
			}
		}
	}
	return (struct found){0};
}

#define ID_MAX 1000 /* bytes of a thing's id */

static bool touch_thing(struct store *store, const struct view_record *r, struct found found, struct err *err) {
	const struct fresh_thing *fresh = found.view->begin != NULL ? r->fresh : NULL;
	const char *id = fresh ? fresh->id : found.kind->key ? json_get_text(r->body, found.kind->key) : "";
	if (id == NULL || strlen(id) > ID_MAX) {
		return view_ignore(store, r, IGNORE_THING, err);
	}
	char *thing = xasprintf("%c%s", found.view->thing, id);
	/* A fresh thing's row is made from the draft. When it waits to be computed already, its other records count too, so it is left to
	 * views_flush. */
	bool at_once = fresh != NULL && mapstr_find(&store->dirty, thing) == NULL;
	if (!at_once) {
		view_mark(store, thing);
	}
	bool ok = view_touch_only(store, r, thing, err) && (!at_once || found.view->begin(store, fresh, r->subject, err));
	free(thing);
	return ok;
}

static bool apply_found(struct store *store, const struct view_record *r, struct found found, struct err *err) {
	if (!record_times_ok(r->mono_ms, r->utc_ms)) {
		return view_ignore(store, r, IGNORE_TIMES, err);
	}
	bool may = false;
	if (!right_holds(store, r, found.kind->right, &may, err)) {
		return false;
	}
	if (!may) {
		return view_ignore(store, r, IGNORE_AUTHOR, err);
	}
	if (found.kind->apply != NULL) {
		return found.kind->apply(store, r, err);
	}
	return found.view->thing == '\0' || touch_thing(store, r, found, err);
}

/* A new record, of a kind that was found. */
static bool take_in(struct store *store, const struct view_record *r, struct found found, struct err *err) {
	/* What is kept of whom to trust and of joins (state.h) may be changed by it. */
	if (found.kind->right != RIGHT_STATION) {
		right_forget(store);
	}
	if (!apply_found(store, r, found, err)) {
		return false;
	}
	bool changes = false;
	bool gives = found.kind->pass == PASS_RIGHTS && found.kind->apply != NULL;
	if (gives && !role_unsettles(store, r, &changes, err)) {
		return false;
	}
	store->rebuild = store->rebuild || changes;
	return true;
}

bool views_apply(struct store *store, const struct view_record *r, struct err *err) {
	struct found found = find_kind(r->kind);
	return found.view == NULL ? view_ignore(store, r, IGNORE_KIND, err) : take_in(store, r, found, err);
}

bool views_apply_text(struct store *store, const struct view_record *r, const char *body, struct err *err) {
	struct found found = find_kind(r->kind);
	if (found.view == NULL) {
		return view_ignore(store, r, IGNORE_KIND, err);
	}
	struct view_record read = *r;
	struct checkin_text text;
	if (found.kind->read_checkin != NULL && found.kind->read_checkin(body, &text)) {
		read.checkin = &text.said;
		return take_in(store, &read, found, err);
	}
	struct err wrong = {0};
	struct json *parsed = json_parse(body, strlen(body), &wrong);
	if (parsed == NULL) {
		return view_ignore(store, r, IGNORE_JSON, err);
	}
	read.body = parsed;
	bool ok = take_in(store, &read, found, err);
	json_free(parsed);
	return ok;
}

static const struct store_view *view_of(const char *thing) {
	for (size_t i = 0; i < COUNT_OF(VIEWS); i++) {
		if (VIEWS[i]->thing != '\0' && VIEWS[i]->thing == thing[0]) {
			return VIEWS[i];
		}
	}
	return NULL;
}

static bool compute(struct store *store, const char *thing, struct err *err) {
	const struct store_view *view = view_of(thing);
	struct registers r = {0};
	if (view == NULL) {
		return true; /* a newer program noted it */
	}
	if (!registers_read(store, thing, &r, err)) {
		return false;
	}
	bool gone = r.count == 0 && view->drop != NULL;
	bool ok = gone ? view->drop(store, thing + 1, err) : view->compute(store, thing + 1, &r, err);
	registers_fini(&r);
	return ok;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

bool views_flush(struct store *store, struct err *err) {
	size_t count = store->dirty.count;
	if (count == 0) {
		return true;
	}
	/* In the order of the keys, so that a large import writes the tables' pages one after another; and what is out of the books comes before
	 * the walk-ins that it concerns (store/view/void.c). */
	const char **things = xcalloc(count, sizeof *things);
	size_t cursor = 0;
	for (size_t i = 0; i < count; i++) {
		things[i] = mapstr_next(&store->dirty, &cursor);
	}
	qsort(things, count, sizeof *things, by_text);
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		ok = compute(store, things[i], err);
	}
	free(things);
	mapstr_fini(&store->dirty);
	return ok;
}

struct rebuild {
	struct store *store;
	enum view_pass pass;
};

static bool rebuild_row(void *context, struct stmt *row, struct err *err) {
	const struct rebuild *rebuild = context;
	const char *text = stmt_col_text(row, 5);
	struct view_record r = {.id = stmt_col_int(row, 0),
				.kind = stmt_col_text(row, 1),
				.mono_ms = stmt_col_int(row, 2),
				.utc_ms = stmt_col_int(row, 3),
				.subject = stmt_col_text(row, 4),
				.seq = (uint64_t)(stmt_col_int(row, 0) & SEQ_MASK)};
	struct found found = find_kind(r.kind);
	if ((found.view ? found.kind->pass : PASS_REST) != rebuild->pass || text == NULL) {
		return true;
	}
	if (stmt_col_int(row, 6) != HASH_LEN || !stmt_take(row, 7, r.log.b, HASH_LEN) || !stmt_take(row, 8, r.author.b, KEY_LEN)) {
		return err_set(err, ERR_CORRUPT, "a record's hash is cut short; \"turnout verify\" names it");
	}
	if (found.view == NULL) {
		return view_ignore(rebuild->store, &r, IGNORE_KIND, err);
	}
	struct err wrong = {0};
	struct json *body = json_parse(text, strlen(text), &wrong);
	if (body == NULL) {
		return view_ignore(rebuild->store, &r, IGNORE_JSON, err);
	}
	r.body = body;
	bool ok = apply_found(rebuild->store, &r, found, err);
	json_free(body);
	return ok;
}

void views_forget(struct store *store) {
	right_forget(store);
	seen_forget(&store->seen);
	mapstr_fini(&store->find_words);
	mapstr_fini(&store->dirty);
}

static bool empty_tables(struct store *store, struct err *err) {
	for (size_t i = 0; i < COUNT_OF(VIEWS); i++) {
		const struct view_table *tables = VIEWS[i]->tables;
		for (size_t t = 0; t < VIEW_TABLES_MAX && tables[t].name != NULL; t++) {
			char sql[64];
			snprintf(sql, sizeof sql, "DELETE FROM %s", tables[t].name);
			if (!db_exec(store->db, sql, err)) {
				return false;
			}
		}
	}
	return true;
}

/* Three passes over all records: who may write, then the logs that stations began and what was erased, then the rest. So it does not matter
 * in which order the records lie in the file. */
bool views_rebuild(struct store *store, struct err *err) {
	views_forget(store);
	if (!empty_tables(store, err)) {
		return false;
	}
	for (int pass = 0; pass < VIEW_PASSES; pass++) {
		struct rebuild rebuild = {store, (enum view_pass)pass};
		if (!db_each(store->db,
			     "SELECT r.id, r.kind, r.mono_ms, r.utc_ms, r.subject, r.body, length(r.hash), coalesce(l.origin, l.hash), "
			     "l.author FROM record r "
			     "JOIN log l ON l.id = r.id >> 40 WHERE r.id & 1099511627775 > 0 ORDER BY r.id",
			     rebuild_row, &rebuild, err)) {
			return false;
		}
	}
	return views_flush(store, err);
}
