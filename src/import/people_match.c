#include "import/people_match.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"
#include "import/alias.h"

/* Of one group: so a file of one name repeated costs no square of its rows. */
#define NAMESAKES_LOOKED_AT 500

enum level { LEVEL_KEY, LEVEL_CODE, LEVEL_EMAIL, LEVEL_PHONE, LEVEL_NAME, LEVEL_COUNT };

/* What tells one apart, as compared; NULL: not there. */
struct traits {
	const char *name; /* folded */
	const char *key, *code, *email, *phone;
	const char *group; /* name, organisation, community */
};

struct row {
	struct traits traits;
	size_t nth;    /* such row of its group, from 1, rows of the same person counted once; 0: not that person's first */
	size_t person; /* index in the result */
};

struct namesake { /* people of the roster in one group, as a list */
	size_t known, next;
};

struct group {
	size_t first, last; /* namesakes; those before `first` all have their rows */
};

struct matcher {
	const struct match_input *in;
	struct match *out;
	struct row *rows;
	struct arena texts;
	struct mapstr folds;    /* text -> its place in `folded` */
	struct mapstr keys;     /* of the roster -> index + 1 */
	struct mapstr group_of; /* of the roster -> index in groups + 1 */
	struct mapstr in_file;  /* key -> index in out + 1 */
	struct {
		const char **items;
		size_t count, cap;
	} folded;
	struct {
		struct namesake *items;
		size_t count, cap;
	} namesakes;
	struct {
		struct group *items;
		size_t count, cap;
	} groups;
	struct traits *have; /* by person in out: what its rows say, the first that says it */
	size_t have_cap;
	size_t *person_of; /* by known: index in out, or MATCH_NONE */
	int key_field;     /* known_field() of the key column, or -1 */
};

/* ---- keys ---- */

static const char *fold_new(struct matcher *m, const char *text) {
	char *folded = fold_text(text);
	const char *use = *folded != '\0' ? folded : text; /* a name of signs alone is still a name */
	const char *kept = arena_text(&m->texts, use, strlen(use));
	free(folded);
	return kept;
}

/* Organisations and communities come again and again: each is folded once. */
static const char *fold(struct matcher *m, const char *text) {
	bool made = false;
	if (text == NULL || *text == '\0') {
		return "";
	}
	int64_t *place = mapstr_place(&m->folds, text, &made);
	if (made) {
		*place = (int64_t)m->folded.count;
		ARRAY_GROW(&m->folded, items);
		m->folded.items[m->folded.count++] = fold_new(m, text);
	}
	return m->folded.items[*place];
}

static const char *phone_of(struct matcher *m, const char *text) {
	char digits[PEOPLE_PHONE_MAX];
	people_phone_digits(str_or_empty(text), digits);
	return digits[0] != '\0' ? arena_text(&m->texts, digits, strlen(digits)) : NULL;
}

static const char *email_of(struct matcher *m, const char *text) {
	if (text == NULL || *text == '\0') {
		return NULL;
	}
	char *lower = arena_text(&m->texts, text, strlen(text));
	for (char *c = lower; *c != '\0'; c++) {
		*c = str_lower_char(*c);
	}
	return lower;
}

struct raw {
	const char *name, *key, *code, *email, *phone, *organisation, *community;
};

static struct traits traits_of(struct matcher *m, const struct raw *raw) {
	struct traits t = {
		.name = fold_new(m, str_or_empty(raw->name)), .email = email_of(m, raw->email), .phone = phone_of(m, raw->phone)};
	const char *organisation = fold(m, raw->organisation);
	const char *community = fold(m, raw->community);
	t.key = str_empty(raw->key) ? NULL : raw->key;
	t.code = str_empty(raw->code) ? NULL : raw->code;
	size_t a = strlen(t.name);
	size_t b = strlen(organisation);
	size_t c = strlen(community);
	char *group = arena_bytes(&m->texts, a + b + c + 3);
	memcpy(group, t.name, a);
	group[a] = '\n';
	memcpy(group + a + 1, organisation, b);
	group[a + b + 1] = '\n';
	memcpy(group + a + b + 2, community, c + 1);
	t.group = group;
	return t;
}

/* These texts make the ids of new people (person_id): another text would give the same row another id on another laptop. */
static void put_key(struct strbuf *out, const char *head, const char *a, const char *b) {
	strbuf_adds(out, head);
	strbuf_adds(out, a);
	strbuf_addc(out, '\n');
	strbuf_adds(out, b);
}

