#include "import/people_match_roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/likeness.h"

/* Of one group: so a file of one name repeated costs no square of its rows. */
#define NAMESAKES_LOOKED_AT 500
#define NUMBER_LENGTH 4 /* bytes of a code that may well be a number in a list */

/* ---- the roster's keys ---- */

static const char *said_of(const struct known_person *p, int field) {
	const struct known_cell *cell = field >= 0 ? known_cell(p, field) : NULL;
	return cell && cell->said ? cell->said : known_now(p, field);
}

static struct traits_raw raw_known(const struct matcher *m, const struct known_person *p,
				   const char *(*get)(const struct known_person *, int)) {
	return (struct traits_raw){get(p, PERSON_NAME),  get(p, m->key_field),        get(p, PERSON_CODE),     get(p, PERSON_EMAIL),
				   get(p, PERSON_PHONE), get(p, PERSON_ORGANISATION), get(p, PERSON_COMMUNITY)};
}

static bool same_raw(const struct traits_raw *a, const struct traits_raw *b) {
	return str_eq(a->name, b->name) && str_eq(a->key, b->key) && str_eq(a->code, b->code) && str_eq(a->email, b->email) &&
	       str_eq(a->phone, b->phone) && str_eq(a->organisation, b->organisation) && str_eq(a->community, b->community);
}

static void index_traits(struct matcher *m, const struct traits_raw *raw, size_t person) {
	struct traits t = traits_make(&m->maker, raw);
	size_t known = m->in->known->items[person].root;
	struct strbuf key = {0};
	bool made = false;
	for (int level = LEVEL_KEY; level < LEVEL_NAME; level++) {
		if (traits_key(&t, (enum level)level, m->in->key, &key)) {
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
			struct traits_raw now = raw_known(m, &k->items[i], known_now);
			struct traits_raw said = raw_known(m, &k->items[i], said_of);
			if (pass < 2 ? k->items[i].removed == (pass == 1) : !same_raw(&now, &said)) {
				index_traits(m, pass < 2 ? &now : &said, i);
			}
		}
	}
}

/* ---- may a row be somebody? ---- */

