#include "cli/person_fields.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "cli/common.h"
#include "import/person_value.h"
#include "store/read/people.h"

#define CUSTOM_NAME_MAX 200

/* In an argument it is wrong usage. */
static bool refuse_value(enum fault_kind kind, const char *value, struct err *err) {
	fault_fail(err, &(struct fault){.kind = kind, .value = value});
	err->kind = ERR_USAGE;
	return false;
}

/* What an import would not take, a hand does not write either. */
static bool put_checked(struct json_writer *w, const char *key, const char *clean, struct err *err) {
	enum person_field field = person_field_find(key);
	struct person p = {0};
	enum fault_kind kind = person_value_set(&p, field, clean);
	kind = kind == FAULT_EMAIL_MORE ? FAULT_NO_EMAIL : kind; /* a hand says which of them it means */
	bool ok = kind == FAULT_NONE || refuse_value(kind, clean, err);
	ok = ok && (person_text(&p, field)[0] != '\0' || err_set(err, ERR_USAGE, "\"%s\" says nothing", clean));
	if (ok) {
		json_put_text(w, key, person_text(&p, field));
	}
	person_fini(&p);
	return ok;
}

/* A column of the organiser's own holds any text, and "" clears whatever it is. */
static bool put_field(struct json_writer *w, const char *key, const char *value, struct err *err) {
	char *clean = cli_text(key, value, PERSON_VALUE_MAX, err);
	bool ok = clean != NULL;
	if (ok && clean[0] != '\0' && person_field_find(key) != PERSON_FIELD_COUNT) {
		ok = put_checked(w, key, clean, err);
	} else if (ok) {
		json_put_text(w, key, clean);
	}
	free(clean);
	return ok;
}

static bool put_custom(struct json_writer *w, const char *given, struct err *err) {
	const char *equals = strchr(given, '=');
	if (equals == NULL || equals == given) {
		return err_set(err, ERR_USAGE, "--custom is NAME=TEXT, not \"%s\"", given);
	}
	char *raw = xstrndup(given, (size_t)(equals - given));
	char *name = cli_text("the name of a column", raw, CUSTOM_NAME_MAX, err);
	char *key = name ? xasprintf(PERSON_CUSTOM_PREFIX "%s", name) : NULL;
	bool ok = key != NULL && put_field(w, key, equals + 1, err);
	free(raw);
	free(name);
	free(key);
	return ok;
}

bool person_fields_json(const struct args *args, const char *name, struct strbuf *out, struct err *err) {
	struct json_writer w = {.out = out};
	bool ok = true;
	json_open(&w, NULL, '{');
	if (name != NULL) {
		ok = put_field(&w, "name", name, err);
	}
	for (size_t i = 0; ok && i < PERSON_FIELD_COUNT; i++) {
		const char *key = person_field_key((enum person_field)i);
		const char *value = args_value(args, key);
		ok = value == NULL || put_field(&w, key, value, err);
	}
	size_t cursor = 0;
	for (const char *c = args_next(args, "custom", &cursor); ok && c != NULL; c = args_next(args, "custom", &cursor)) {
		ok = put_custom(&w, c, err);
	}
	json_close(&w, '}');
	return ok;
}
