#include "cli/common.h"

#include <inttypes.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "base/tz.h"
#include "base/utf8.h"
#include "event/registration.h"
#include "net/lending.h"
#include "store/log/identity.h"
#include "store/read/totals.h"
#include "store/sql/lock.h"
#include "sync/rescue.h"

struct store *cli_open(const struct args *args, enum store_mode mode, struct err *err) {
	char program[64];
	snprintf(program, sizeof program, "turnout %s", args->command->name);
	const char *path = args_operand(args, 0);
	struct store *store = mode == STORE_WRITE ? rescue_open(path, program, err) : store_open(path, mode, program, err);
	if (store != NULL && store_warning(store)[0] != '\0') {
		cli_say("warning: %s", store_warning(store));
	}
	return store;
}

#define BORROW_MS 15000 /* a kiosk that computes all views of a large file again takes that long */

/* Other commands keep the file for themselves, and what would have to be alike for borrowing is nothing to them. */
static bool is_lender(const char *path) {
	char holder[LOCK_HOLDER_MAX];
	lock_written_by(path, holder);
	return str_starts(holder, "turnout-kiosk,") || str_starts(holder, "turnout serve,");
}

/* Whose program writes it: not always the one whose event file it is. */
static bool is_others(const char *path, uid_t *uid) {
	struct stat st;
	char *lock = xasprintf("%s.lock", path);
	bool others = stat(lock, &st) == 0 && st.st_uid != geteuid();
	*uid = others ? st.st_uid : geteuid();
	free(lock);
	return others;
}

/* Who does not lend it is named in `held`; why it is not lent may lie with who asks. */
static void not_lent(const char *path, const char *state, const struct err *held, struct err *err) {
	uid_t uid;
	if (path == NULL || !is_lender(path)) {
		err_give(err, held);
	} else if (is_others(path, &uid)) {
		const struct passwd *user = getpwuid(uid);
		err_set(err, held->kind, "%s. A kiosk or a server lends it to its own user's commands only: run this as %s", held->text,
			user != NULL ? user->pw_name : "the user who runs it");
	} else {
		err_set(err, held->kind,
			"%s. A kiosk or a server lends it to commands whose state folder (%s) or XDG_RUNTIME_DIR (%s) is the same as its "
			"own",
			held->text, state, str_empty(getenv("XDG_RUNTIME_DIR")) ? "not set" : getenv("XDG_RUNTIME_DIR"));
	}
}

bool cli_file_open(const struct args *args, struct cli_file *out, struct err *err) {
	*out = (struct cli_file){.store = cli_open(args, STORE_WRITE, err)};
	if (out->store != NULL || err->kind != ERR_BUSY) {
		return out->store != NULL;
	}
	struct err held = *err, none = {0};
	char *path = realpath(args_operand(args, 0), NULL), *state = identity_state_folder();
	int fd = path == NULL ? -1 : borrow(path, state, BORROW_MS, &none);
	if (fd < 0 && none.kind == ERR_BUSY) {
		err_give(err, &none);
	} else if (fd < 0) {
		not_lent(path, state, &held, err);
	}
	free(state);
	free(path);
	if (fd < 0) {
		return false;
	}
	*err = (struct err){.fault = err->fault};
	out->borrowed = fd + 1;
	out->store = cli_open(args, STORE_WRITE, err);
	if (out->store == NULL) {
		cli_file_close(out);
	}
	return out->store != NULL;
}

void cli_file_close(struct cli_file *file) {
	store_close(file->store);
	if (file->borrowed != 0) {
		close(file->borrowed - 1);
	}
	*file = (struct cli_file){0};
}

bool cli_end(struct store *store, bool ok, struct err *err) {
	if (!ok) {
		store_rollback(store);
	}
	return ok && store_commit(store, err);
}

void cli_say(const char *fmt, ...) {
	struct strbuf text = {0};
	va_list ap;
	va_start(ap, fmt);
	strbuf_addv(&text, fmt, ap);
	va_end(ap);
	log_line("turnout: %s", strbuf_str(&text));
	strbuf_fini(&text);
}

const char *cli_count(char text[CLI_COUNT_MAX], int64_t n, const char *one, const char *many) {
	snprintf(text, CLI_COUNT_MAX, "%" PRId64 " %s", n, n == 1 ? one : many);
	return text;
}

size_t cli_registrations(const size_t *counts, struct strbuf *out) {
	size_t all = 0;
	for (int i = REGISTRATION_COUNT - 1; i > REGISTRATION_UNSAID; i--) {
		if (counts[i] != 0 && !registration_admits((enum registration)i)) {
			strbuf_addf(out, "%s%zu %s", all != 0 ? ", " : "", counts[i], registration_word((enum registration)i));
			all += counts[i];
		}
	}
	return all;
}

bool cli_day(const struct args *args, struct store *store, int64_t *day, struct err *err) {
	const char *text = args_value(args, "day");
	bool tomorrow = str_eq(text, "tomorrow");
	if (text != NULL && !tomorrow) {
		return tz_parse_date(text, day) ||
		       err_set(err, ERR_USAGE, "--day is a date like 2026-05-14, or tomorrow, not \"%s\"", text);
	}
	bool ok = totals_day(store, store_now(store), day, err);
	*day += tomorrow;
	return ok;
}

bool cli_form(const struct args *args, enum listing_form *form, struct err *err) {
	bool json = args_has(args, "json");
	bool csv = args_has(args, "csv");
	*form = json ? LISTING_JSON : csv ? LISTING_CSV : LISTING_TABLE;
	return !(json && csv) || err_set(err, ERR_USAGE, "--json and --csv exclude each other");
}

char *cli_text(const char *what, const char *argument, size_t max, struct err *err) {
	if (!utf8_valid(argument, strlen(argument), NULL)) {
		err_set(err, ERR_USAGE, "%s is no valid UTF-8", what);
		return NULL;
	}
	char *clean = utf8_clean(argument, false);
	if (strlen(clean) > max) {
		err_set(err, ERR_USAGE, "%s is longer than %zu bytes", what, max);
		free(clean);
		return NULL;
	}
	return clean;
}

bool cli_choice(const struct args *args, const char *option, const char *const *words, size_t *index, struct err *err) {
	const char *value = args_value(args, option);
	*index = 0;
	if (value == NULL) {
		return true;
	}
	struct strbuf all = {0};
	for (size_t i = 0; words[i] != NULL; i++) {
		if (str_eq(words[i], value)) {
			*index = i;
			strbuf_fini(&all);
			return true;
		}
		strbuf_addf(&all, "%s%s", i == 0 ? "" : words[i + 1] != NULL ? ", " : " or ", words[i]);
	}
	err_set(err, ERR_USAGE, "--%s is %s, not \"%s\"", option, strbuf_str(&all), value);
	strbuf_fini(&all);
	return false;
}

#define BAR_LEN 30

void progress_show(void *progress, size_t done, size_t count) {
	struct progress *p = progress;
	int percent = count == 0 ? 100 : (int)(done * 100 / count);
	if (p->percent == percent + 1 || isatty(STDERR_FILENO) == 0) {
		return;
	}
	p->percent = percent + 1;
	int full = percent * BAR_LEN / 100;
	fprintf(stderr, "\r%s [%.*s%*s] %3d %%", p->what, full, "##############################", BAR_LEN - full, "", percent);
}

void progress_end(struct progress *progress) {
	if (progress->percent != 0) {
		fputs("\r\x1B[K", stderr); /* takes the line away again: ECMA-48, erase in line */
	}
	progress->percent = 0;
}
