#include "cli/person_fields.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/common.h"
#include "event/registration.h"
#include "import/person_value.h"
#include "store/read/people.h"

#define CUSTOM_NAME_MAX 200

/* In an argument it is wrong usage. */
static bool refuse_value(enum fault_kind kind, const char *value, struct err *err) {
	fault_fail(err, &(struct fault){.kind = kind, .value = value});
	err->kind = ERR_USAGE;
	return false;
}

/* "confirmed, pending, waiting, declined or cancelled" */
static void list_registrations(struct strbuf *out) {
	for (int i = REGISTRATION_UNSAID + 1; i < REGISTRATION_COUNT; i++) {
		const char *before = i == REGISTRATION_UNSAID + 1 ? "" : i + 1 == REGISTRATION_COUNT ? " or " : ", ";
		strbuf_addf(out, "%s%s", before, registration_word((enum registration)i));
	}
}

/* What a field may be that knows some words only: a table may hold others, which its reader tells; a hand that means one of them may err. */
static bool is_known_word(enum person_field field, const char *value, const char *clean, struct err *err) {
	struct strbuf words = {0};
	bool known = true;
	if (field == PERSON_REGISTRATION) {
		known = registration_find(value) != REGISTRATION_UNSAID;
		list_registrations(&words);
	} else if (field == PERSON_PHOTO_CONSENT) {
		known = str_eq(value, "yes") || str_eq(value, "no");
		strbuf_adds(&words, "yes or no");
	}
	if (!known) {
		err_set(err, ERR_USAGE, "--%s is %s, not \"%s\"", person_field_key(field), strbuf_str(&words), clean);
	}
	strbuf_fini(&words);
	return known;
}

/* "-", "123". */
static bool is_name(enum person_field field, const char *value, struct err *err) {
	bool named = (field != PERSON_NAME && field != PERSON_NAME_LATIN && field != PERSON_NAME_CERT) || utf8_has_letter(value);
	return named || err_set(err, ERR_USAGE, "a name has at least one letter, and \"%s\" has none", value);
}

/* What an import would not take, a hand does not write either. */
static bool put_checked(struct json_writer *w, const char *key, const char *clean, struct err *err) {
	enum person_field field = person_field_find(key);
	struct person p = {0};
	enum fault_kind kind = person_value_set(&p, field, clean);
	/* a hand says which of several it means */
	kind = kind == FAULT_EMAIL_MORE ? FAULT_NO_EMAIL : kind == FAULT_LANGUAGE_MORE ? FAULT_NO_LANGUAGE : kind;
	const char *value = person_text(&p, field);
	bool ok =
		kind == FAULT_NONE ? is_known_word(field, value, clean, err) && is_name(field, clean, err) : refuse_value(kind, clean, err);
	if (ok) {
		json_put_text(w, key, value);
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
