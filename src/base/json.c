#include "base/json.h"

#include <inttypes.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

/* struct json is jansson's json_t under our name; these two casts are the whole bridge. */
static json_t *theirs(const struct json *value) {
	union {
		const struct json *in;
		json_t *out;
	} u = {.in = value};
	return u.out;
}

static struct json *ours(json_t *value) { return (struct json *)value; }

/* Where jansson gets no memory it says that the text is wrong, and a record that is right would be kept as one that makes no sense. */
static void configure(void) { json_set_alloc_funcs(xmalloc, free); }

static void configure_once(void) {
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure);
}

struct json *json_parse_at(const char *text, size_t n, struct json_broken *broken) {
	json_error_t why = {0};
	configure_once();
	/* RFC 8259, 8.1: a byte order mark may be ignored by who reads. */
	if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3;
		n -= 3;
	}
	json_t *root = json_loadb(text, n, JSON_REJECT_DUPLICATES, &why);
	if (root == NULL) {
		*broken = (struct json_broken){.line = why.line, .column = why.column};
		str_copy(broken->why, sizeof broken->why, why.text);
	}
	return ours(root);
}

struct json *json_parse(const char *text, size_t n, struct err *err) {
	struct json_broken broken;
	struct json *root = json_parse_at(text, n, &broken);
	if (root == NULL) {
		err_set(err, ERR_INPUT, "line %d, column %d: %s", broken.line, broken.column, broken.why);
	}
	return root;
}

void json_free(struct json *root) { json_decref(theirs(root)); }

enum json_kind json_kind(const struct json *value) {
	if (value == NULL) {
		return JSON_KIND_NONE;
	}
	switch (json_typeof(theirs(value))) {
	case JSON_OBJECT: return JSON_KIND_OBJECT;
	case JSON_ARRAY: return JSON_KIND_ARRAY;
	case JSON_STRING: return JSON_KIND_TEXT;
	case JSON_INTEGER:
	case JSON_REAL: return JSON_KIND_NUMBER;
	case JSON_TRUE:
	case JSON_FALSE: return JSON_KIND_BOOL;
	case JSON_NULL: return JSON_KIND_NULL;
	}
	return JSON_KIND_NONE;
}

struct json *json_get(const struct json *object, const char *key) {
	return ours(json_object_get(theirs(object), key));
}

size_t json_count(const struct json *value) {
	json_t *v = theirs(value);
	return json_is_array(v) ? json_array_size(v) : json_object_size(v);
}

struct json *json_at(const struct json *array, size_t index) {
	return ours(json_array_get(theirs(array), index));
}

void *json_member_next(const struct json *object, void *iterator) {
	return iterator == NULL ? json_object_iter(theirs(object)) : json_object_iter_next(theirs(object), iterator);
}

const char *json_member_key(void *iterator) { return json_object_iter_key(iterator); }

struct json *json_member_value(void *iterator) {
	return ours(json_object_iter_value(iterator));
}

const char *json_text(const struct json *value) { return json_string_value(theirs(value)); }

const char *json_get_text(const struct json *object, const char *key) { return json_text(json_get(object, key)); }

bool json_int(const struct json *value, int64_t *out) {
	if (!json_is_integer(theirs(value))) {
		return false;
	}
	*out = json_integer_value(theirs(value));
	return true;
}

int64_t json_get_int(const struct json *object, const char *key, int64_t otherwise) {
	int64_t value = otherwise;
	json_int(json_get(object, key), &value);
	return value;
}

/* One string at *at, unescaped and with its NUL, appended to `out`. */
static bool take_string(const char **at, struct strbuf *out) {
	static const char from[] = "\"\\/bfnrt";
	static const char to[] = "\"\\/\b\f\n\r\t";
	const char *p = *at;
	if (*p++ != '"') {
		return false;
	}
	for (;;) {
		size_t run = 0;
		while ((unsigned char)p[run] >= 0x20 && p[run] != '"' && p[run] != '\\') { /* control characters are no JSON: RFC 8259, 7 */
			run++;
		}
		strbuf_add(out, p, run);
		p += run;
		if (*p == '"') {
			break;
		}
		const char *escape = p[0] == '\\' && p[1] != '\0' ? strchr(from, p[1]) : NULL;
		if (escape == NULL) {
			return false;
		}
		strbuf_addc(out, to[escape - from]);
		p += 2;
	}
	strbuf_addc(out, '\0');
	*at = p + 1;
	return true;
}

