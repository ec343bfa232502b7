#include "event/name_key.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/utf8.h"

/* Of several that fit the first is taken: longer ones come first. */
static const struct latin {
	const char *letters, *sounds;
} LATIN[] = {
	{"shch", "w"},
	{"szcz", "w"},
	{"tsch", "c"},
	{"sch", "w"},
	{"tch", "c"},
	{"ch", "c"},
	{"ck", "k"},
	{"cz", "c"},
	{"gh", "h"},
	{"kh", "h"},
	{"ph", "f"},
	{"qu", "kv"},
	{"sh", "w"},
	{"sz", "w"},
	{"th", "t"},
	{"tz", "ts"},
	{"zh", "j"},
	{"ce", "se"},
	{"ci", "si"},
	{"cy", "si"},
	/* single ones that are not themselves */
	{"c", "k"},
	{"g", "h"},
	{"j", "i"},
	{"q", "k"},
	{"w", "v"},
	{"x", "ks"},
	{"y", "i"},
};

/* From U+0430 on, as folded: without й and ё. */
static const char *const CYRILLIC[] = {"a", "b", "v", "h", "d", "e", "j",  "z", "i", "i", "k", "l", "m", "n", "o",  "p",
				       "r", "s", "t", "u", "f", "h", "ts", "c", "w", "w", "",  "i", "",  "e", "iu", "ia"};
#define CYRILLIC_FIRST 0x430

enum { I_UKRAINIAN = 0x456, YE_UKRAINIAN = 0x454 };

static bool is_vowel(char c) { return c != '\0' && strchr("aeiou", c) != NULL; }
static bool is_open_vowel(char c) { return c == 'a' || c == 'o' || c == 'u'; }
static bool is_latin(char c) { return c >= 'a' && c <= 'z'; }

/* --- sounds ------------------------------------------------------------------------------------------------------------------------------- */

struct sounds {
	char *text;
	size_t n;
};

static void put_sounds(struct sounds *s, const char *sounds) {
	for (; *sounds != '\0' && s->n < NAME_SOUNDS_MAX; sounds++) {
		if (s->n == 0 || s->text[s->n - 1] != *sounds) {
			s->text[s->n++] = *sounds;
		}
	}
}

static void put_other(struct sounds *s, uint32_t c) {
	char bytes[4];
	size_t n = utf8_put(c, bytes);
	if (s->n + n <= NAME_SOUNDS_MAX) {
		memcpy(s->text + s->n, bytes, n);
		s->n += n;
	}
}

/* What the Latin letters at *at sound like; it moves past them. */
static void put_latin(struct sounds *s, const char **at) {
	for (size_t i = 0; i < COUNT_OF(LATIN); i++) {
		if (LATIN[i].letters[0] == **at && str_starts(*at, LATIN[i].letters)) {
			put_sounds(s, LATIN[i].sounds);
			*at += strlen(LATIN[i].letters);
			return;
		}
	}
	put_sounds(s, (char[]){*(*at)++, '\0'});
}

static void put_letter(struct sounds *s, uint32_t c) {
	if (c >= CYRILLIC_FIRST && c < CYRILLIC_FIRST + COUNT_OF(CYRILLIC)) {
		put_sounds(s, CYRILLIC[c - CYRILLIC_FIRST]);
	} else if (c == I_UKRAINIAN || c == YE_UKRAINIAN) {
		put_sounds(s, c == I_UKRAINIAN ? "i" : "ie");
	} else {
		put_other(s, c);
	}
}

static void put_letters(struct sounds *s, const char *from, const char *end) {
	while (from < end && *from != '\0') {
		if (is_latin(*from)) {
			put_latin(s, &from);
		} else {
			put_letter(s, utf8_next(&from));
		}
	}
}

void name_sounds_read(const char *word, struct name_sounds *out) {
	struct sounds s = {.text = out->text};
	put_letters(&s, word, word + strlen(word));
	out->text[s.n] = '\0';
}

/* May the sound at *at be missing elsewhere? */
static bool is_glide(const char *text, size_t at) {
	return text[at] == 'i' && ((at > 0 && is_vowel(text[at - 1])) || is_vowel(text[at + 1]));
}

bool name_sounds_fit(const struct name_sounds *part, const struct name_sounds *word, bool whole) {
	const char *p = part->text, *w = word->text;
	size_t i = 0, k = 0;
	while (p[i] != '\0') {
		if (p[i] == w[k]) {
			i++;
			k++;
		} else if (is_glide(w, k)) {
			k++;
		} else if (is_glide(p, i) && (whole || p[i + 1] != '\0')) {
			i++;
		} else {
			return false;
		}
	}
	while (whole && is_glide(w, k)) {
		k++;
	}
	return !whole || w[k] == '\0';
}

