#include "cli/station_key.h"

#include <string.h>

#include "base/str.h"
#include "report/list_stations.h"
#include "store/view/roles.h"

bool station_takes_only(const struct args *args, const char *const *names, struct err *err) {
	for (size_t i = 0; i < args->count; i++) {
		const char *given = args->given[i].option->name;
		size_t n = 0;
		while (names[n] != NULL && !str_eq(names[n], given)) {
			n++;
		}
		if (names[n] == NULL) {
			return err_set(err, ERR_USAGE, "--%s does not belong to %s", given, args_operand(args, 1));
		}
	}
	return true;
}

bool station_key_digits(const char *text, char digits[2 * KEY_LEN + 1]) {
	size_t n = strlen(text);
	if (n < KEY_DIGITS_MIN || n > (size_t)2 * KEY_LEN || strspn(text, "0123456789abcdefABCDEF") != n) {
		return false;
	}
	for (size_t i = 0; i <= n; i++) {
		digits[i] = str_lower_char(text[i]);
	}
	return true;
}

struct search {
	char digits[2 * KEY_LEN + 1];
	size_t hits;
	struct public_key found;
};

static bool match(void *context, const struct station_row *row, struct err *err) {
	(void)err;
	struct search *search = context;
	char hex[2 * KEY_LEN + 1];
	str_hex(row->key.b, KEY_LEN, hex);
	if (str_starts(hex, search->digits)) {
		search->hits++;
		search->found = row->key;
	}
	return true;
}

bool station_find_key(struct store *store, const char *text, struct public_key *key, struct err *err) {
	struct search search = {0};
	if (!station_key_digits(text, search.digits)) {
		return err_set(err, ERR_USAGE, "a key is named by its first %d digits or more, not \"%s\" (turnout station EVENT list)",
			       KEY_DIGITS_MIN, text);
	}
	if (!roles_each(store, match, &search, err)) {
		return false;
	}
	*key = search.found;
	if (search.hits > 1) {
		return err_set(err, ERR_USAGE, "%zu keys begin with %s; give more digits", search.hits, text);
	}
	return search.hits == 1 ||
	       err_set(err, ERR_NOT_FOUND, "no key that begins with %s is known here (turnout station EVENT list)", text);
}

void station_put_key(struct out *out, const char *done, const struct public_key *key, const char *more) {
	char hex[2 * KEY_LEN + 1];
	str_hex(key->b, KEY_LEN, hex);
	strbuf_addf(&out->text, "%s %.*s%s\n", done, LIST_KEY_SHOWN, hex, more);
}
