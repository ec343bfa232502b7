#include "import/people_settle.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

/* Both are there, and nobody joined or removed either of them meanwhile. */
static bool is_open(struct store *store, const struct source_doubt *doubt, bool *open, struct err *err) {
	struct person_row person = {0}, like = {0};
	bool found = false, like_found = false;
	bool ok = person_get_plain(store, doubt->person, &person, &found, err) &&
		  person_get_plain(store, doubt->like, &like, &like_found, err);
	*open = ok && found && like_found && !person.removed && !like.removed && str_eq(person.id, doubt->person) &&
		str_eq(like.id, doubt->like);
	person_row_fini(&person);
	person_row_fini(&like);
	return ok;
}

static bool has_rival(struct source_memory *memory, size_t which) {
	struct source_doubt *doubt = &memory->doubts.items[which];
	for (size_t i = 0; i < memory->doubts.count; i++) {
		doubt->rival = doubt->rival || (i != which && str_eq(memory->doubts.items[i].like, doubt->like));
	}
	return doubt->rival;
}

bool people_join_doubts(struct store *store, struct source_memory *memory, size_t *joined, struct err *err) {
	size_t kept = 0;
	for (size_t i = 0; i < memory->doubts.count; i++) {
		const struct source_doubt *doubt = &memory->doubts.items[i];
		bool open = false;
		if (has_rival(memory, i)) {
			continue;
		}
		if (!is_open(store, doubt, &open, err) || (open && !person_join(store, doubt->person, doubt->like, err))) {
			return false;
		}
		*joined += open;
	}
	/* Several who are like one person cannot all be them: these stay, for people to settle one by one. */
	for (size_t i = 0; i < memory->doubts.count; i++) {
		if (memory->doubts.items[i].rival) {
			memory->doubts.items[kept++] = memory->doubts.items[i];
		}
	}
	memory->doubts.count = kept;
	return true;
}

/* --- listing ---------------------------------------------------------------------------------------------------------------------------- */

static void add_doubt(struct people_doubts *out, struct people_doubt doubt) {
	ARRAY_GROW(out, items);
	out->items[out->count++] = doubt;
}

static bool is_settled(const struct known_people *known, const struct known_person *p) {
	return p == NULL || p->removed || &known->items[p->root] != p;
}

/* Of an earlier import: false when it is settled. */
static bool list_earlier(const struct settling *s, const struct source_doubt *earlier, struct people_doubts *out) {
	const struct known_person *person = known_person(s->known, earlier->person), *like = known_person(s->known, earlier->like);
	if (is_settled(s->known, person) || is_settled(s->known, like)) {
		return false;
	}
	struct people_doubt doubt = {.name = known_describe(person), .like = known_describe(like)};
	for (size_t i = 0; i < s->match->count && doubt.line == 0; i++) {
		if (str_eq(s->match->items[i].id, earlier->person)) {
			doubt.line = s->people->lines[s->match->items[i].first_row];
		}
	}
	str_copy(doubt.id, sizeof doubt.id, earlier->person);
	str_copy(doubt.like_id, sizeof doubt.like_id, earlier->like);
	add_doubt(out, doubt);
	return true;
}

static void list_new(const struct settling *s, const struct match_doubt *found, struct people_doubts *out) {
	const struct known_person *like = &s->known->items[found->known];
	struct people_doubt doubt = {.line = s->people->lines[found->row],
				     .name = xstrdup(person_text(&s->people->items[found->row], PERSON_NAME)),
				     .like = known_describe(like)};
	str_copy(doubt.id, sizeof doubt.id, found->id);
	str_copy(doubt.like_id, sizeof doubt.like_id, like->id);
	add_doubt(out, doubt);
	source_memory_add_doubt(s->memory, found->id, like->id);
}

void people_list_doubts(const struct settling *s, bool all_settled, struct people_doubts *out) {
	size_t kept = 0;
	for (size_t i = 0; i < s->memory->doubts.count && !all_settled; i++) {
		struct source_doubt earlier = s->memory->doubts.items[i];
		if (list_earlier(s, &earlier, out)) {
			s->memory->doubts.items[kept++] = earlier;
		}
	}
	s->memory->doubts.count = kept;
	for (size_t i = 0; i < s->match->doubts.count && !all_settled; i++) {
		list_new(s, &s->match->doubts.items[i], out);
	}
}

void people_doubts_fini(struct people_doubts *doubts) {
	for (size_t i = 0; i < doubts->count; i++) {
		free(doubts->items[i].name);
		free(doubts->items[i].like);
	}
	free(doubts->items);
	*doubts = (struct people_doubts){0};
}
