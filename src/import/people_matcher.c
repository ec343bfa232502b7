#include "import/people_matcher.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

void matcher_name_key(const struct row *row, struct strbuf *out) {
	strbuf_reset(out);
	strbuf_addf(out, "name\n%s\n%zu", row->traits.group, row->nth);
}

/* ---- rows ---- */

static const char *key_value(const struct people *people, size_t row) { return people->keys ? people->keys[row] : NULL; }

static void read_rows(struct matcher *m) {
	const struct people *people = m->in->people;
	for (size_t i = 0; i < people->count; i++) {
		char *const *f = people->items[i].field;
		struct traits_raw raw = {
			.name = f[PERSON_NAME],
			.key = m->in->key ? key_value(people, i) : NULL,
			.code = f[PERSON_CODE],
			.email = f[PERSON_EMAIL],
			.phone = f[PERSON_PHONE],
			.organisation = f[PERSON_ORGANISATION],
			.community = f[PERSON_COMMUNITY],
		};
		m->rows[i].traits = traits_make(&m->maker, &raw);
	}
}

static size_t id_of_row(const struct matcher *m, size_t row) {
	const struct people *people = m->in->people;
	const struct known_person *p = people->cells != NULL ? known_person(m->in->known, people->cells[row].id) : NULL;
	return p != NULL ? p->root : MATCH_NONE;
}

/* Of rows with one id, the one that has the person's name has the id rightly: a row that was copied to write a newcomer into it is theirs. */
static void find_keepers(struct matcher *m) {
	for (size_t r = 0; m->in->people->cells != NULL && r < m->in->people->count; r++) {
		size_t known = id_of_row(m, r);
		const struct known_cell *name = known != MATCH_NONE ? known_cell(&m->in->known->items[known], PERSON_NAME) : NULL;
		if (name != NULL && m->keeper[known] == 0 && str_eq(name->now, m->in->people->items[r].field[PERSON_NAME])) {
			m->keeper[known] = r + 1;
		}
	}
}

size_t matcher_named(const struct matcher *m, size_t row) {
	size_t known = id_of_row(m, row), keeper = known != MATCH_NONE ? m->keeper[known] : 0;
	bool copied = keeper != 0 && strcmp(m->rows[row].traits.name, m->rows[keeper - 1].traits.name) != 0;
	return copied ? MATCH_NONE : known;
}

/* ---- which of them are one person ---- */

static bool differ(const char *a, const char *b) { return a != NULL && b != NULL && strcmp(a, b) != 0; }

bool matcher_rows_contradict(const struct traits *a, const struct traits *b, enum level level) {
	return differ(a->key, b->key) || (level > LEVEL_CODE && differ(a->code, b->code)) ||
	       (level > LEVEL_EMAIL && differ(a->email, b->email)) || (level > LEVEL_PHONE && differ(a->phone, b->phone));
}

void matcher_add_traits(struct traits *have, const struct traits *t) {
	have->key = have->key ? have->key : t->key;
	have->code = have->code ? have->code : t->code;
	have->email = have->email ? have->email : t->email;
	have->phone = have->phone ? have->phone : t->phone;
}

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
	size_t named = matcher_named(m, r);
	if (named != MATCH_NONE) {
		return m->person_of[named]; /* an id says all: two who are alike in everything else are two */
	}
	for (int level = LEVEL_KEY; level < LEVEL_NAME; level++) {
		if (!traits_key(&m->rows[r].traits, (enum level)level, m->in->key, key)) {
			continue;
		}
		const int64_t *place = mapstr_find(&m->in_file, key->data);
		if (place != NULL && !matcher_rows_contradict(&m->rows[r].traits, &m->have[*place - 1], (enum level)level)) {
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
			size_t named = matcher_named(m, r);
			if (named != MATCH_NONE) {
				m->out->items[person].known = named;
				m->out->items[person].by_id = true;
				m->person_of[named] = person;
			}
		}
		m->rows[r].person = person;
		matcher_add_traits(&m->have[person], &m->rows[r].traits);
		for (int level = LEVEL_KEY; level < LEVEL_NAME; level++) {
			bool made = false;
			if (traits_key(&m->rows[r].traits, (enum level)level, m->in->key, &key)) {
				int64_t *place = mapstr_place(&m->in_file, key.data, &made);
				*place = made ? (int64_t)person + 1 : *place;
			}
		}
	}
	mapstr_fini(&group_sizes);
	strbuf_fini(&key);
}

bool matcher_own_key(const struct matcher *m, size_t person, struct strbuf *key) {
	const struct row *row = &m->rows[m->out->items[person].first_row];
	for (int level = LEVEL_KEY; level < LEVEL_NAME; level++) {
		if (traits_key(&row->traits, (enum level)level, m->in->key, key)) {
			return true;
		}
	}
	matcher_name_key(row, key);
	return false;
}

void matcher_gather(struct matcher *m) {
	read_rows(m);
	find_keepers(m);
	gather_rows(m);
}