/* The text by which `t` is looked up at that level; false when it has none. Valid until the next call with the same buffer. */
static bool key_text(const struct matcher *m, const struct traits *t, enum level level, struct strbuf *out) {
	strbuf_reset(out);
	switch (level) {
	case LEVEL_KEY:
		if (t->key != NULL) {
			put_key(out, "key\n", m->in->key, t->key);
		}
		break;
	case LEVEL_CODE:
		if (t->code != NULL) {
			put_key(out, "code", "", t->code);
		}
		break;
	case LEVEL_EMAIL:
		if (t->email != NULL) {
			put_key(out, "email\n", t->email, t->name);
		}
		break;
	case LEVEL_PHONE:
		if (t->phone != NULL) {
			put_key(out, "phone\n", t->phone, t->name);
		}
		break;
	case LEVEL_NAME:
	case LEVEL_COUNT: break;
	}
	return out->len != 0;
}

static void name_key(const struct row *row, struct strbuf *out) {
	strbuf_reset(out);
	strbuf_addf(out, "name\n%s\n%zu", row->traits.group, row->nth);
}

/* ---- the roster's keys ---- */

static const char *now_of(const struct known_person *p, int field) {
	const struct known_cell *cell = field >= 0 ? known_cell(p, field) : NULL;
	return cell ? cell->now : NULL;
}

static const char *said_of(const struct known_person *p, int field) {
	const struct known_cell *cell = field >= 0 ? known_cell(p, field) : NULL;
	return cell && cell->said ? cell->said : now_of(p, field);
}

static struct raw raw_known(const struct matcher *m, const struct known_person *p, const char *(*get)(const struct known_person *, int)) {
	return (struct raw){get(p, PERSON_NAME),  get(p, m->key_field),        get(p, PERSON_CODE),     get(p, PERSON_EMAIL),
			    get(p, PERSON_PHONE), get(p, PERSON_ORGANISATION), get(p, PERSON_COMMUNITY)};
}

static bool same_raw(const struct raw *a, const struct raw *b) {
	return str_eq(a->name, b->name) && str_eq(a->key, b->key) && str_eq(a->code, b->code) && str_eq(a->email, b->email) &&
	       str_eq(a->phone, b->phone) && str_eq(a->organisation, b->organisation) && str_eq(a->community, b->community);
}

static void index_traits(struct matcher *m, const struct raw *raw, size_t known) {
	struct traits t = traits_of(m, raw);
	struct strbuf key = {0};
	bool made = false;
	for (int level = LEVEL_KEY; level < LEVEL_NAME; level++) {
		if (key_text(m, &t, (enum level)level, &key)) {
			int64_t *place = mapstr_place(&m->keys, key.data, &made);
			*place = made ? (int64_t)known + 1 : *place;
		}
	}
	strbuf_fini(&key);
	size_t at = m->namesakes.count;
	ARRAY_GROW(&m->namesakes, items);
	m->namesakes.items[m->namesakes.count++] = (struct namesake){known, MATCH_NONE};
	int64_t *place = mapstr_place(&m->group_of, t.group, &made);
	if (made) {
		ARRAY_GROW(&m->groups, items);
		m->groups.items[m->groups.count++] = (struct group){at, at};
		*place = (int64_t)m->groups.count;
		return;
	}
	struct group *group = &m->groups.items[*place - 1];
	m->namesakes.items[group->last].next = at;
	group->last = at;
}

/* First what those on the roster are now, then those removed, then what imports last said: of two people with one key, the first counts. */
static void index_known(struct matcher *m) {
	const struct known_people *k = m->in->known;
	for (int pass = 0; pass < 3; pass++) {
		for (size_t i = 0; i < k->count; i++) {
			struct raw now = raw_known(m, &k->items[i], now_of);
			struct raw said = raw_known(m, &k->items[i], said_of);
			if (pass < 2 ? k->items[i].removed == (pass == 1) : !same_raw(&now, &said)) {
				index_traits(m, pass < 2 ? &now : &said, i);
			}
		}
	}
}

/* ---- rows ---- */

static const char *key_value(const struct people *people, size_t row) { return people->keys ? people->keys[row] : NULL; }

static void read_rows(struct matcher *m) {
	const struct people *people = m->in->people;
	for (size_t i = 0; i < people->count; i++) {
		char *const *f = people->items[i].field;
		struct raw raw = {
			.name = f[PERSON_NAME],
			.key = m->in->key ? key_value(people, i) : NULL,
			.code = f[PERSON_CODE],
			.email = f[PERSON_EMAIL],
			.phone = f[PERSON_PHONE],
			.organisation = f[PERSON_ORGANISATION],
			.community = f[PERSON_COMMUNITY],
		};
		m->rows[i].traits = traits_of(m, &raw);
	}
}

