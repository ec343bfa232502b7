#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/lacking_words.h"
#include "cli/language.h"
#include "store/read/credits.h"
#include "store/read/form.h"
#include "store/read/retention.h"
#include "store/read/settings.h"

static const struct option_spec OPTIONS[] = {
	{"json", 0, NULL, "list as a JSON array"},
	{"csv", 0, NULL, "list as CSV"},
	{0},
};

static const struct column COLUMNS[] = {
	{"key", NULL, 0},
	{"value", NULL, 0},
	{"meaning", NULL, 0},
};

static bool list(const struct args *args, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	struct listing *l = store ? listing_open(out, &options) : NULL;
	bool ok = store != NULL;
	const char *key = NULL;
	for (size_t i = 0; ok && setting_help(i, &key) != NULL; i++) {
		char *value = setting_get(store, key);
		listing_text(l, key);
		listing_text(l, str_or_empty(value));
		listing_text(l, setting_help(i, &key));
		ok = listing_row(l, err);
		free(value);
	}
	ok = ok && listing_finish(l, err);
	listing_close(l);
	store_close(store);
	return ok;
}

/* A language that is new lacks the words of what the organiser asks, and of whom they thank. */
static bool say_what_lacks(struct store *store, const char *languages, struct err *err) {
	struct form form;
	bool ok = form_load(store, &form, NULL, err);
	for (size_t i = 0; ok && i < form.count; i++) {
		form_say_lacking(&form.items[i], languages);
	}
	form_fini(&form);
	struct credits credits = {0};
	ok = ok && credits_load(store, &credits, NULL, err);
	for (size_t i = 0; i < credits.count; i++) {
		credit_say_lacking(&credits.items[i], languages);
	}
	credits_fini(&credits);
	return ok;
}

/* A year that is typed wrong in `dates` would have boxes erase everybody before they came: whoever sets one of both sees what comes of it. */
static bool say_retention(struct store *store, struct out *out, struct err *err) {
	struct retention r;
	char day[TZ_TEXT_MAX];
	if (!retention_look(store, &r, err)) {
		return false;
	}
	if (r.state == RETENTION_NO_LAST_DAY) {
		cli_say("boxes erase nothing before the event has a last day (turnout set EVENT dates)");
	} else if (r.state != RETENTION_NONE && r.state != RETENTION_ERASED) {
		tz_format_date(r.day, day);
		if (tz_local_day(store_tz(store), clock_utc()) >= r.day) {
			cli_say("that day, %s, has come: boxes erase the event's personal data as soon as they hear of it and all is sent",
				day);
		}
		strbuf_addf(&out->text, "boxes erase the event's personal data on %s\n", day);
	}
	return true;
}

static bool put(const struct args *args, struct out *out, struct err *err) {
	const char *key = args_operand(args, 1);
	const char *value = args_operand(args, 2);
	struct cli_file file;
	bool ok = cli_file_open(args, &file, err) && store_begin(file.store, err) &&
		  cli_end(file.store, setting_put(file.store, key, value, err), err);
	if (ok && str_eq(key, "languages")) {
		language_say_missing(value);
		ok = say_what_lacks(file.store, value, err);
	}
	if (ok) {
		strbuf_addf(&out->text, value[0] ? "set %s\n" : "cleared %s\n", key);
	}
	if (ok && (str_eq(key, "erase_after") || str_eq(key, "dates"))) {
		ok = say_retention(file.store, out, err);
	}
	cli_file_close(&file);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	switch (args->operand_count) {
	case 1: return list(args, out, err);
	case 2: return err_set(err, ERR_USAGE, "a value for %s is missing (\"\" clears it)", args_operand(args, 1));
	case 3: return put(args, out, err);
	default: return err_set(err, ERR_USAGE, "\"%s\" is one argument too many", args_operand(args, 3));
	}
}

const struct command cmd_set = {
	.name = "set",
	.summary = "sets what is true of the whole event; without a key lists the settings and what they mean",
	.usage = "EVENT KEY VALUE\nEVENT [--json | --csv]",
	.operands = {"EVENT"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
