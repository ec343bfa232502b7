/* Options that are given once a language, "--name uk=Фонд": members of an object of texts (event/member_words.h). */
#ifndef TURNOUT_CLI_PUT_WORDS_H
#define TURNOUT_CLI_PUT_WORDS_H

#include <stddef.h>

#include "base/json.h"
#include "cli/args.h"

/* Puts "name:uk" and "name" for what was given; each at most `most` bytes. */
bool put_words(const struct args *args, const char *option, size_t most, struct json_writer *w, struct err *err) TURNOUT_MUST_CHECK;

/* "uk=Фонд": the language (two letters, or "") and what is behind it. An "=" may as well stand in a text. */
#define PUT_WORDS_LANGUAGE 3
const char *words_behind_language(const char *given, char language[PUT_WORDS_LANGUAGE]);

#endif
