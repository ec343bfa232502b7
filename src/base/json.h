/* JSON: read through jansson, written by a small emitter that never builds a tree. RFC 8259; keys are unique, nesting is capped. */
#ifndef TURNOUT_BASE_JSON_H
#define TURNOUT_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

struct json; /* a value inside a parsed text; NULL stands for "not there" everywhere below and is answered with the empty answer */

enum json_kind { JSON_KIND_NONE, JSON_KIND_NULL, JSON_KIND_BOOL, JSON_KIND_NUMBER, JSON_KIND_TEXT, JSON_KIND_ARRAY, JSON_KIND_OBJECT };

/* Parses the n bytes. Errors (ERR_INPUT) name line and column. Doubled keys, invalid UTF-8 and NUL in strings are refused.
 * The returned root is for json_free; all other values live as long as it does. */
struct json *json_parse(const char *text, size_t n, struct err *err) TURNOUT_MUST_CHECK;
/* The same for who tells the place and the reason apart. */
struct json_broken {
	int line, column; /* from 1 */
	char why[160];    /* jansson's words */
};
struct json *json_parse_at(const char *text, size_t n, struct json_broken *broken) TURNOUT_MUST_CHECK;
void json_free(struct json *root);

enum json_kind json_kind(const struct json *value);
struct json *json_get(const struct json *object, const char *key);
size_t json_count(const struct json *value); /* elements of an array, members of an object; else 0 */
struct json *json_at(const struct json *array, size_t index);

/* Members of an object in the text's order: start with NULL, ends with NULL. */
void *json_member_next(const struct json *object, void *iterator);
const char *json_member_key(void *iterator);
struct json *json_member_value(void *iterator);

const char *json_text(const struct json *value); /* of a string; else NULL */
const char *json_get_text(const struct json *object, const char *key);
bool json_int(const struct json *value, int64_t *out); /* of an integer */
int64_t json_get_int(const struct json *object, const char *key, int64_t otherwise);
/* Calls back for every member of an object whose values are all texts, in their order, without building a tree: for the rows of views,
 * which are read by the hundred thousand. False, after some calls perhaps, when the text is anything else or holds a \u escape: then
 * json_parse reads it. */
typedef void json_member_fn(void *context, const char *key, const char *value);
bool json_each_text(const char *object, json_member_fn *each, void *context) TURNOUT_MUST_CHECK;

/* The value as compact text with sorted keys, appended. */
void json_dump(const struct json *value, struct strbuf *out);

/* The emitter. A zeroed struct with `out` set is ready; keys are NULL inside arrays and at the top. Commas are its business. */
struct json_writer {
	struct strbuf *out;
	bool comma;
	bool pretty; /* one member of the outermost array a line */
	int depth;
};

void json_open(struct json_writer *w, const char *key, char bracket);         /* '{' or '[' */
void json_close(struct json_writer *w, char bracket);                         /* '}' or ']' */
void json_put_text(struct json_writer *w, const char *key, const char *text); /* NULL text writes null */
void json_put_int(struct json_writer *w, const char *key, int64_t value);
void json_put_bool(struct json_writer *w, const char *key, bool value);
/* Writes the members of an object of texts, in its order; of those the ones that `choose` takes (NULL: all). What is no text is "". */
typedef bool json_choose_fn(const void *context, const char *key, const char *value);
void json_put_members(struct json_writer *w, const struct json *object, json_choose_fn *choose, const void *context);
void json_put_raw(struct json_writer *w, const char *key, const char *json); /* JSON that is already written */

/* One string with its quotes, escaped, appended. */
void json_quote(struct strbuf *out, const char *text);

#endif
