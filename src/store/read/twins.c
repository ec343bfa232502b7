#include "store/read/twins.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/fold.h"
#include "event/phone.h"
#include "event/registration.h"
#include "event/whole_name.h"
#include "store/file/state.h"

/* An office's number, or an address that a whole village uses, has many people: those are compared whose names stand near each other in order. */
#define NEAR 32

enum { IS_WALKIN, STATEMENTS };
static const char *const TEXTS[] = {
	[IS_WALKIN] = "SELECT 1 FROM view_touch t JOIN record r ON r.id = t.record WHERE t.thing = 'p' || ?1 AND r.kind = 'walkin'",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

#define KEYS_MAX (1 + PHONE_NUMBERS_MAX)

/* By what somebody may be met again; each begins with a letter of its kind. */
struct contacts { /* for contacts_fini */
	char *keys[KEYS_MAX];
	size_t count;
};

static char *folded_address(const char *email) {
	struct strbuf out = {0};
	strbuf_reserve(&out, 2 * strlen(email) + 1); /* it grows no more, and leaves no piece behind: it is wiped */
	strbuf_addc(&out, 'e');
	for (const char *at = email; *at != '\0';) {
		utf8_append(&out, utf8_lower(utf8_next(&at)));
	}
	return out.data;
}

static void contacts_read(const char *email, const char *phone, struct contacts *out) {
	char numbers[PHONE_NUMBERS_MAX][PHONE_DIGITS_MAX];
	*out = (struct contacts){.count = 0};
	if (strchr(email, '@') != NULL) { /* "none" and "-" are nobody's */
		out->keys[out->count++] = folded_address(email);
	}
	size_t n = phone_numbers(phone, numbers);
	for (size_t i = 0; i < n; i++) {
		out->keys[out->count++] = xasprintf("p%s", numbers[i]);
	}
	crypto_wipe(numbers, sizeof numbers);
}

static void contacts_fini(struct contacts *contacts) {
	for (size_t i = 0; i < contacts->count; i++) {
		crypto_wipe_text(contacts->keys[i]);
	}
}

#define PEOPLE                                                                                                                             \
	"SELECT id, name, coalesce(fields ->> '$.email', ''), coalesce(fields ->> '$.phone', ''), "                                        \
	"coalesce(fields ->> '$.registration', '') FROM view_person WHERE status = 'active' AND id NOT IN (SELECT person FROM view_join) " \
	"ORDER BY id"

static enum registration registration_in(struct stmt *row) { return registration_find(str_or_empty(stmt_col_text(row, 4))); }
static bool is_expected(struct stmt *row) { return registration_admits(registration_in(row)); }

/* --- somebody's twin ----------------------------------------------------------------------------------------------------------------- */

struct twin_search {
	const struct given_names *given;
	const struct twin_question *question;
	struct contacts contacts;
	struct whole_name name;
	char *id;
	enum name_claim claim; /* of whoever was found */
	bool expected;         /* they are */
};

static bool share(const struct contacts *a, const struct contacts *b) {
	for (size_t i = 0; i < a->count; i++) {
		for (size_t k = 0; k < b->count; k++) {
			if (str_eq(a->keys[i], b->keys[k])) {
				return true;
			}
		}
	}
	return false;
}

static enum name_claim claim(const struct twin_search *s, const char *name) {
	struct whole_name other;
	whole_name_read(name, s->given, &other);
	enum name_claim claim = whole_name_claim(&s->name, &other);
	whole_name_fini(&other);
	return claim;
}

/* That somebody was turned away is nobody's to hear of. */
static bool may_tell(const struct twin_search *s, struct stmt *row) {
	enum registration registration = registration_in(row);
	return registration != REGISTRATION_DECLINED && registration != REGISTRATION_CANCELLED &&
	       (s->question->may_tell == NULL || s->question->may_tell(s->question->context, str_or_empty(stmt_col_text(row, 0))));
}

static bool look_at_person(void *context, struct stmt *row, struct err *err) {
	struct twin_search *s = context;
	struct contacts contacts;
	bool expected = is_expected(row);
	(void)err;
	contacts_read(str_or_empty(stmt_col_text(row, 2)), str_or_empty(stmt_col_text(row, 3)), &contacts);
	bool shared = share(&s->contacts, &contacts);
	contacts_fini(&contacts);
	enum name_claim how = shared ? claim(s, str_or_empty(stmt_col_text(row, 1))) : NAME_CLAIM_NONE;
	bool better = how > s->claim || (how == s->claim && expected && !s->expected);
	if (how != NAME_CLAIM_NONE && better && may_tell(s, row)) {
		str_copy(s->id, PERSON_ID_LEN + 1, str_or_empty(stmt_col_text(row, 0)));
		s->claim = how;
		s->expected = expected;
	}
	return true;
}

bool twin_find(struct store *store, const struct given_names *given, const struct twin_question *question, char id[PERSON_ID_LEN + 1],
	       struct err *err) {
	struct twin_search s = {.given = given, .question = question, .id = id};
	const struct person *who = question->who;
	bool ok = true;
	id[0] = '\0';
	contacts_read(person_text(who, PERSON_EMAIL), person_text(who, PERSON_PHONE), &s.contacts);
	whole_name_read(person_text(who, PERSON_NAME), given, &s.name);
	if (s.contacts.count != 0 && s.name.query.count != 0) {
		ok = db_each(store->db, PEOPLE, look_at_person, &s, err);
	}
	whole_name_fini(&s.name);
	contacts_fini(&s.contacts);
	return ok;
}

/* --- all of them --------------------------------------------------------------------------------------------------------------------- */

struct entry {
	char *id, *name;
	bool expected;
};

struct link { /* somebody who has a contact */
	char *key;
	size_t entry;
	char *order; /* the words of the name, made when they are needed */
};

struct pair {
	size_t a, b; /* entries, a < b */
	char *key;   /* a link's */
};

struct telling {
	twins_fn *each;
	void *context;
};

struct roster {
	struct {
		struct entry *items;
		size_t count, cap;
	} people;
	struct {
		struct link *items;
		size_t count, cap;
	} links;
	struct {
		struct pair *items;
		size_t count, cap;
	} pairs;
};

static bool add_person(void *context, struct stmt *row, struct err *err) {
	struct roster *r = context;
	struct contacts contacts;
	(void)err;
	contacts_read(str_or_empty(stmt_col_text(row, 2)), str_or_empty(stmt_col_text(row, 3)), &contacts);
	if (contacts.count == 0) {
		return true;
	}
	for (size_t i = 0; i < contacts.count; i++) { /* they are the links' from here on */
		ARRAY_GROW(&r->links, items);
		r->links.items[r->links.count++] = (struct link){.key = contacts.keys[i], .entry = r->people.count};
	}
	ARRAY_GROW(&r->people, items);
	r->people.items[r->people.count++] = (struct entry){.id = xstrdup(str_or_empty(stmt_col_text(row, 0))),
							    .name = xstrdup(str_or_empty(stmt_col_text(row, 1))),
							    .expected = is_expected(row)};
	return true;
}

static int by_key(const void *a, const void *b) {
	const struct link *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static int by_order(const void *a, const void *b) {
	const struct link *x = a, *y = b;
	int order = strcmp(x->order, y->order);
	return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static int by_people(const void *a, const void *b) {
	const struct pair *x = a, *y = b;
	return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : x->b != y->b ? (x->b > y->b) - (x->b < y->b) : strcmp(x->key, y->key);
}

static void add_pair(struct roster *r, const struct link *x, const struct link *y) {
	bool rising = x->entry < y->entry;
	if (x->entry != y->entry) { /* a number that stands there twice */
		ARRAY_GROW(&r->pairs, items);
		r->pairs.items[r->pairs.count++] =
			(struct pair){.a = rising ? x->entry : y->entry, .b = rising ? y->entry : x->entry, .key = x->key};
	}
}

/* Of n people with one contact: each with those that stand near behind it in the order of the names. */
static void compare_group(struct roster *r, const struct given_names *given, struct link *links, size_t n) {
	enum { KEPT = NEAR + 1 };
	struct whole_name *near = xcalloc(KEPT, sizeof *near); /* the last ones that were read */
	for (size_t i = 0; i < n; i++) {
		links[i].order = fold_words(r->people.items[links[i].entry].name);
	}
	qsort(links, n, sizeof *links, by_order);
	for (size_t i = 0; i < n; i++) {
		struct whole_name *present = &near[i % KEPT];
		whole_name_fini(present);
		whole_name_read(r->people.items[links[i].entry].name, given, present);
		for (size_t k = i > NEAR ? i - NEAR : 0; k < i; k++) {
			if (whole_names_fit(&near[k % KEPT], present)) {
				add_pair(r, &links[k], &links[i]);
			}
		}
	}
	for (size_t i = 0; i < KEPT; i++) {
		whole_name_fini(&near[i]);
	}
	free(near);
}

static void compare_all(struct roster *r, const struct given_names *given) {
	struct link *links = r->links.items;
	for (size_t from = 0, end; from < r->links.count; from = end) {
		for (end = from + 1; end < r->links.count && str_eq(links[end].key, links[from].key); end++) {
		}
		if (end - from > 1) {
			compare_group(r, given, &links[from], end - from);
		}
	}
}

/* Whose badge, registration and history are the ones to keep. */
static bool find_weight(struct store *store, const struct entry *who, int *weight, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, IS_WALKIN);
	stmt_text(s, 1, who->id);
	bool walked_in = stmt_row(s);
	*weight = (who->expected ? 2 : 0) + (walked_in ? 0 : 1);
	return stmt_done(s, err);
}

static bool tell(struct store *store, const struct roster *r, const struct telling *to, struct err *err) {
	for (size_t i = 0; i < r->pairs.count; i++) {
		int first = 0, second = 0;
		const struct pair *pair = &r->pairs.items[i], *before = i > 0 ? pair - 1 : NULL;
		const struct entry *a = &r->people.items[pair->a], *b = &r->people.items[pair->b];
		bool again = before != NULL && before->a == pair->a && before->b == pair->b; /* they share more than one */
		if (again) {
			continue;
		}
		if (!find_weight(store, a, &first, err) || !find_weight(store, b, &second, err)) {
			return false;
		}
		bool turned = first > second;
		const struct entry *from = turned ? b : a, *into = turned ? a : b;
		struct twins twins = {.person = {{from->id, from->name}, {into->id, into->name}},
				      .by = pair->key[0] == 'e' ? PERSON_EMAIL : PERSON_PHONE,
				      .value = pair->key + 1};
		if (!to->each(to->context, &twins, err)) {
			return false;
		}
	}
	return true;
}

static void roster_fini(struct roster *r) {
	for (size_t i = 0; i < r->links.count; i++) {
		crypto_wipe_text(r->links.items[i].key);
		crypto_wipe_text(r->links.items[i].order);
	}
	for (size_t i = 0; i < r->people.count; i++) {
		free(r->people.items[i].id);
		crypto_wipe_text(r->people.items[i].name);
	}
	free(r->links.items);
	free(r->people.items);
	free(r->pairs.items);
}

bool twins_each(struct store *store, const struct given_names *given, twins_fn *each, void *context, struct err *err) {
	struct roster r = {.people = {.count = 0}};
	bool ok = db_each(store->db, PEOPLE, add_person, &r, err);
	if (ok && r.links.count > 1) {
		qsort(r.links.items, r.links.count, sizeof *r.links.items, by_key);
		compare_all(&r, given);
	}
	if (ok && r.pairs.count > 0) {
		qsort(r.pairs.items, r.pairs.count, sizeof *r.pairs.items, by_people);
		ok = tell(store, &r, &(struct telling){each, context}, err);
	}
	roster_fini(&r);
	return ok;
}