/* A fast way for the objects of texts that we write ourselves, without white space: anything else makes it false, and the caller parses
 * instead. */
bool json_each_text(const char *object, json_member_fn *each, void *context) {
	struct strbuf work = {0};
	const char *at = object;
	bool ok = *at++ == '{';
	bool more = ok && *at != '}';
	while (more) {
		strbuf_reset(&work);
		ok = take_string(&at, &work) && *at == ':';
		at++;
		size_t value = work.len;
		ok = ok && take_string(&at, &work);
		if (ok) {
			each(context, work.data, work.data + value);
		}
		more = ok && *at == ',';
		at += more ? 1 : 0;
	}
	strbuf_fini(&work);
	return ok && at[0] == '}' && at[1] == '\0';
}

static int append(const char *text, size_t n, void *out) {
	strbuf_add(out, text, n);
	return 0;
}

void json_dump(const struct json *value, struct strbuf *out) {
	json_dump_callback(theirs(value), append, out, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
}

void json_quote(struct strbuf *out, const char *text) {
	strbuf_addc(out, '"');
	for (const char *run = text;; text++) {
		unsigned char c = (unsigned char)*text;
		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) {
			continue;
		}
		strbuf_add(out, run, (size_t)(text - run));
		if (c == '\0') {
			break;
		}
		if (c == '"' || c == '\\') {
			strbuf_addc(out, '\\');
			strbuf_addc(out, (char)c);
		} else if (c == '\n' || c == '\t') {
			strbuf_adds(out, c == '\n' ? "\\n" : "\\t");
		} else {
			strbuf_addf(out, "\\u%04x", c);
		}
		run = text + 1;
	}
	strbuf_addc(out, '"');
}

/* What stands before every value: the comma and line end after the one before, and the key. */
static void lead_in(struct json_writer *w, const char *key) {
	if (w->comma) {
		strbuf_addc(w->out, ',');
	}
	if (w->pretty && w->depth == 1) {
		strbuf_addc(w->out, '\n');
	}
	w->comma = true;
	if (key != NULL) {
		json_quote(w->out, key);
		strbuf_addc(w->out, ':');
	}
}

void json_open(struct json_writer *w, const char *key, char bracket) {
	lead_in(w, key);
	strbuf_addc(w->out, bracket);
	w->comma = false;
	w->depth++;
}

void json_close(struct json_writer *w, char bracket) {
	w->depth--;
	if (w->pretty && w->depth == 0 && w->comma) {
		strbuf_addc(w->out, '\n');
	}
	strbuf_addc(w->out, bracket);
	w->comma = true;
}

void json_put_raw(struct json_writer *w, const char *key, const char *json) {
	lead_in(w, key);
	strbuf_adds(w->out, json);
}

void json_put_members(struct json_writer *w, const struct json *object, json_choose_fn *choose, const void *context) {
	for (void *m = json_member_next(object, NULL); m != NULL; m = json_member_next(object, m)) {
		const char *key = json_member_key(m), *value = str_or_empty(json_text(json_member_value(m)));
		if (choose == NULL || choose(context, key, value)) {
			json_put_text(w, key, value);
		}
	}
}

void json_put_text(struct json_writer *w, const char *key, const char *text) {
	lead_in(w, key);
	if (text == NULL) {
		strbuf_adds(w->out, "null");
	} else {
		json_quote(w->out, text);
	}
}

void json_put_int(struct json_writer *w, const char *key, int64_t value) {
	lead_in(w, key);
	strbuf_addf(w->out, "%" PRId64, value);
}

void json_put_bool(struct json_writer *w, const char *key, bool value) { json_put_raw(w, key, value ? "true" : "false"); }
