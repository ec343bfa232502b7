#include "import/people_match.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "import/alias.h"
#include "import/people_match_roster.h"

/* No two people of one file have one own key; but somebody of the roster may have got that id who is another person by now. */
static void make_id(const struct matcher *m, size_t person, struct mapstr *ids, struct strbuf *key) {
	struct match_person *p = &m->out->items[person];
	matcher_own_key(m, person, key);
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

static void list_doubts(struct matcher *m) {
	for (size_t i = 0; i < m->corrections.count; i++) {
		const struct correction *c = &m->corrections.items[i];
		const struct match_person *p = &m->out->items[c->row];
		if (p->known == MATCH_NONE) {
			ARRAY_GROW(&m->out->doubts, items);
			struct match_doubt *doubt = &m->out->doubts.items[m->out->doubts.count++];
			*doubt = (struct match_doubt){.row = p->first_row, .known = c->known};
			memcpy(doubt->id, p->id, sizeof doubt->id);
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
	list_doubts(m);
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
	m.keeper = xcalloc(in->known->count + 1, sizeof *m.keeper);
	for (size_t i = 0; i < count; i++) {
		out->next[i] = MATCH_NONE;
	}
	for (size_t i = 0; i < in->known->count; i++) {
		m.person_of[i] = MATCH_NONE;
	}
	matcher_gather(&m);
	matcher_match_roster(&m);
	finish(&m);
	free(m.rows);
	free(m.person_of);
	free(m.keeper);
	free(m.namesakes.items);
	mapstr_fini(&m.keys);
	free(m.groups.items);
	free(m.have);
	mapstr_fini(&m.group_of);
	mapstr_fini(&m.in_file);
	traits_maker_fini(&m.maker);
	corrections_fini(&m.corrections);
}

void match_fini(struct match *m) {
	free(m->items);
	free(m->next);
	free(m->strangers.items);
	free(m->doubts.items);
	*m = (struct match){0};
}
