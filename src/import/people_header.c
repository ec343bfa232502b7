#include "import/people_header.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/mapstr.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "event/fold.h"
#include "import/alias.h"
#include "import/people_alias.h"

/* Of a header that is looked at in this way; longer ones are known by an alias as they stand, or not at all. */
#define WORDS_MAX 12
#define PARTS_MAX 8
#define HEADER_LONG 300

struct ready { /* an alias, cut into its folded words */
	char *text;
	char *words[WORDS_MAX];
	size_t count;
	int field, rank;
};

struct people_headers {
	struct mapstr exact;
	struct ready *items;
	size_t count;
};

static struct ready make_ready(const struct alias *alias) {
	struct ready ready = {.text = fold_text(alias->header), .field = alias->field, .rank = alias->rank};
	ready.count = str_split(ready.text, ' ', ready.words, WORDS_MAX);
	return ready;
}

struct people_headers *people_headers_open(void) {
	struct people_headers *headers = xcalloc(1, sizeof *headers);
	size_t n = 0;
	headers->exact = people_aliases();
	for (size_t part = 0; people_alias_list(part, &n) != NULL; part++) {
		const struct alias *list = people_alias_list(part, &n);
		headers->items = xrealloc(headers->items, headers->count + n, sizeof *headers->items);
		for (size_t i = 0; i < n; i++) {
			headers->items[headers->count++] = make_ready(&list[i]);
		}
	}
	return headers;
}

void people_headers_close(struct people_headers *headers) {
	for (size_t i = 0; i < headers->count; i++) {
		free(headers->items[i].text);
	}
	free(headers->items);
	mapstr_fini(&headers->exact);
	free(headers);
}

/* ---- what stands around it ---- */

/* "1. ", "12) ", "#", "№ " before the rest of a header; the header itself where nothing is left behind it. */
static const char *without_number(const char *header) {
	const char *at = header;
	if (*at == '#') {
		at++;
	} else if (str_starts(at, "№")) {
		at += strlen("№");
	} else {
		at += strspn(at, "0123456789");
		at = at != header && (*at == '.' || *at == ')') ? at + 1 : header;
	}
	at += strspn(at, " ");
	return *at != '\0' ? at : header;
}

/* What a form asks before it names what it wants, folded. */
static bool is_asking(const char *word) {
	static const char *const words[] = {"вкажіть",  "зазначте", "напишіть", "введіть",   "укажіть", "укажите", "введите",
					    "напишите", "ваш",      "ваша",     "ваше",      "вашу",    "ваші",    "ваши",
					    "свіи",     "свои",     "свою",     "свое",      "enter",   "please",  "your",
					    "the",      "будь",     "ласка",    "пожалуиста"};
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (str_eq(words[i], word)) {
			return true;
		}
	}
	return false;
}

static const char *without_asking(const char *header) {
	const char *at = header;
	for (const char *space = strchr(at, ' '); space != NULL; space = strchr(at, ' ')) {
		char *word = xstrndup(at, (size_t)(space - at));
		char *folded = fold_text(word);
		bool asking = is_asking(folded);
		free(folded);
		free(word);
		if (!asking) {
			break;
		}
		at = space + 1;
	}
	return at;
}

/* ---- words cut short ---- */

struct word {
	char *text; /* folded; of "орг-ція" what stands before the sign */
	char *end;  /* what stands behind it; NULL */
	bool cut;   /* "тел.": the beginning of a word */
};

static void words_fini(struct word *words, size_t n) {
	for (size_t i = 0; i < n; i++) {
		free(words[i].text);
		free(words[i].end);
	}
}

/* Cuts at spaces and full stops. Returns how many words; more than WORDS_MAX count as none. */
static size_t cut_words(const char *header, struct word words[WORDS_MAX], bool *any_cut) {
	size_t n = 0;
	*any_cut = false;
	while (*header != '\0') {
		size_t length = strcspn(header, " .");
		bool cut = header[length] == '.';
		if (length > 0 && n == WORDS_MAX) {
			words_fini(words, n);
			return 0;
		}
		if (length > 0) {
			char *word = xstrndup(header, length);
			char *sign = strchr(word, '-');
			words[n] = (struct word){.cut = cut, .end = sign ? fold_text(sign + 1) : NULL};
			word[sign ? (size_t)(sign - word) : length] = '\0';
			words[n++].text = fold_text(word);
			*any_cut = *any_cut || cut || sign != NULL;
			free(word);
		}
		header += length;
		header += strspn(header, " .");
	}
	return n;
}

static bool is_short_for(const struct word *word, const char *whole) {
	size_t n = strlen(whole);
	if (word->end != NULL) {
		return *word->text != '\0' && *word->end != '\0' && strlen(word->text) + strlen(word->end) < n &&
		       str_starts(whole, word->text) && str_eq(whole + n - strlen(word->end), word->end);
	}
	/* One letter is short for too much. */
	return word->cut ? utf8_length(word->text) > 1 && str_starts(whole, word->text) : str_eq(word->text, whole);
}

static bool alias_fits(const struct ready *alias, const struct word *words, size_t n) {
	bool fits = alias->count == n;
	for (size_t i = 0; i < n && fits; i++) {
		fits = is_short_for(&words[i], alias->words[i]);
	}
	return fits;
}

/* The first alias of as many words that the header's words begin. */
static int find_shortened(const struct people_headers *headers, const char *header, int *rank) {
	struct word words[WORDS_MAX];
	bool any_cut = false;
	int found = -1;
	/* Without a remark in brackets behind it, as in alias_find. */
	char *head = xstrndup(header, strcspn(header, "(["));
	size_t n = cut_words(head, words, &any_cut);
	for (size_t i = 0; i < headers->count && found < 0 && n != 0 && any_cut; i++) {
		if (alias_fits(&headers->items[i], words, n)) {
			found = headers->items[i].field;
			*rank = headers->items[i].rank;
		}
	}
	words_fini(words, n);
	free(head);
	return found;
}

/* ---- the whole and its parts ---- */

static int find_as_it_is(const struct people_headers *headers, const char *header, int *rank) {
	int target = alias_find(&headers->exact, header, rank);
	target = target >= 0 ? target : alias_find(&headers->exact, without_asking(header), rank);
	return target >= 0 ? target : find_shortened(headers, header, rank);
}

/* Of what is parted by strokes each part may be the one, of what is parted by commas the first: others are what else stands in the cell. */
static int find_alternative(const struct people_headers *headers, const char *header, int *rank) {
	int target = -1;
	size_t first = strcspn(header, ",;");
	char *copy = xstrndup(header, first);
	char *part = copy;
	bool several = header[first] != '\0' || strpbrk(copy, "/|\\") != NULL; /* a header of one part was looked at before */
	for (int i = 0; i < PARTS_MAX && several && part != NULL && target < 0; i++) {
		char *stroke = strpbrk(part, "/|\\");
		if (stroke != NULL) {
			*stroke++ = '\0';
		}
		target = find_as_it_is(headers, str_trim(part), rank);
		part = stroke;
	}
	free(copy);
	return target;
}

int people_header_find(const struct people_headers *headers, const char *header, int *rank) {
	int kept = 0;
	int *r = rank != NULL ? rank : &kept;
	if (strlen(header) > HEADER_LONG) {
		return alias_find(&headers->exact, header, r);
	}
	int target = find_as_it_is(headers, header, r);
	const char *bare = without_number(header);
	if (target < 0 && bare != header) {
		target = find_as_it_is(headers, bare, r);
	}
	return target >= 0 ? target : find_alternative(headers, bare, r);
}
