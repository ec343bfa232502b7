#include "event/staff.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

static const char *const ROLES[STAFF_ROLES] = {"door", "lead"};

const char *staff_role_word(enum staff_role role) { return role < STAFF_ROLES ? ROLES[role] : ""; }

enum staff_role staff_role_find(const char *word) {
	enum staff_role role = 0;
	while (role < STAFF_ROLES && !str_eq(ROLES[role], word)) {
		role++;
	}
	return role;
}

bool staff_pin_check(const char *digits, struct err *err) {
	size_t n = strlen(digits);
	return (n >= STAFF_OWN_PIN_MIN && n <= STAFF_OWN_PIN_MAX && strspn(digits, "0123456789") == n) ||
	       err_set(err, ERR_USAGE, "a PIN of one's own has %d to %d digits and nothing else", STAFF_OWN_PIN_MIN, STAFF_OWN_PIN_MAX);
}

bool staff_pin_hash(const struct hash *event, const char *digits, char out[STAFF_PIN_HASH_LEN + 1]) {
	uint8_t hash[HASH_LEN];
	memcpy(out, "1:", 3);
	if (!crypto_pin_hash(event, digits, hash)) {
		return false;
	}
	str_hex(hash, sizeof hash, out + 2);
	crypto_wipe(hash, sizeof hash);
	return true;
}

void staff_list_fini(struct staff_list *list) {
	if (list->items != NULL) {
		crypto_wipe(list->items, list->count * sizeof *list->items);
	}
	free(list->items);
	*list = (struct staff_list){0};
}

static bool is_key(const char *key) {
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return key[n] == '\0' && n > 0 && n <= STAFF_KEY_MAX;
}

bool staff_key_check(const char *key, struct err *err) {
	return is_key(key) ||
	       err_set(err, ERR_USAGE, "somebody of the staff is called by a-z, 0-9 and \"-\", %d at most: \"olena\"; not \"%s\"",
		       STAFF_KEY_MAX, key);
}

bool staff_list_add(struct staff_list *list, const char *key, const struct json *set) {
	if (!is_key(key) || list->count >= STAFF_MAX) {
		return false;
	}
	ARRAY_GROW(list, items);
	struct staff_member *m = &list->items[list->count++];
	*m = (struct staff_member){.role = staff_role_find(json_get_text(set, "role"))};
	m->role = m->role == STAFF_ROLES ? STAFF_DOOR : m->role; /* what nobody knows gives the least */
	str_copy(m->key, sizeof m->key, key);
	if (!str_copy(m->name, sizeof m->name, str_or_empty(json_get_text(set, "name"))) || m->name[0] == '\0') {
		str_copy(m->name, sizeof m->name, key);
	}
	if (!str_copy(m->pin, sizeof m->pin, str_or_empty(json_get_text(set, "pin"))) || strlen(m->pin) != STAFF_PIN_HASH_LEN) {
		m->pin[0] = '\0';
	}
	if (!str_copy(m->badge, sizeof m->badge, str_or_empty(json_get_text(set, "badge")))) {
		m->badge[0] = '\0';
	}
	return true;
}

static int compare(const void *a, const void *b) {
	const struct staff_member *one = a, *other = b;
	int names = strcmp(one->name, other->name);
	return names != 0 ? names : strcmp(one->key, other->key);
}

void staff_list_sort(struct staff_list *list) {
	if (list->count > 1) {
		qsort(list->items, list->count, sizeof *list->items, compare);
	}
}

const struct staff_member *staff_find(const struct staff_list *list, const char *key) {
	for (size_t i = 0; i < list->count; i++) {
		if (str_eq(list->items[i].key, key)) {
			return &list->items[i];
		}
	}
	return NULL;
}

const struct staff_member *staff_by_pin(const struct staff_list *list, const char *pin_hash) {
	const struct staff_member *found = NULL;
	for (size_t i = 0; i < list->count; i++) {
		const struct staff_member *m = &list->items[i];
		if (m->pin[0] != '\0' && crypto_same(m->pin, pin_hash, STAFF_PIN_HASH_LEN)) {
			found = found == NULL ? m : found;
		}
	}
	return found;
}

const struct staff_member *staff_by_badge(const struct staff_list *list, const char *code) {
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].badge[0] != '\0' && str_eq(list->items[i].badge, code)) {
			return &list->items[i];
		}
	}
	return NULL;
}

static bool some_have(const struct staff_list *list, enum staff_role least) {
	for (size_t i = 0; i < list->count; i++) {
		const struct staff_member *m = &list->items[i];
		if (m->role >= least && (m->pin[0] != '\0' || m->badge[0] != '\0')) {
			return true;
		}
	}
	return false;
}

bool staff_have_pins(const struct staff_list *list) { return some_have(list, STAFF_DOOR); }

bool staff_leads_have_pins(const struct staff_list *list) { return some_have(list, STAFF_LEAD); }

bool staff_check(const char *key, const struct json *set, struct err *err) {
	const char *name = str_or_empty(json_get_text(set, "name")), *role = str_or_empty(json_get_text(set, "role"));
	if (!staff_key_check(key, err)) {
		return false;
	}
	if (name[0] == '\0' || strlen(name) > STAFF_NAME_MAX) {
		return err_set(err, ERR_USAGE, "%s needs a name of %d bytes at most (--name)", key, STAFF_NAME_MAX);
	}
	return role[0] == '\0' || staff_role_find(role) != STAFF_ROLES ||
	       err_set(err, ERR_USAGE, "%s: a role is door or lead, not \"%s\"", key, role);
}