/* ---- matching ---- */

static bool differ(const char *a, const char *b) { return a != NULL && b != NULL && strcmp(a, b) != 0; }

/* Only what is stronger than the level they met on tells two apart: who has one code may well have two addresses. */
static bool rows_contradict(const struct traits *a, const struct traits *b, enum level level) {
	return differ(a->key, b->key) || (level > LEVEL_CODE && differ(a->code, b->code)) ||
	       (level > LEVEL_EMAIL && differ(a->email, b->email)) || (level > LEVEL_PHONE && differ(a->phone, b->phone));
}

/* The row's value is neither what the roster has nor what an import said. */
static bool differs_known(const char *value, const struct known_person *p, int field, bool phone) {
	const char *values[] = {now_of(p, field), said_of(p, field)};
	bool any = false;
	for (size_t i = 0; value != NULL && i < COUNT_OF(values); i++) {
		char digits[PEOPLE_PHONE_MAX];
		if (phone) {
			people_phone_digits(str_or_empty(values[i]), digits);
			values[i] = digits;
		}
		if (str_empty(values[i])) {
			continue;
		}
		any = true;
		if (str_eq_nocase(values[i], value)) {
			return false;
		}
	}
	return any;
}

/* What the person's rows say, stronger than `level`, fits the roster's person. */
static bool may_be(const struct matcher *m, size_t person, size_t known, enum level level) {
	const struct traits *t = &m->have[person];
	const struct known_person *p = &m->in->known->items[known];
	if (level > LEVEL_KEY && m->key_field >= 0 && differs_known(t->key, p, m->key_field, false)) {
		return false;
	}
	if (level > LEVEL_CODE && differs_known(t->code, p, PERSON_CODE, false)) {
		return false;
	}
	return level != LEVEL_NAME || p->mine ||
	       (!differs_known(t->email, p, PERSON_EMAIL, false) && !differs_known(t->phone, p, PERSON_PHONE, true));
}

static void add_traits(struct traits *have, const struct traits *t) {
	have->key = have->key ? have->key : t->key;
	have->code = have->code ? have->code : t->code;
	have->email = have->email ? have->email : t->email;
	have->phone = have->phone ? have->phone : t->phone;
}

/* ---- the rows among themselves: this looks at the file alone, so one file always falls into the same people ---- */

static size_t add_person(struct matcher *m, size_t first_row) {
	ARRAY_GROW(m->out, items);
	if (m->have_cap < m->out->cap) {
		m->have_cap = m->out->cap;
		m->have = xrealloc(m->have, m->have_cap, sizeof *m->have);
	}
	m->out->items[m->out->count] = (struct match_person){.known = MATCH_NONE, .first_row = first_row};
	m->have[m->out->count] = (struct traits){0};
	return m->out->count++;
}

/* The person of an earlier row with one of this row's keys. */
static size_t find_in_file(struct matcher *m, size_t r, struct strbuf *key) {
	for (int level = LEVEL_KEY; level < LEVEL_NAME; level++) {
		if (!key_text(m, &m->rows[r].traits, (enum level)level, key)) {
			continue;
		}
		const int64_t *place = mapstr_find(&m->in_file, key->data);
		if (place != NULL && !rows_contradict(&m->rows[r].traits, &m->have[*place - 1], (enum level)level)) {
			return (size_t)*place - 1;
		}
	}
	return MATCH_NONE;
}

static void gather_rows(struct matcher *m) {
	struct strbuf key = {0};
	struct mapstr group_sizes = {0};
	for (size_t r = 0; r < m->in->people->count; r++) {
		size_t person = find_in_file(m, r, &key);
		if (person == MATCH_NONE) {
			bool made = false;
			int64_t *size = mapstr_place(&group_sizes, m->rows[r].traits.group, &made);
			m->rows[r].nth = (size_t)++ * size;
			person = add_person(m, r);
		}
		m->rows[r].person = person;
		add_traits(&m->have[person], &m->rows[r].traits);
		for (int level = LEVEL_KEY; level < LEVEL_NAME; level++) {
			bool made = false;
			if (key_text(m, &m->rows[r].traits, (enum level)level, &key)) {
				int64_t *place = mapstr_place(&m->in_file, key.data, &made);
				*place = made ? (int64_t)person + 1 : *place;
			}
		}
	}
	mapstr_fini(&group_sizes);
	strbuf_fini(&key);
}

