#include "import/people_traits.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/fold.h"
#include "import/people.h"

static const char *fold_new(struct traits_maker *maker, const char *text) {
	char *folded = fold_text(text);
	const char *use = *folded != '\0' ? folded : text; /* a name of signs alone is still a name */
	const char *kept = arena_text(&maker->texts, use, strlen(use));
	free(folded);
	return kept;
}

/* Organisations and communities come again and again: each is folded once. */
const char *traits_fold(struct traits_maker *maker, const char *text) {
	bool made = false;
	if (text == NULL || *text == '\0') {
		return "";
	}
	int64_t *place = mapstr_place(&maker->folds, text, &made);
	if (made) {
		*place = (int64_t)maker->folded.count;
		ARRAY_GROW(&maker->folded, items);
		maker->folded.items[maker->folded.count++] = fold_new(maker, text);
	}
	return maker->folded.items[*place];
}

static const char *phone_of(struct traits_maker *maker, const char *text) {
	char digits[PHONE_DIGITS_MAX];
	phone_digits(str_or_empty(text), digits);
	return digits[0] != '\0' ? arena_text(&maker->texts, digits, strlen(digits)) : NULL;
}

static const char *email_of(struct traits_maker *maker, const char *text) {
	if (text == NULL || *text == '\0') {
		return NULL;
	}
	char *lower = arena_text(&maker->texts, text, strlen(text));
	for (char *c = lower; *c != '\0'; c++) {
		*c = str_lower_char(*c);
	}
	return lower;
}

struct traits traits_make(struct traits_maker *maker, const struct traits_raw *raw) {
	struct traits t = {.name = fold_new(maker, str_or_empty(raw->name)),
			   .email = email_of(maker, raw->email),
			   .phone = phone_of(maker, raw->phone)};
	const char *organisation = traits_fold(maker, raw->organisation);
	const char *community = traits_fold(maker, raw->community);
	t.key = str_empty(raw->key) ? NULL : raw->key;
	t.code = str_empty(raw->code) ? NULL : raw->code;
	size_t a = strlen(t.name);
	size_t b = strlen(organisation);
	size_t c = strlen(community);
	char *group = arena_bytes(&maker->texts, a + b + c + 3);
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

bool traits_key(const struct traits *t, enum level level, const char *key, struct strbuf *out) {
	strbuf_reset(out);
	switch (level) {
	case LEVEL_KEY:
		if (t->key != NULL) {
			put_key(out, "key\n", key, t->key);
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

void traits_maker_fini(struct traits_maker *maker) {
	free(maker->folded.items);
	mapstr_fini(&maker->folds);
	arena_fini(&maker->texts);
	*maker = (struct traits_maker){0};
}
