#include "words/words.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "words/mo.h"

#define FILES_MAX 200

struct language {
	char code[WORDS_CODE_MAX];
	struct mo *mo; /* NULL: English, the messages themselves */
};

struct words {
	struct language items[WORDS_LANGUAGES_MAX];
	size_t count;
};

static bool load(struct words *words, const char *folder, const char *name, struct err *err) {
	size_t stem = strlen(name) - strlen(".mo");
	if (stem == 0 || stem >= WORDS_CODE_MAX || words->count == WORDS_LANGUAGES_MAX) {
		return true;
	}
	char *path = file_join(folder, name);
	struct strbuf data = {0};
	struct mo *mo = NULL;
	bool ok =
		file_read(path, MO_FILE_MAX, &data, err) && (mo_parse(strbuf_str(&data), data.len, &mo, err) || err_wrap(err, "%s", path));
	if (ok) {
		char code[WORDS_CODE_MAX] = "";
		memcpy(code, name, stem);
		int known = words_language(words, code);
		struct language *l = known >= 0 ? &words->items[known] : &words->items[words->count++];
		memcpy(l->code, code, sizeof code);
		l->mo = mo;
	}
	strbuf_fini(&data);
	free(path);
	return ok;
}

struct words *words_open(const char *folder, char warning[256]) {
	struct words *words = xcalloc(1, sizeof *words);
	struct err err = {0};
	char **names = NULL;
	size_t count = 0;
	warning[0] = '\0';
	str_copy(words->items[words->count++].code, WORDS_CODE_MAX, "en");
	if (!file_list(folder, FILES_MAX, &names, &count, &err)) {
		str_copy(warning, 256, err.text);
		return words;
	}
	for (size_t i = 0; i < count; i++) {
		if (str_ends_nocase(names[i], ".mo") && !load(words, folder, names[i], &err)) {
			str_copy(warning, 256, err.text);
		}
		free(names[i]);
	}
	free(names);
	return words;
}

struct words *words_open_installed(void) {
	char warning[256], link[4096];
	ssize_t n = readlink("/proc/self/exe", link, sizeof link - 1);
	char *folder = NULL;
	if (n > 0) {
		link[n] = '\0';
		char *slash = strrchr(link, '/');
		*slash = '\0';
		folder = xasprintf("%s/share/locale", link);
	}
	if (folder == NULL || !file_is_dir(folder)) {
		free(folder);
		folder = xstrdup(TURNOUT_DATADIR "/locale");
	}
	struct words *words = words_open(folder, warning);
	if (warning[0] != '\0') {
		log_warn("words", "only English can be shown: %s", warning);
	}
	free(folder);
	return words;
}

void words_close(struct words *words) {
	if (words != NULL) {
		for (size_t i = 0; i < words->count; i++) {
			mo_free(words->items[i].mo);
		}
		free(words);
	}
}

int words_language(const struct words *words, const char *code) {
	size_t n = strcspn(code, "_-.@");
	for (size_t i = 0; i < words->count; i++) {
		if (strlen(words->items[i].code) == n && strncmp(words->items[i].code, code, n) == 0) {
			return (int)i;
		}
	}
	return -1;
}

int words_language_of(const struct words *words, const char *list) {
	int language = -1;
	for (const char *at = str_or_empty(list); language < 0 && *at != '\0';) {
		size_t n = strcspn(at, ":");
		char *code = xstrndup(at, n);
		language = words_language(words, code);
		free(code);
		at += at[n] == ':' ? n + 1 : n;
	}
	return language;
}

size_t words_count(const struct words *words) { return words->count; }

const char *words_code(const struct words *words, int language) { return words->items[language].code; }

static const char *look_up(const struct words *words, int language, const char *message, unsigned form) {
	const struct mo *mo = words->items[language].mo;
	const char *text = mo == NULL ? NULL : mo_get(mo, message, form);
	/* gettext leaves what is not translated yet empty. */
	return str_empty(text) ? NULL : text;
}

const char *words_get(const struct words *words, int language, const char *message) {
	const char *text = look_up(words, language, message, 0);
	return text != NULL ? text : message;
}

const char *words_get_in(const struct words *words, int language, const char *context, const char *message) {
	char key[256];
	/* gettext's key of a message with a context: EOT (\004) stands between the two. */
	snprintf(key, sizeof key, "%s\004%s", context, message);
	const char *text = look_up(words, language, key, 0);
	return text != NULL ? text : message;
}

const char *words_get_n(const struct words *words, int language, const char *one, const char *many, long n) {
	unsigned long count = n < 0 ? 0 : (unsigned long)n;
	const struct mo *mo = words->items[language].mo;
	const char *text = mo == NULL ? NULL : look_up(words, language, one, mo_plural(mo, count));
	return text != NULL ? text : count == 1 ? one : many;
}

const char *tongue_get(const struct tongue *t, const char *message) {
	return t == NULL ? message : words_get(t->words, t->language, message);
}

const char *tongue_get_in(const struct tongue *t, const char *context, const char *message) {
	return t == NULL ? message : words_get_in(t->words, t->language, context, message);
}

const char *tongue_get_n(const struct tongue *t, const char *one, const char *many, long n) {
	return t != NULL ? words_get_n(t->words, t->language, one, many, n) : n == 1 ? one : many;
}

void words_fill(struct strbuf *out, const char *pattern, const struct word_value *values, size_t count) {
	while (*pattern != '\0') {
		size_t i = count;
		size_t n = strcspn(pattern, "{");
		strbuf_add(out, pattern, n);
		pattern += n;
		for (i = 0; *pattern == '{' && i < count; i++) {
			size_t length = strlen(values[i].name);
			if (strncmp(pattern + 1, values[i].name, length) == 0 && pattern[1 + length] == '}') {
				strbuf_adds(out, values[i].value);
				pattern += length + 2;
				break;
			}
		}
		if (*pattern == '{' && i == count) {
			strbuf_addc(out, *pattern++);
		}
	}
}

void words_fill_one(struct strbuf *out, const char *pattern, const char *name, const char *value) {
	words_fill(out, pattern, &(struct word_value){name, value}, 1);
}

void words_fill_number(struct strbuf *out, const char *pattern, int64_t n) { words_fill_one(out, pattern, "n", str_number(n).text); }