/* The row's value is neither what the roster has nor what an import said. */
static bool differs_known(const char *value, const struct known_person *p, int field, bool phone) {
	const char *values[] = {known_now(p, field), said_of(p, field)};
	bool any = false;
	for (size_t i = 0; value != NULL && i < COUNT_OF(values); i++) {
		char digits[PHONE_DIGITS_MAX];
		if (phone) {
			phone_digits(str_or_empty(values[i]), digits);
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

/* Somebody whom others brought, of another name, with neither address nor phone in common. Names in two alphabets cannot be told apart by their
 * letters: then a code that is no short number speaks for itself. */
static bool is_stranger(const struct matcher *m, size_t row, size_t known) {
	const struct person *said = &m->in->people->items[row];
	const struct known_person *p = &m->in->known->items[known];
	const struct traits *t = &m->rows[row].traits;
	if (p->mine || (t->email != NULL && !differs_known(t->email, p, PERSON_EMAIL, false) && known_now(p, PERSON_EMAIL) != NULL) ||
	    (t->phone != NULL && !differs_known(t->phone, p, PERSON_PHONE, true) && known_now(p, PERSON_PHONE) != NULL)) {
		return false;
	}
	struct name_words here, now, before;
	name_words_read(person_text(said, PERSON_NAME), &here);
	name_words_read(str_or_empty(known_now(p, PERSON_NAME)), &now);
	name_words_read(str_or_empty(said_of(p, PERSON_NAME)), &before);
	bool nameless = here.count == 0 || now.count == 0;
	bool alike = name_words_compare(&here, &now) != LIKENESS_NONE || name_words_compare(&here, &before) != LIKENESS_NONE;
	bool other_letters = here.cyrillic != now.cyrillic && strlen(str_or_empty(t->code)) > NUMBER_LENGTH;
	name_words_fini(&here);
	name_words_fini(&now);
	name_words_fini(&before);
	return !nameless && !alike && !other_letters;
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

/* ---- and with the roster ---- */

/* Takes their codes from the rows whose codes are strangers' on the roster. */
static void find_strangers(struct matcher *m) {
	struct strbuf key = {0};
	for (size_t r = 0; r < m->in->people->count; r++) {
		struct traits *t = &m->rows[r].traits;
		const int64_t *place = traits_key(t, LEVEL_CODE, m->in->key, &key) ? mapstr_find(&m->keys, key.data) : NULL;
		size_t known = place ? (size_t)*place - 1 : MATCH_NONE;
		size_t named = matcher_named(m, r);
		bool has_it = known != MATCH_NONE && str_eq(known_now(&m->in->known->items[known], PERSON_CODE), t->code);
		/* In an edited list whoever has it may have another code now. An empty cell says less: it may have been a bad one. */
		size_t holder = has_it ? m->person_of[known] : MATCH_NONE;
		bool passed_on = holder != MATCH_NONE && m->out->items[holder].by_id && m->have[holder].code != NULL &&
				 !str_eq(m->have[holder].code, t->code);
		has_it = has_it && !passed_on;
		if (has_it && (named != MATCH_NONE ? named != known : is_stranger(m, r, known))) {
			ARRAY_GROW(&m->out->strangers, items);
			m->out->strangers.items[m->out->strangers.count++] = (struct match_stranger){r, known};
			t->code = NULL;
			m->have[m->rows[r].person].code = NULL;
		}
	}
	strbuf_fini(&key);
}

static void assign(struct matcher *m, size_t person, size_t known) {
	m->out->items[person].known = known;
	m->person_of[known] = person;
}

static size_t index_of(const struct matcher *m, const char *key) {
	char id[PERSON_ID_LEN + 1];
	person_id(m->in->event, key, id);
	const struct known_person *p = known_person(m->in->known, id);
	return p ? p->root : MATCH_NONE;
}

/* The row has another's code by a mix-up of codes: by name and address, or phone, it is somebody else of the roster, and whoever has the code has
 * another name. */
static bool is_mixed_up(struct matcher *m, size_t row, size_t known) {
	struct strbuf key = {0};
	struct name_words here, there;
	bool other = false;
	for (int level = LEVEL_EMAIL; level < LEVEL_NAME && !other; level++) {
		bool has = traits_key(&m->rows[row].traits, (enum level)level, m->in->key, &key);
		const int64_t *place = has ? mapstr_find(&m->keys, key.data) : NULL;
		other = place != NULL && (size_t)*place - 1 != known;
	}
	strbuf_fini(&key);
	if (!other) {
		return false;
	}
	name_words_read(person_text(&m->in->people->items[row], PERSON_NAME), &here);
	name_words_read(str_or_empty(known_now(&m->in->known->items[known], PERSON_NAME)), &there);
	other = name_words_compare(&here, &there) == LIKENESS_NONE;
	name_words_fini(&here);
	name_words_fini(&there);
	return other;
}

/* A code or a key leads to the wrong one. */
static bool is_wrong(struct matcher *m, size_t row, size_t known) { return is_stranger(m, row, known) || is_mixed_up(m, row, known); }

/* Those who were made of the very same row, by their ids. */
static void match_made(struct matcher *m, bool by_name) {
	struct strbuf key = {0};
	for (size_t i = 0; i < m->out->count; i++) {
		const struct row *row = &m->rows[m->out->items[i].first_row];
		if (m->out->items[i].known != MATCH_NONE) {
			continue;
		}
		if (by_name) {
			matcher_name_key(row, &key);
		} else if (!matcher_own_key(m, i, &key)) {
			continue;
		}
		size_t known = index_of(m, key.data);
		if (known != MATCH_NONE && m->person_of[known] == MATCH_NONE &&
		    (by_name ? may_be(m, i, known, LEVEL_NAME) : !is_wrong(m, m->out->items[i].first_row, known))) {
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
		if (m->out->items[person].known != MATCH_NONE || !traits_key(&m->rows[r].traits, level, m->in->key, &key)) {
			continue;
		}
		const int64_t *place = mapstr_find(&m->keys, key.data);
		size_t known = place ? (size_t)*place - 1 : index_of(m, key.data);
		if (known == MATCH_NONE || !may_be(m, person, known, level) || (level == LEVEL_CODE && is_wrong(m, r, known)) ||
		    (level == LEVEL_KEY && is_stranger(m, r, known))) {
			continue;
		}
		size_t other = m->person_of[known];
		if (other == MATCH_NONE) {
			assign(m, person, known);
		} else if (!matcher_rows_contradict(&m->have[person], &m->have[other], LEVEL_NAME)) {
			m->out->items[person].known = known;
			matcher_add_traits(&m->have[other], &m->have[person]);
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

/* ---- rows that were corrected ---- */

static void put_seconds(struct matcher *m, struct correct_person *out, const char *const values[CORRECT_SECONDS]) {
	struct traits_raw contacts = {.email = values[CORRECT_EMAIL], .phone = values[CORRECT_PHONE]};
	struct traits t = traits_make(&m->maker, &contacts);
	for (size_t i = 0; i < CORRECT_SECONDS; i++) {
		out->second[i] = traits_fold(&m->maker, values[i]);
	}
	out->second[CORRECT_EMAIL] = t.email;
	out->second[CORRECT_PHONE] = t.phone;
}

static const int SECONDS[CORRECT_SECONDS] = {
	[CORRECT_EMAIL] = PERSON_EMAIL,         [CORRECT_PHONE] = PERSON_PHONE,       [CORRECT_ORGANISATION] = PERSON_ORGANISATION,
	[CORRECT_COMMUNITY] = PERSON_COMMUNITY, [CORRECT_POSITION] = PERSON_POSITION, [CORRECT_BIRTH_YEAR] = PERSON_BIRTH_YEAR};

static struct correct_person *gone_people(struct matcher *m, bool *any) {
	const struct known_people *k = m->in->known;
	struct correct_person *out = xcalloc(k->count + 1, sizeof *out);
	for (size_t i = 0; i < k->count; i++) {
		const struct known_person *p = &k->items[i];
		const char *values[CORRECT_SECONDS];
		for (size_t s = 0; s < CORRECT_SECONDS; s++) {
			values[s] = p->mine ? said_of(p, SECONDS[s]) : known_now(p, SECONDS[s]);
		}
		out[i] = (struct correct_person){.name = p->mine ? said_of(p, PERSON_NAME) : known_now(p, PERSON_NAME)};
		out[i].open = m->person_of[i] == MATCH_NONE && !p->removed && p->root == i;
		out[i].mine = p->mine && !p->removed && p->root == i;
		put_seconds(m, &out[i], values);
		*any = *any || out[i].open;
	}
	return out;
}

static struct correct_person *new_people(struct matcher *m) {
	struct correct_person *out = xcalloc(m->out->count + 1, sizeof *out);
	for (size_t i = 0; i < m->out->count; i++) {
		const struct person *p = &m->in->people->items[m->out->items[i].first_row];
		const char *values[CORRECT_SECONDS];
		for (size_t s = 0; s < CORRECT_SECONDS; s++) {
			values[s] = p->field[SECONDS[s]];
		}
		out[i] = (struct correct_person){.name = p->field[PERSON_NAME],
						 .open = m->out->items[i].known == MATCH_NONE && m->in->people->cells == NULL,
						 .mine = true};
		put_seconds(m, &out[i], values);
	}
	return out;
}

static bool some_are_new(const struct matcher *m) {
	for (size_t i = 0; i < m->out->count; i++) {
		if (m->out->items[i].known == MATCH_NONE) {
			return true;
		}
	}
	return false;
}

/* Where a key column tells people apart it is believed: another key is another person. */
static void match_corrected(struct matcher *m) {
	bool any = false;
	if (m->in->key != NULL || !some_are_new(m)) {
		return;
	}
	struct correct_person *gone = gone_people(m, &any), *fresh = new_people(m);
	struct correct_input in = {fresh, gone, m->out->count, m->in->known->count};
	if (any) {
		people_correct(&in, &m->corrections);
	}
	for (size_t i = 0; i < m->corrections.count; i++) {
		const struct correction *c = &m->corrections.items[i];
		bool taken = m->person_of[c->known] != MATCH_NONE; /* by another row that is as like */
		if (!taken && (c->sure || (m->in->same && c->only))) {
			assign(m, c->row, c->known);
		}
	}
	free(gone);
	free(fresh);
}

/* The strongest evidence first, each level for all rows: an id that was made of the very key, then the keys themselves, then names. */
void matcher_match_roster(struct matcher *m) {
	if (m->in->known->count == 0) {
		return;
	}
	index_known(m);
	find_strangers(m);
	match_made(m, false);
	for (int level = LEVEL_KEY; level < LEVEL_NAME; level++) {
		match_strong(m, (enum level)level);
	}
	match_made(m, true);
	match_namesakes(m);
	match_corrected(m);
}
