#include <stdio.h>

#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "office/badge_paper.h"
#include "office/issue.h"

static const struct option_spec OPTIONS[] = {
	{"output", 'o', "FILE", "where to (\"-\": standard output); several pages of png or svg become FILE-001.png and so on"},
	{"layout", 0, "NAME", "a4 (ten badges of 85x54 mm a page, cut marks), a6 (lanyard), label62 (62 mm tape)"},
	{"codes", 0, "KIND", "of new badges: signed (known at every station at once), or short (for tiny labels)"},
	{"format", 0, "NAME", "pdf, png or svg; without it what FILE ends with"},
	{"only", 0, "QUERY", "people that hold all these words"},
	{"reissue", 0, NULL, "revoke the badges they have and make new ones"},
	{"dpi", 0, "N", "of a png (300)"},
	{0},
};

static const char *const CODES[] = {"signed", "short", NULL};

struct badges_wish {
	const char *path;
	struct issue_options issue;
	struct badge_sheet_options sheet;
};

static bool read_wish(const struct args *args, struct badges_wish *wish, struct err *err) {
	size_t layout = 0;
	size_t codes = 0;
	size_t format = 0;
	int64_t dpi = 0;
	const char *layouts[BADGE_LAYOUT_COUNT + 1] = {NULL};
	const char *formats[CANVAS_FORMAT_COUNT + 1] = {NULL};
	for (int i = 0; i < BADGE_LAYOUT_COUNT; i++) {
		layouts[i] = layout_spec((enum badge_layout)i)->name;
	}
	for (int i = 0; i < CANVAS_FORMAT_COUNT; i++) {
		formats[i] = canvas_format_name((enum canvas_format)i);
	}
	wish->path = args_value(args, "output");
	wish->issue.query = args_value(args, "only");
	wish->issue.reissue = args_has(args, "reissue");
	if (wish->path == NULL) {
		return err_set(err, ERR_USAGE, "-o FILE is missing");
	}
	if (!cli_choice(args, "layout", layouts, &layout, err) || !cli_choice(args, "codes", CODES, &codes, err) ||
	    !cli_choice(args, "format", formats, &format, err) || !args_number(args, "dpi", (struct args_range){36, 2400, 0}, &dpi, err)) {
		return false;
	}
	if (!args_has(args, "format")) {
		format = str_ends_nocase(wish->path, ".png") ? CANVAS_PNG : str_ends_nocase(wish->path, ".svg") ? CANVAS_SVG : CANVAS_PDF;
	}
	wish->issue.short_codes = codes == 1;
	wish->sheet =
		(struct badge_sheet_options){.layout = (enum badge_layout)layout, .format = (enum canvas_format)format, .dpi = (double)dpi};
	return true;
}

static void say_result(const struct issue *list, const struct badges_wish *wish, struct out *out) {
	char count[CLI_COUNT_MAX];
	char fresh[CLI_COUNT_MAX];
	char kept[CLI_COUNT_MAX];
	if (str_eq(wish->path, "-")) {
		return;
	}
	strbuf_addf(&out->text, "%s in %s: %s, %s\n", cli_count(count, (int64_t)list->count, "badge", "badges"), wish->path,
		    cli_count(fresh, (int64_t)list->lacking, "new", "new"),
		    cli_count(kept, (int64_t)(list->count - list->lacking), "as before", "as before"));
}

/* Loudly, as somebody may stand at the door without a badge. */
static void say_left_out(const struct issue *list) {
	struct strbuf text = {0};
	size_t all = cli_registrations(list->left_out, &text);
	char count[CLI_COUNT_MAX];
	if (all != 0) {
		fprintf(stderr, "warning: no badge for %s whose registration is not confirmed: %s\n",
			cli_count(count, (int64_t)all, "person", "people"), strbuf_str(&text));
	}
	strbuf_fini(&text);
}

static bool print_badges(const struct issue *list, const struct badge_texts *texts, const struct badges_wish *wish, struct err *err) {
	struct badge_sheet_options options = wish->sheet;
	struct progress progress = {.what = "badges"};
	char unknown[100] = "";
	options.progress = progress_show;
	options.context = &progress;
	options.unknown = unknown;
	bool ok = badge_paper_write(wish->path, list, texts, &options, err);
	progress_end(&progress);
	if (ok && unknown[0] != '\0') {
		fprintf(stderr, "warning: no font here draws all of \"%s\": boxes are printed; install a font for its script\n", unknown);
	}
	return ok;
}

static void read_texts(struct store *store, struct badge_texts *texts) {
	struct words *words = words_open_installed();
	badge_texts_read(store, words, texts);
	words_close(words);
}

/* Reading comes first: where everybody has a badge nothing is written, so reprints need no key and disturb no kiosk. */
static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct badges_wish wish = {0};
	if (!read_wish(args, &wish, err) || !badge_paper_check(wish.path, wish.sheet.format, err)) {
		return false;
	}
	struct issue list = {0};
	struct badge_texts texts = {0};
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && issue_read(store, &wish.issue, &list, err);
	if (ok) {
		read_texts(store, &texts);
	}
	store_close(store);
	if (ok && list.lacking != 0) {
		issue_fini(&list);
		store = cli_open(args, STORE_WRITE, err);
		ok = store != NULL && issue_read(store, &wish.issue, &list, err) && issue_codes(store, &wish.issue, &list, err);
		store_close(store);
	}
	if (ok) {
		say_left_out(&list);
	}
	ok = ok && print_badges(&list, &texts, &wish, err);
	if (ok) {
		say_result(&list, &wish, out);
	}
	badge_texts_fini(&texts);
	issue_fini(&list);
	return ok;
}

const struct command cmd_badges = {
	.name = "badges",
	.summary = "issues badges to those who have none and writes them for the printer",
	.usage = "EVENT -o FILE [--layout NAME] [--codes KIND] [--format NAME] [--only QUERY] [--reissue] [--dpi N]",
	.details = "Who has a badge, or a code of another system on the roster, gets the same code again; that needs no key and changes "
		   "nothing.\n"
		   "New codes are in the event file before they are in FILE. Issuing needs the organiser's key.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