/* The key from which the id of a new person derives: the strongest of the first row. True when it is more than a name. */
static bool own_key(const struct matcher *m, size_t person, struct strbuf *key) {
	const struct row *row = &m->rows[m->out->items[person].first_row];
	for (int level = LEVEL_KEY; level < LEVEL_NAME; level++) {
		if (key_text(m, &row->traits, (enum level)level, key)) {
			return true;
		}
	}
	name_key(row, key);
	return false;
}

/* ---- and with the roster ---- */

static void assign(struct matcher *m, size_t person, size_t known) {
	m->out->items[person].known = known;
	m->person_of[known] = person;
}

static size_t index_of(const struct matcher *m, const char *key) {
	char id[PERSON_ID_LEN + 1];
	person_id(m->in->event, key, id);
	const struct known_person *p = known_person(m->in->known, id);
	return p ? (size_t)(p - m->in->known->items) : MATCH_NONE;
}

/* Those who were made of the very same row, by their ids. */
static void match_made(struct matcher *m, bool by_name) {
	struct strbuf key = {0};
	for (size_t i = 0; i < m->out->count; i++) {
		const struct row *row = &m->rows[m->out->items[i].first_row];
		if (m->out->items[i].known != MATCH_NONE) {
			continue;
		}
		if (by_name) {
			name_key(row, &key);
		} else if (!own_key(m, i, &key)) {
			continue;
		}
		size_t known = index_of(m, key.data);
		if (known != MATCH_NONE && m->person_of[known] == MATCH_NONE && (!by_name || may_be(m, i, known, LEVEL_NAME))) {
			assign(m, i, known);
		}
	}
	strbuf_fini(&key);
}

/* Rows that are nobody's on the roster yet, by their keys of that level. Who turns out to be somebody whom other rows of the file are
 * already goes along with those, unless they contradict one another. */
static void match_strong(struct matcher *m, enum level level) {
	struct strbuf key = {0};
	for (size_t r = 0; r < m->in->people->count; r++) {
		size_t person = m->rows[r].person;
		if (m->out->items[person].known != MATCH_NONE || !key_text(m, &m->rows[r].traits, level, &key)) {
			continue;
		}
		const int64_t *place = mapstr_find(&m->keys, key.data);
		size_t known = place ? (size_t)*place - 1 : index_of(m, key.data);
		if (known == MATCH_NONE || !may_be(m, person, known, level)) {
			continue;
		}
		size_t other = m->person_of[known];
		if (other == MATCH_NONE) {
			assign(m, person, known);
		} else if (!rows_contradict(&m->have[person], &m->have[other], LEVEL_NAME)) {
			m->out->items[person].known = known;
			add_traits(&m->have[other], &m->have[person]);
		}
	}
	strbuf_fini(&key);
}

/* The first namesake who may be this person; MATCH_NONE when none of the first few hundred is. */
static size_t find_namesake(struct matcher *m, size_t person, struct group *group) {
	/* Those at the front who have their rows are passed for good, so a group is not walked from its start each time. */
	while (group->first != MATCH_NONE && m->person_of[m->namesakes.items[group->first].known] != MATCH_NONE) {
		group->first = m->namesakes.items[group->first].next;
	}
	size_t at = group->first;
	for (int looked = 0; at != MATCH_NONE && looked < NAMESAKES_LOOKED_AT; looked++) {
		size_t known = m->namesakes.items[at].known;
		if (m->person_of[known] == MATCH_NONE && may_be(m, person, known, LEVEL_NAME)) {
			return known;
		}
		at = m->namesakes.items[at].next;
	}
	return MATCH_NONE;
}

static void match_namesakes(struct matcher *m) {
	for (size_t i = 0; i < m->out->count; i++) {
		const struct row *row = &m->rows[m->out->items[i].first_row];
		const int64_t *place = mapstr_find(&m->group_of, row->traits.group);
		if (place != NULL && m->out->items[i].known == MATCH_NONE) {
			size_t known = find_namesake(m, i, &m->groups.items[*place - 1]);
			if (known != MATCH_NONE) {
				assign(m, i, known);
			}
		}
	}
}

/* The strongest evidence first, each level for all rows: an id that was made of the very key, then the keys themselves, then names. */
static void match_roster(struct matcher *m) {
	if (m->in->known->count == 0) {
		return;
	}
	match_made(m, false);
	for (int level = LEVEL_KEY; level < LEVEL_NAME; level++) {
		match_strong(m, (enum level)level);
	}
	match_made(m, true);
	match_namesakes(m);
}

