#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/tz.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/put_members.h"
#include "store/log/record.h"
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

static void put_time(struct listing *l, const struct store *store, struct utc_ms utc) {
	char text[TZ_TEXT_MAX] = "";
	if (utc.v != 0) {
		tz_format(store_tz(store), utc, text);
	}
	listing_text(l, text);
}

struct showing {
	struct listing *list;
	const struct store *store;
	char language[WORDS_CODE_MAX];
};

static bool show(void *context, struct announcement *a, struct err *err) {
	const struct showing *s = context;
	char ref[RECORD_REF_TEXT];
	record_ref_text(&a->log, a->seq, ref);
	listing_text(s->list, ref);
	put_time(s->list, s->store, a->utc);
	put_time(s->list, s->store, a->until);
	listing_text(s->list, announcement_words(a, s->language));
	return listing_row(s->list, err);
}

static bool list(const struct args *args, struct out *out, struct err *err) {
	struct listing_options options = {.columns = COLUMNS, .count = COUNT_OF(COLUMNS)};
	if (!cli_form(args, &options.form, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	if (store == NULL) {
		return false;
	}
	struct showing showing = {.list = listing_open(out, &options), .store = store};
	setting_first_language(store, showing.language, sizeof showing.language);
	bool ok = announcements_each(store, show, &showing, err) && listing_finish(showing.list, err);
	listing_close(showing.list);
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

struct wanted {
	const char *ref;
	bool found;
	struct hash log;
	uint64_t seq;
};

static bool look_for(void *context, struct announcement *a, struct err *err) {
	struct wanted *w = context;
	char ref[RECORD_REF_TEXT];
	(void)err;
	record_ref_text(&a->log, a->seq, ref);
	if (str_eq(ref, w->ref)) {
		w->found = true;
		w->log = a->log;
		w->seq = a->seq;
	}
	return true;
}

static bool withdraw(struct store *store, const char *ref, struct out *out, struct err *err) {
	struct wanted wanted = {.ref = ref};
	bool ok = announcements_each(store, look_for, &wanted, err) &&
		  (wanted.found || err_set(err, ERR_NOT_FOUND, "no announcement %s stands (turnout announce EVENT)", ref)) &&
		  announcement_withdraw(store, &wanted.log, wanted.seq, NULL, err);
	if (ok) {
		strbuf_addf(&out->text, "taken down: %s\n", ref);
	}
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
