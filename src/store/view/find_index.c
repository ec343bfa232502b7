#include "store/view/find_index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"
#include "event/name_key.h"
#include "event/script.h"
#include "store/file/state.h"

enum {
	PERSON_GET,
	PERSON_PUT,
	PERSON_DROP,
	WORD_GET,
	WORD_PUT,
	WORD_DROP,
	POSTING_PUT,
	POSTING_DROP,
	POSTING_ANY,
	LESS_PUT,
	LESS_DROP,
	STATEMENTS
};
static const char *const TEXTS[] = {
	[PERSON_GET] = "SELECT n, words FROM find_person WHERE id = ?1",
	[PERSON_PUT] = "INSERT INTO find_person (id, words) VALUES (?1, ?2) ON CONFLICT DO NOTHING RETURNING n",
	[PERSON_DROP] = "DELETE FROM find_person WHERE n = ?1",
	[WORD_GET] = "SELECT id FROM find_word WHERE text = ?1",
	[WORD_PUT] = "INSERT INTO find_word (text, key) VALUES (?1, ?2) RETURNING id",
	[WORD_DROP] = "DELETE FROM find_word WHERE id = ?1",
	[POSTING_PUT] = "INSERT OR IGNORE INTO find_posting (word, person, words) VALUES (?1, ?2, ?3)",
	[POSTING_DROP] = "DELETE FROM find_posting WHERE word = ?1 AND person = ?2",
	[POSTING_ANY] = "SELECT EXISTS (SELECT 1 FROM find_posting WHERE word = ?1)",
	[LESS_PUT] = "INSERT OR IGNORE INTO find_less (less, word) VALUES (?1, ?2)",
	[LESS_DROP] = "DELETE FROM find_less WHERE word = ?1",
};
_Static_assert(COUNT_OF(TEXTS) == STATEMENTS, "every statement has its text");
static const struct sql_table SQL = {TEXTS, STATEMENTS};

#define WORDS_KNOWN_MAX 200000 /* kept in memory: some 20 MB */

/* --- words ------------------------------------------------------------------------------------------------------------------------------- */

size_t find_index_less(const char *word, struct find_less *out) {
	size_t letters = utf8_length(word), bytes = strlen(word);
	char less[4 * FIND_LESS_MOST + 1];
	out->count = 0;
	if (letters < NAME_SLIP_LETTERS || letters > FIND_LESS_MOST || bytes >= sizeof less) {
		return 0;
	}
	for (const char *at = word; *at != '\0';) {
		const char *from = at;
		struct name_sounds sounds;
		utf8_next(&at);
		size_t n = (size_t)(from - word);
		memcpy(less, word, n);
		memcpy(less + n, at, bytes - (size_t)(at - word) + 1);
		name_sounds_read(less, &sounds);
		name_key_of(&sounds, out->keys[out->count]);
		/* Of a double letter either is left out. */
		out->count += out->count == 0 || !str_eq(out->keys[out->count], out->keys[out->count - 1]) ? 1 : 0;
	}
	return out->count;
}

/* Of both names, folded and parted by spaces; "" when they have none. Each name by itself: what alphabet one is written in says nothing of the other. For
 * free(). */
static char *words_of(const char *name, const char *latin) {
	char *one = name_in_one_script(str_or_empty(name), NULL), *other = name_in_one_script(str_or_empty(latin), NULL);
	char *words = xasprintf("%s%s%s", one, one[0] != '\0' && other[0] != '\0' ? " " : "", other);
	free(one);
	free(other);
	return words;
}

static void note_word(struct store *store, const char *word, int64_t id) {
	bool made;
	if (store->find_words.count >= WORDS_KNOWN_MAX) {
		mapstr_fini(&store->find_words);
	}
	if (id != 0) {
		*mapstr_place(&store->find_words, word, &made) = id;
	}
}

static bool new_word(struct store *store, const char *word, int64_t *id, struct err *err) {
	struct find_less less;
	struct name_sounds sounds;
	char key[NAME_SOUNDS_MAX + 1];
	name_sounds_read(word, &sounds);
	name_key_of(&sounds, key);
	struct stmt *s = store_sql(store, &SQL, WORD_PUT);
	stmt_text(s, 1, word);
	stmt_text(s, 2, key);
	*id = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	bool ok = stmt_done(s, err);
	if (ok) {
		note_word(store, word, *id);
	}
	size_t n = find_index_less(word, &less);
	for (size_t i = 0; ok && i < n; i++) {
		s = store_sql(store, &SQL, LESS_PUT);
		stmt_text(s, 1, less.keys[i]);
		stmt_int(s, 2, *id);
		ok = stmt_run(s, err);
	}
	return ok;
}