/* --- keys --------------------------------------------------------------------------------------------------------------------------------- */

static char last_of(const struct sounds *s) { return s->n == 0 ? '\0' : s->text[s->n - 1]; }

static void put_key(struct sounds *s, char c) {
	char last = last_of(s);
	c = c == 'e' ? 'i' : c == 'w' ? 's' : c == 'j' ? 'z' : c;
	if (c == 's' && (last == 't' || last == 'k')) { /* as Cyrillic ц and Latin x are */
		s->text[s->n - 1] = last == 't' ? 'q' : 'x';
	} else if (c == last || (c == 's' && last == 'q') || (c == 'i' && is_open_vowel(last))) {
		return;
	} else if (is_open_vowel(c) && last == 'i') {
		s->n--;
		put_key(s, c); /* aia */
	} else {
		s->text[s->n++] = c;
	}
}

static void key_of(const char *sounds, struct sounds *out) {
	for (; *sounds != '\0'; sounds++) {
		put_key(out, *sounds);
	}
	out->text[out->n] = '\0';
}

void name_key_of(const struct name_sounds *sounds, char key[NAME_SOUNDS_MAX + 1]) {
	struct sounds s = {.text = key};
	key_of(sounds->text, &s);
}

/* --- words that go on --------------------------------------------------------------------------------------------------------------------- */

/* What the last Latin letters of a beginning may sound like when others follow. Of several that fit the first is taken. */
static const struct open_end {
	const char *letters;
	const char *sounds[NAME_OPEN_MAX];
} OPEN_ENDS[] = {
	{"szcz", {"w"}},
	{"szc", {"w"}},
	{"shc", {"w"}},
	{"tsc", {"c", "ts"}},
	{"tz", {"ts"}},
	{"cz", {"c"}},
	{"sz", {"w"}},
	{"ck", {"k"}},
	{"sc", {"w", "sk", "s"}},
	{"ts", {"ts", "c", "tw"}},
	{"tc", {"c", "tk", "ts", "tc"}},
	{"c", {"k", "c", "s"}},
	{"s", {"s", "w"}},
	{"t", {"t", "c"}},
	{"z", {"z", "j"}},
	{"k", {"k", "h"}},
	{"p", {"p", "f"}},
};

static const struct open_end *find_open_end(const char *part) {
	size_t n = strlen(part);
	for (size_t i = 0; i < COUNT_OF(OPEN_ENDS); i++) {
		size_t m = strlen(OPEN_ENDS[i].letters);
		if (n >= m && strcmp(part + n - m, OPEN_ENDS[i].letters) == 0) {
			return &OPEN_ENDS[i];
		}
	}
	return NULL;
}

size_t name_sounds_open(const char *part, struct name_sounds out[NAME_OPEN_MAX]) {
	const struct open_end *end = find_open_end(part);
	size_t count = 0;
	if (end == NULL) {
		name_sounds_read(part, &out[0]);
		return 1;
	}
	while (count < NAME_OPEN_MAX && end->sounds[count] != NULL) {
		struct sounds s = {.text = out[count].text};
		put_letters(&s, part, part + strlen(part) - strlen(end->letters));
		put_sounds(&s, end->sounds[count]);
		out[count++].text[s.n] = '\0';
	}
	return count;
}

/* What the last sound of a key may become beside the next one. */
static const char *becomes(char last) { return last == 'i' ? "aou" : last == 't' ? "q" : last == 'k' ? "x" : ""; }

size_t name_key_open(const struct name_sounds *open, size_t count, char keys[NAME_KEY_OPEN_MAX][NAME_SOUNDS_MAX + 1]) {
	size_t n = 0;
	for (size_t i = 0; i < count && n + 4 <= NAME_KEY_OPEN_MAX; i++) {
		struct sounds s = {.text = keys[n]};
		key_of(open[i].text, &s);
		if (i > 0 && str_eq(keys[n], keys[0])) { /* s and sh are one */
			continue;
		}
		const char *whole = keys[n++];
		for (const char *other = becomes(last_of(&s)); *other != '\0'; other++) {
			memcpy(keys[n], whole, s.n + 1);
			struct sounds o = {keys[n], s.n - 1};
			put_key(&o, *other);
			keys[n++][o.n] = '\0';
		}
	}
	return n;
}
