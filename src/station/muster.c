#include "station/muster.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "event/fold.h"
#include "store/read/people.h"

static bool is_to_do(const struct muster_question *q, const char *id, bool *to_do, enum outcome *outcome, struct err *err) {
	struct desk_answer answer;
	if (!desk_look(q->desk, id, q->now, &answer, err)) {
		return false;
	}
	*to_do = !answer.done;
	*outcome = answer.outcome;
	desk_answer_fini(&answer);
	return true;
}

/* --- all groups ----------------------------------------------------------------------------------------------------------------------------- */

struct counting {
	const struct muster_question *question;
	struct muster_groups *out;
	struct mapstr places; /* a name, folded -> its index in `out` */
};

/* What folds to nothing is nobody's name: a dash that stands for "none". */
static struct muster_group *group_place(struct counting *c, const char *name) {
	char *folded = fold_text(name);
	bool made = false;
	struct muster_group *found = NULL;
	if (folded[0] != '\0') {
		int64_t *place = mapstr_place(&c->places, folded, &made);
		if (made) {
			ARRAY_GROW(c->out, items);
			*place = (int64_t)c->out->count;
			c->out->items[c->out->count++] = (struct muster_group){.name = xstrdup(name)};
		}
		found = &c->out->items[*place];
	}
	free(folded);
	return found;
}

static bool count_person(void *context, const struct person_row *row, struct err *err) {
	struct counting *c = context;
	const char *name = group_of(&row->person, c->question->kind);
	struct muster_group *group = str_empty(name) ? NULL : group_place(c, name);
	bool to_do = false;
	enum outcome outcome;
	if (group == NULL) {
		return true;
	}
	if (!is_to_do(c->question, row->id, &to_do, &outcome, err)) {
		return false;
	}
	group->people++;
	group->to_do += to_do;
	return true;
}

struct keyed {
	struct muster_group group;
	char *key;
};

static int by_key(const void *a, const void *b) {
	const struct keyed *x = a, *y = b;
	return strcmp(x->key, y->key);
}

static void sort_groups(struct muster_groups *groups) {
	struct keyed *keyed = xcalloc(groups->count + 1, sizeof *keyed);
	for (size_t i = 0; i < groups->count; i++) {
		keyed[i] = (struct keyed){groups->items[i], fold_text(groups->items[i].name)};
	}
	if (groups->count > 1) {
		qsort(keyed, groups->count, sizeof *keyed, by_key);
	}
	for (size_t i = 0; i < groups->count; i++) {
		groups->items[i] = keyed[i].group;
		free(keyed[i].key);
	}
	free(keyed);
}

bool muster_groups_load(const struct muster_question *question, struct muster_groups *out, struct err *err) {
	struct counting c = {.question = question, .out = out};
	*out = (struct muster_groups){.count = 0};
	bool ok = people_each_anyhow(question->store, NULL, count_person, &c, err);
	mapstr_fini(&c.places);
	if (!ok) {
		muster_groups_fini(out);
		return false;
	}
	sort_groups(out);
	return true;
}

void muster_groups_fini(struct muster_groups *groups) {
	for (size_t i = 0; i < groups->count; i++) {
		free(groups->items[i].name);
	}
	free(groups->items);
	*groups = (struct muster_groups){.count = 0};
}

/* --- one of them ---------------------------------------------------------------------------------------------------------------------------- */

struct gathering {
	const struct muster_question *question;
	const char *folded; /* its name */
	struct muster *out;
};

static bool gather_person(void *context, const struct person_row *row, struct err *err) {
	struct gathering *g = context;
	char *folded = fold_text(group_of(&row->person, g->question->kind));
	bool in = folded[0] != '\0' && str_eq(folded, g->folded), to_do = false;
	enum outcome outcome = OUTCOME_COUNT;
	free(folded);
	if (!in) {
		return true;
	}
	if (!is_to_do(g->question, row->id, &to_do, &outcome, err)) {
		return false;
	}
	g->out->people++;
	if (to_do) {
		ARRAY_GROW(g->out, items);
		struct muster_person *person = &g->out->items[g->out->count++];
		*person = (struct muster_person){.name = xstrdup(person_text(&row->person, PERSON_NAME)), .outcome = outcome};
		str_copy(person->id, sizeof person->id, row->id);
	}
	return true;
}

struct keyed_person {
	struct muster_person person;
	char *key;
};

static int by_person_key(const void *a, const void *b) {
	const struct keyed_person *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order != 0 ? order : strcmp(x->person.id, y->person.id);
}

static void sort_people(struct muster *muster) {
	struct keyed_person *keyed = xcalloc(muster->count + 1, sizeof *keyed);
	for (size_t i = 0; i < muster->count; i++) {
		keyed[i] = (struct keyed_person){muster->items[i], fold_text(muster->items[i].name)};
	}
	if (muster->count > 1) {
		qsort(keyed, muster->count, sizeof *keyed, by_person_key);
	}
	for (size_t i = 0; i < muster->count; i++) {
		muster->items[i] = keyed[i].person;
		crypto_wipe_text(keyed[i].key);
	}
	crypto_wipe(keyed, (muster->count + 1) * sizeof *keyed);
	free(keyed);
}

bool muster_load(const struct muster_question *question, const char *group, struct muster *out, struct err *err) {
	char *folded = fold_text(group);
	struct gathering g = {question, folded, out};
	*out = (struct muster){.count = 0};
	bool ok = people_each_anyhow(question->store, NULL, gather_person, &g, err);
	free(folded);
	if (!ok) {
		muster_fini(out);
		return false;
	}
	sort_people(out);
	return true;
}

void muster_fini(struct muster *muster) {
	for (size_t i = 0; i < muster->count; i++) {
		crypto_wipe_text(muster->items[i].name);
	}
	if (muster->items != NULL) {
		crypto_wipe(muster->items, muster->count * sizeof *muster->items);
	}
	free(muster->items);
	*muster = (struct muster){.count = 0};
}
