#include "base/option.h"

#include <string.h>

#include "base/str.h"

static const char *name_of(const struct option *table, int value) {
	while (table->name != NULL && table->val != value) {
		table++;
	}
	return str_or_empty(table->name);
}

/* getopt_long takes beginnings of names, and says of one that fits several only that it is unknown. */
static bool is_several(const struct option *table, const char *word, size_t n) {
	size_t count = 0;
	for (; table->name != NULL; table++) {
		count += strncmp(table->name, word, n) == 0;
	}
	return count > 1;
}

/* A word of short options is passed over when its last letter was looked at (getopt(3)); what is no ASCII has several bytes a letter. */
static const char *short_word(char *const *argv) {
	const char *before = argv[optind - 1];
	size_t n = strlen(before);
	bool passed = n > 1 && before[0] == '-' && (unsigned char)before[n - 1] == (unsigned char)optopt;
	return passed || argv[optind] == NULL ? before : argv[optind];
}

bool option_refused(int answer, char *const *argv, const struct option *table, struct err *err) {
	const char *word = argv[optind - 1];
	size_t n = strcspn(word, "=");
	if (answer == ':') {
		return err_set(err, ERR_USAGE, "--%s needs a value", name_of(table, optopt));
	}
	if (optopt != 0 && str_starts(word, "--") && word[n] == '=') {
		return err_set(err, ERR_USAGE, "--%s takes no value", name_of(table, optopt));
	}
	if (optopt != 0) {
		return err_set(err, ERR_USAGE, "there is no option %s", short_word(argv));
	}
	return is_several(table, word + 2, n - 2) ? err_set(err, ERR_USAGE, "%.*s may be several options: write it out", (int)n, word)
						  : err_set(err, ERR_USAGE, "there is no option %.*s", (int)n, word);
}