/* 0: nobody has such a word. An import asks for the same ones over and over. */
static bool find_word(struct store *store, const char *word, int64_t *id, struct err *err) {
	const int64_t *known = mapstr_find(&store->find_words, word);
	if (known != NULL) {
		*id = *known;
		return true;
	}
	struct stmt *s = store_sql(store, &SQL, WORD_GET);
	stmt_text(s, 1, word);
	*id = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	if (!stmt_done(s, err)) {
		return false;
	}
	note_word(store, word, *id);
	return true;
}

/* The ids of the words of a name, each once. `make`: of those too that nobody has had until now. */
static bool read_ids(struct store *store, const char *words, bool make, struct find_ids *out, struct err *err) {
	char *text = xstrdup(words), *parts[NAME_WORDS_MAX + 1];
	size_t n = str_split(text, ' ', parts, COUNT_OF(parts));
	bool ok = true;
	out->count = 0;
	for (size_t i = 0; ok && i < n && i < NAME_WORDS_MAX; i++) {
		int64_t id = 0;
		if (parts[i][0] != '\0') {
			ok = find_word(store, parts[i], &id, err) && (id != 0 || !make || new_word(store, parts[i], &id, err));
		}
		if (id != 0 && !find_ids_have(out, (int32_t)id)) {
			out->items[out->count++] = (int32_t)id;
		}
	}
	free(text);
	return ok;
}

bool find_ids_have(const struct find_ids *ids, int32_t id) {
	for (size_t i = 0; i < ids->count; i++) {
		if (ids->items[i] == id) {
			return true;
		}
	}
	return false;
}

static bool post_words(struct store *store, const struct find_ids *ids, int64_t person, struct err *err) {
	bool ok = true;
	for (size_t i = 0; ok && i < ids->count; i++) {
		struct stmt *s = store_sql(store, &SQL, POSTING_PUT);
		stmt_int(s, 1, ids->items[i]);
		stmt_int(s, 2, person);
		stmt_blob(s, 3, ids->items, ids->count * sizeof *ids->items);
		ok = stmt_run(s, err);
	}
	return ok;
}

static bool drop_row(struct store *store, size_t statement, int64_t id, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, statement);
	stmt_int(s, 1, id);
	return stmt_run(s, err);
}

/* With the last who has it goes the word: it may tell who was erased. */
static bool unpost_word(struct store *store, int64_t word, int64_t person, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, POSTING_DROP);
	stmt_int(s, 1, word);
	stmt_int(s, 2, person);
	if (!stmt_run(s, err)) {
		return false;
	}
	s = store_sql(store, &SQL, POSTING_ANY);
	stmt_int(s, 1, word);
	bool any = !stmt_row(s) || stmt_col_int(s, 0) != 0;
	if (!any) {
		mapstr_fini(&store->find_words);
	}
	return stmt_done(s, err) && (any || (drop_row(store, LESS_DROP, word, err) && drop_row(store, WORD_DROP, word, err)));
}

static bool unpost_words(struct store *store, const char *words, int64_t person, struct err *err) {
	struct find_ids ids;
	bool ok = read_ids(store, words, false, &ids, err);
	for (size_t i = 0; ok && i < ids.count; i++) {
		ok = unpost_word(store, ids.items[i], person, err);
	}
	return ok;
}

/* --- people ------------------------------------------------------------------------------------------------------------------------------- */

/* *known: they are in the index already, and nothing was done. */
static bool add_words(struct store *store, const char *id, const char *words, bool *known, struct err *err) {
	struct find_ids ids;
	*known = false;
	if (words[0] == '\0') {
		return true;
	}
	struct stmt *s = store_sql(store, &SQL, PERSON_PUT);
	stmt_text(s, 1, id);
	stmt_text(s, 2, words);
	int64_t person = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	*known = person == 0;
	return stmt_done(s, err) && (*known || (read_ids(store, words, true, &ids, err) && post_words(store, &ids, person, err)));
}

bool find_index_add(struct store *store, const char *id, const char *name, const char *latin, struct err *err) {
	char *words = words_of(name, latin);
	bool known = false, ok = add_words(store, id, words, &known, err);
	free(words);
	return ok && (!known || find_index_put(store, id, name, latin, err));
}

bool find_index_put(struct store *store, const char *id, const char *name, const char *latin, struct err *err) {
	struct stmt *s = store_sql(store, &SQL, PERSON_GET);
	stmt_text(s, 1, id);
	int64_t person = stmt_row(s) ? stmt_col_int(s, 0) : 0;
	char *before = person == 0 ? NULL : xstrdup(str_or_empty(stmt_col_text(s, 1))), *words = words_of(name, latin);
	bool known, ok = stmt_done(s, err);
	if (ok && !str_eq(str_or_empty(before), words)) {
		ok = (before == NULL || (unpost_words(store, before, person, err) && drop_row(store, PERSON_DROP, person, err))) &&
		     add_words(store, id, words, &known, err);
	}
	free(before);
	free(words);
	return ok;
}
