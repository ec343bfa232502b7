#include "store/read/staff.h"

#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "store/file/state.h"
#include "store/read/badges.h"
#include "store/read/people.h"
#include "store/write/fields.h"

enum { STAFF, STAFF_GET, STATEMENTS };
static const char *const TEXTS[] = {
	[STAFF] = "SELECT key, fields FROM view_staff WHERE status <> 'removed' ORDER BY key",
	[STAFF_GET] = "SELECT fields, status = 'removed' FROM view_staff WHERE key = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

static const struct fields_kind MEMBER = {
	.kind = "staff", .called = "member of the staff", .sql = &SQL, .get = STAFF_GET, .personal = true, .check = staff_check};

static bool add(void *context, const char *key, struct json *set) {
	(void)staff_list_add(context, key, set);
	json_free(set);
	return true;
}

/* A badge that was lost opens nothing, and neither does that of somebody who was taken off the roster. One that the event knows nothing of is a card of staff. */
static bool drop_lost_badge(struct store *store, struct staff_member *member, struct err *err) {
	struct badge_row badge;
	struct person_row holder = {.removed = false};
	bool found = false, held = false;
	if (member->badge[0] == '\0') {
		return true;
	}
	bool ok = badge_get(store, member->badge, &badge, &found, err) &&
		  (!found || badge.person[0] == '\0' || person_get(store, badge.person, &holder, &held, err));
	if (ok && found && (badge.revoked || holder.removed)) {
		member->badge[0] = '\0';
	}
	person_row_fini(&holder);
	return ok;
}

bool staff_load(struct store *store, struct staff_list *out, struct err *err) {
	*out = (struct staff_list){0};
	bool ok = fields_each(store_sql(store, &SQL, STAFF), add, out, err);
	for (size_t i = 0; ok && i < out->count; i++) {
		ok = drop_lost_badge(store, &out->items[i], err);
	}
	if (!ok) {
		staff_list_fini(out);
	}
	staff_list_sort(out);
	return ok;
}

/* Two people with one PIN or badge would be one for every record. */
static bool check_others(const struct staff_list *all, const char *key, const char *pin, const char *badge, struct err *err) {
	const struct staff_member *other = str_empty(pin) ? NULL : staff_by_pin(all, pin);
	if (other != NULL && !str_eq(other->key, key)) {
		return err_set(err, ERR_REFUSED, "this PIN cannot be taken; choose another"); /* whose it is is not told */
	}
	other = str_empty(badge) ? NULL : staff_by_badge(all, badge);
	return other == NULL || str_eq(other->key, key) || err_set(err, ERR_REFUSED, "this badge is that of %s", other->name);
}

static bool write_change(struct store *store, const struct staff_change *change, char pin[STAFF_PIN_HASH_LEN + 1], struct strbuf *out,
			 struct err *err) {
	struct json_writer w = {.out = out};
	const struct { const char *member, *value; } plain[] = {{"name", change->name}, {"role", change->role}, {"badge", change->badge}};
	json_open(&w, NULL, '{');
	for (size_t i = 0; i < COUNT_OF(plain); i++) {
		if (plain[i].value != NULL) {
			json_put_text(&w, plain[i].member, plain[i].value);
		}
	}
	pin[0] = '\0';
	if (change->pin != NULL) {
		if (change->pin[0] != '\0' &&
		    (!staff_pin_check(change->pin, err) ||
		     (!staff_pin_hash(&store->event, change->pin, pin) &&
		      !err_set(err, ERR_SYSTEM, "there is not enough memory for a PIN's hash: 7 MiB are needed")))) {
			return false;
		}
		json_put_text(&w, "pin", pin);
	}
	json_close(&w, '}');
	return true;
}

bool staff_put(struct store *store, const char *key, const struct staff_change *change, struct err *err) {
	char pin[STAFF_PIN_HASH_LEN + 1];
	struct strbuf set = {0};
	struct staff_list all = {0};
	bool ok = staff_key_check(key, err) && staff_load(store, &all, err) &&
		  (all.count < STAFF_MAX || staff_find(&all, key) != NULL ||
		   err_set(err, ERR_USAGE, "an event has a staff of %d at most", STAFF_MAX)) &&
		  write_change(store, change, pin, &set, err) && check_others(&all, key, pin, change->badge, err) &&
		  fields_change(store, &MEMBER, key, strbuf_str(&set), err);
	crypto_wipe(pin, sizeof pin);
	strbuf_fini(&set);
	staff_list_fini(&all);
	return ok;
}

bool staff_remove(struct store *store, const char *key, struct err *err) { return fields_remove(store, &MEMBER, key, err); }