/* ---- the result ---- */

/* No two people of one file have one own key; but somebody of the roster may have got that id who is another person by now. */
static void make_id(const struct matcher *m, size_t person, struct mapstr *ids, struct strbuf *key) {
	struct match_person *p = &m->out->items[person];
	own_key(m, person, key);
	person_id(m->in->event, key->data, p->id);
	size_t length = key->len;
	bool made = known_person(m->in->known, p->id) == NULL;
	for (int again = 2; !made; again++) {
		strbuf_truncate(key, length);
		strbuf_addf(key, "\n#%d", again);
		person_id(m->in->event, key->data, p->id);
		if (known_person(m->in->known, p->id) == NULL) {
			mapstr_place(ids, p->id, &made);
		}
	}
}

/* Gives everybody their id, and their rows in the order of the file; drops those who went along with others. */
static void finish(struct matcher *m) {
	struct mapstr ids = {0};
	struct strbuf key = {0};
	for (size_t i = 0; i < m->out->count; i++) {
		struct match_person *p = &m->out->items[i];
		if (p->known == MATCH_NONE) {
			make_id(m, i, &ids, &key);
		} else {
			memcpy(p->id, m->in->known->items[p->known].id, sizeof p->id);
		}
	}
	for (size_t i = 0; i < m->out->count; i++) {
		m->out->items[i].first_row = MATCH_NONE;
	}
	/* From the last row to the first, each put in front: so everybody's rows come in the file's order. */
	for (size_t r = m->in->people->count; r > 0; r--) {
		/* Who went along with others has their `known`, and person_of leads to those. */
		size_t known = m->out->items[m->rows[r - 1].person].known;
		struct match_person *p = &m->out->items[known != MATCH_NONE ? m->person_of[known] : m->rows[r - 1].person];
		m->out->next[r - 1] = p->first_row;
		m->out->repeated += p->first_row != MATCH_NONE;
		p->first_row = r - 1;
	}
	size_t kept = 0;
	for (size_t i = 0; i < m->out->count; i++) {
		if (m->out->items[i].first_row != MATCH_NONE) {
			m->out->items[kept++] = m->out->items[i];
		}
	}
	m->out->count = kept;
	strbuf_fini(&key);
	mapstr_fini(&ids);
}

/* Where the key column's values stand on the roster; -1 when they are kept nowhere (a part of the name). */
static int find_key_field(const struct match_input *in) {
	char *wanted = in->key ? alias_fold(in->key) : NULL;
	int field = -1;
	for (size_t c = 0; wanted != NULL && c < in->people->column_count && field < 0; c++) {
		const struct people_column *column = &in->people->columns[c];
		char *here = alias_fold(column->header);
		if (str_eq(here, wanted) && column->target == NULL) {
			char *key = xasprintf("%s%s", PERSON_CUSTOM_PREFIX, column->header);
			field = known_field(in->known, key);
			free(key);
		} else if (str_eq(here, wanted)) {
			enum person_field known = person_field_find(column->target);
			field = known == PERSON_FIELD_COUNT ? -1 : (int)known;
		}
		free(here);
	}
	free(wanted);
	return field;
}

void people_match(const struct match_input *in, struct match *out) {
	size_t count = in->people->count;
	struct matcher m = {.in = in, .out = out, .key_field = find_key_field(in)};
	*out = (struct match){.next = xmalloc((count + 1) * sizeof *out->next)};
	m.rows = xcalloc(count + 1, sizeof *m.rows);
	m.person_of = xmalloc((in->known->count + 1) * sizeof *m.person_of);
	for (size_t i = 0; i < count; i++) {
		out->next[i] = MATCH_NONE;
	}
	for (size_t i = 0; i < in->known->count; i++) {
		m.person_of[i] = MATCH_NONE;
	}
	index_known(&m);
	read_rows(&m);
	gather_rows(&m);
	match_roster(&m);
	finish(&m);
	free(m.rows);
	free(m.person_of);
	free(m.folded.items);
	free(m.namesakes.items);
	mapstr_fini(&m.folds);
	mapstr_fini(&m.keys);
	free(m.groups.items);
	free(m.have);
	mapstr_fini(&m.group_of);
	mapstr_fini(&m.in_file);
	arena_fini(&m.texts);
}

void match_fini(struct match *m) {
	free(m->items);
	free(m->next);
	*m = (struct match){0};
}
