/* The texts of boxes and programs in all languages there are, loaded at once: the screen's language changes with a touch, and one result can be shown
 * in its visitor's own.
 *
 * Messages are English texts, as gettext's .po files in assets/po name them; a language without a translation shows the English.
 * Placeholders in them are names in braces: "until {time}". */
#ifndef TURNOUT_WORDS_WORDS_H
#define TURNOUT_WORDS_WORDS_H

#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"

#define WORDS_LANGUAGES_MAX 40
#define WORDS_CODE_MAX 8

struct words;

/* Loads FOLDER/<code>.mo. Broken catalogues and a missing folder are told in *warning ("" when all is well) and leave English. */
struct words *words_open(const char *folder, char warning[256]);
/* The catalogues beside the program where it was built, else where it was installed. Warns on stderr when there are none. */
struct words *words_open_installed(void);
void words_close(struct words *words); /* NULL is fine */

/* The number of a language by its code ("uk", also "uk_UA", "uk-UA"), or -1. English is always there. */
int words_language(const struct words *words, const char *code);
/* The first that there is of a list parted by colons, as gettext reads LANGUAGE; -1 for none, and for NULL. */
int words_language_of(const struct words *words, const char *list);
size_t words_count(const struct words *words);
const char *words_code(const struct words *words, int language);

const char *words_get(const struct words *words, int language, const char *message);
/* With gettext's message context. */
const char *words_get_in(const struct words *words, int language, const char *context, const char *message);
/* The form that n takes. */
const char *words_get_n(const struct words *words, int language, const char *one, const char *many, long n);

struct tongue { /* whose words */
	const struct words *words;
	int language;
};
/* As words_get and the others. NULL: the English of the messages themselves. */
const char *tongue_get(const struct tongue *tongue, const char *message);
const char *tongue_get_in(const struct tongue *tongue, const char *context, const char *message);
const char *tongue_get_n(const struct tongue *tongue, const char *one, const char *many, long n);

/* Marks a message in a table for xgettext; it is looked up where it is used. */
#define MARK(context, text) text

struct word_value {
	const char *name, *value;
};
/* Appends the pattern with its placeholders filled; unknown ones stay as they are. */
void words_fill(struct strbuf *out, const char *pattern, const struct word_value *values, size_t count);
/* With one placeholder; the second is for the number that chooses a plural form, {n}. */
void words_fill_one(struct strbuf *out, const char *pattern, const char *name, const char *value);
void words_fill_number(struct strbuf *out, const char *pattern, int64_t n);

#endif
