#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/put_members.h"
#include "store/read/announcements.h"
#include "store/read/settings.h"
#include "store/view/announcement.h"
#include "words/words.h"

static const struct option_spec OPTIONS[] = {
	{"text", 0, "[LANG=]TEXT", "the words: uk=…, once a language"},
	{"until", 0, "TIME", "it goes by itself then, like 2026-05-14 13:30; without it it stays until it is taken down"},
	{"withdraw", 0, "REF", "takes one down, by its ref in the list"},
	{"json", 0, NULL, "list as a JSON array"},
	{"csv", 0, NULL, "list as CSV"},
	{0},
};

static const struct column COLUMNS[] = {{"ref", NULL, 0}, {"at", NULL, 0}, {"until", NULL, 0}, {"text", NULL, 0}};

static void ref_text(const struct announcement *a, char text[40]) {
	char hex[9];
	str_hex(a->log.b, 4, hex);
	snprintf(text, 40, "%s:%llu", hex, (unsigned long long)a->seq);
}

static void put_time(struct listing *l, const struct store *store, struct utc_ms utc) {
	char text[TZ_TEXT_MAX] = "";
	if (utc.v != 0) {
		tz_format(store_tz(store), utc, text);
	}
	listing_text(l, text);
}

static bool list(const struct args *args, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	struct announcements all = {0};
	char language[WORDS_CODE_MAX] = "", ref[40];
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && announcements_load(store, &all, err);
	struct listing *l = ok ? listing_open(out, &options) : NULL;
	if (ok) {
		setting_first_language(store, language, sizeof language);
	}
	for (size_t i = 0; ok && i < all.count; i++) {
		const struct announcement *a = &all.items[i];
		ref_text(a, ref);
		listing_text(l, ref);
		put_time(l, store, a->utc);
		put_time(l, store, a->until);
		listing_text(l, announcement_words(a, language));
		ok = listing_row(l, err);
	}
	ok = ok && listing_finish(l, err);
	if (ok && all.standing > all.count) {
		cli_say("%zu older ones stand behind them; screens show the latest %d", all.standing - all.count, ANNOUNCEMENTS_SHOWN_MAX);
	}
	listing_close(l);
	announcements_fini(&all);
	store_close(store);
	return ok;
}

static bool read_until(const struct args *args, const struct store *store, struct utc_ms *out, struct err *err) {
	const char *text = args_value(args, "until");
	int offset;
	return text == NULL || tz_parse(store_tz(store), text, out, &offset) ||
	       err_set(err, ERR_USAGE, "--until is a time like 2026-05-14 13:30, not \"%s\"", text);
}

static bool announce(struct store *store, const struct args *args, struct out *out, struct err *err) {
	static const struct words_option text = {"text", ANNOUNCEMENT_MAX, '\0'};
	struct announcement_draft draft = {.words = NULL};
	struct strbuf set = {0};
	struct json_writer w = {.out = &set};
	json_open(&w, NULL, '{');
	bool ok = put_words(args, &text, &w, err) && read_until(args, store, &draft.until, err);
	json_close(&w, '}');
	struct json *words = ok ? json_parse(strbuf_str(&set), set.len, err) : NULL;
	draft.words = words;
	ok = words != NULL && announcement_append(store, &draft, err);
	if (ok) {
		strbuf_adds(&out->text, "announced\n");
	}
	json_free(words);
	strbuf_fini(&set);
	return ok;
}

static bool withdraw(struct store *store, const char *wanted, struct out *out, struct err *err) {
	struct announcements all = {0};
	char ref[40];
	bool ok = announcements_load(store, &all, err), found = false;
	for (size_t i = 0; ok && !found && i < all.count; i++) {
		ref_text(&all.items[i], ref);
		found = str_eq(ref, wanted);
		ok = !found || announcement_withdraw(store, &all.items[i].log, all.items[i].seq, NULL, err);
	}
	ok = ok && (found || err_set(err, ERR_NOT_FOUND, "no announcement %s stands (turnout announce EVENT)", wanted));
	if (ok) {
		strbuf_addf(&out->text, "taken down: %s\n", wanted);
	}
	announcements_fini(&all);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	const char *down = args_value(args, "withdraw");
	bool up = args_has(args, "text");
	if (!up && down == NULL) {
		return args_has(args, "until") ? err_set(err, ERR_USAGE, "what is announced? --text \"uk=…\"") : list(args, out, err);
	}
	if (up && down != NULL) {
		return err_set(err, ERR_USAGE, "--text and --withdraw are two things: one after the other");
	}
	struct cli_file file;
	bool ok = cli_file_open(args, &file, err) && store_begin(file.store, err) &&
		  cli_end(file.store, up ? announce(file.store, args, out, err) : withdraw(file.store, down, out, err), err);
	cli_file_close(&file);
	return ok;
}

const struct command cmd_announce = {
	.name = "announce",
	.summary = "words on all screens of the event; without --text lists what stands there",
	.usage = "EVENT [--json | --csv]\nEVENT --text [LANG=]TEXT… [--until TIME]\nEVENT --withdraw REF",
	.details = "It reaches the other boxes with the next exchange, and they show it at the top of their first screen, in the language "
		   "that they\n"
		   "are in. Any box may take it down.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
