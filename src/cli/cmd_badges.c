#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "event/fold.h"
#include "office/badge_paper.h"
#include "office/issue.h"
#include "sync/media.h"

static const struct option_spec OPTIONS[] = {
	{"output", 'o', "FILE", "where to (\"-\": standard output); several pages of png or svg become FILE-001.png and so on"},
	{"layout", 0, "NAME", "a4 (ten badges of 85x54 mm a page, cut marks), a6 (lanyard), label62 (62 mm tape)"},
	{"codes", 0, "KIND", "of new badges: signed (known at every station at once), or short (for tiny labels)"},
	{"format", 0, "NAME", "pdf, png or svg; without it what FILE ends with"},
	{"only", 0, "QUERY", "the people so named; where nobody is, those in whose fields all these words are"},
	{"new", 0, NULL, "only badges that were not printed before"},
	{"sort", 0, "FIELD", "by name, organisation, category or code (name)"},
	{"reissue", 0, NULL, "revoke the badges they have and make new ones; says whose, and asks"},
	{"yes", 0, NULL, "do not ask"},
	{"dpi", 0, "N", "of a png (300)"},
	{0},
};

static const char *const CODES[] = {"signed", "short", NULL};

struct badges_wish {
	const char *path;
	struct issue_options issue;
	struct badge_sheet_options sheet;
	bool yes; /* nobody is asked */
};

/* By what the file's name ends with; without an ending, and on standard output, a PDF. */
static bool find_format(const char *path, size_t *format, struct err *err) {
	const char *name = file_base_name(path), *dot = strrchr(name, '.');
	*format = CANVAS_PDF;
	if (str_eq(path, "-") || dot == NULL || dot == name) {
		return true;
	}
	for (size_t i = 0; i < CANVAS_FORMAT_COUNT; i++) {
		if (str_eq_nocase(dot + 1, canvas_format_name((enum canvas_format)i))) {
			*format = i;
			return true;
		}
	}
	return err_set(err, ERR_USAGE, "badges are pdf, png or svg, not \"%s\": name the file so, or say --format", dot + 1);
}

static bool read_wish(const struct args *args, struct badges_wish *wish, struct err *err) {
	size_t layout = 0;
	size_t order = 0;
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
	wish->issue.fresh = args_has(args, "new");
	wish->yes = args_has(args, "yes");
	if (wish->path == NULL) {
		return err_set(err, ERR_USAGE, "-o FILE is missing");
	}
	if (!cli_choice(args, "layout", layouts, &layout, err) || !cli_choice(args, "codes", CODES, &codes, err) ||
	    !cli_choice(args, "sort", people_order_names, &order, err) || !cli_choice(args, "format", formats, &format, err) ||
	    !args_number(args, "dpi", (struct args_range){36, 2400, 0}, &dpi, err)) {
		return false;
	}
	if (!args_has(args, "format") && !find_format(wish->path, &format, err)) {
		return false;
	}
	/* A script's empty variable must not mean everybody: with --reissue all badges would be revoked. */
	if (wish->issue.query != NULL && fold_is_empty(wish->issue.query)) {
		return err_set(err, ERR_USAGE, "--only wants a name, and \"%s\" has no letter of one", wish->issue.query);
	}
	if (wish->issue.fresh && wish->issue.reissue) {
		return err_set(err, ERR_USAGE, "--new and --reissue contradict each other");
	}
	wish->issue.order = (enum people_order)order;
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
		log_line("warning: no badge for %s whose registration is not confirmed: %s",
			 cli_count(count, (int64_t)all, "person", "people"), strbuf_str(&text));
	}
	strbuf_fini(&text);
}

#define UNKNOWN_SHOWN 20

static void say_unknown(const struct unknown_texts *unknown) {
	struct strbuf text = {0}, packages = {0};
	if (unknown->count == 0) {
		return;
	}
	for (size_t i = 0; i < unknown->count && i < UNKNOWN_SHOWN; i++) {
		strbuf_addf(&text, "%s\"%s\"", i == 0 ? "" : ", ", unknown->items[i]);
	}
	if (unknown->count > UNKNOWN_SHOWN) {
		strbuf_addf(&text, " and %zu more", unknown->count - UNKNOWN_SHOWN);
	}
	unknown_packages(unknown, &packages);
	if (packages.len != 0) {
		log_line("warning: no font here draws all of %s: boxes are printed; apt install %s, and print again", strbuf_str(&text),
			 strbuf_str(&packages));
	} else {
		log_line("warning: no font here draws all of %s: boxes are printed; no Debian package has those characters",
			 strbuf_str(&text));
	}
	strbuf_fini(&text);
	strbuf_fini(&packages);
}

/* What a donor asked for and does not get is no small thing. */
static void say_credits_left(const struct credit_prints *prints, const struct credit_left *left, const char *layout) {
	for (size_t i = 0; i < prints->credits.count; i++) {
		if (left->logos[i]) {
			log_line("warning: %s badges have no room for the logo of %s at its least size with the room around it: choose "
				 "another "
				 "layout, or make fewer or smaller ones (turnout credits)",
				 layout, prints->credits.items[i].key);
		}
	}
	if (left->names) {
		log_line("warning: %s badges have no room for the names of those who brought no logo", layout);
	}
	if (left->sentences || left->disclaimers) {
		log_line("warning: %s badges have no room for %s at a size that can be read", layout,
			 !left->sentences     ? "the disclaimers"
			 : !left->disclaimers ? "the donors' sentences"
					      : "the donors' sentences and disclaimers");
	}
}

static bool print_badges(const struct issue *list, const struct badge_texts *texts, const struct badges_wish *wish, struct err *err) {
	struct badge_sheet_options options = wish->sheet;
	struct progress progress = {.what = "badges"};
	struct unknown_texts unknown = {0};
	struct credit_left left = {{false}, false, false, false};
	options.progress = progress_show;
	options.context = &progress;
	options.unknown = &unknown;
	options.credits_left = &left;
	bool ok = badge_paper_write(wish->path, list, texts, &options, err);
	progress_end(&progress);
	if (ok) {
		say_unknown(&unknown);
		say_credits_left(&texts->credits, &left, layout_spec(options.layout)->name);
	}
	unknown_fini(&unknown);
	return ok;
}

static bool read_texts(struct store *store, struct badge_texts *texts, struct err *err) {
	struct words *words = words_open_installed();
	bool ok = badge_texts_read(store, words, texts, err);
	words_close(words);
	return ok;
}

#define NAMES_SHOWN 12

/* Of several with where they come from, as two may have one name. */
static void add_name(const struct issue_holder *h, bool several, const char *before, struct strbuf *out) {
	const char *from = str_empty(h->organisation) ? h->community : h->organisation;
	strbuf_addf(out, "%s%s", before, h->name);
	if (several && !str_empty(from)) {
		strbuf_addf(out, " (%s)", from);
	}
}

static void add_names(const struct issue *list, bool revoked, struct strbuf *out) {
	size_t shown = 0, more = 0;
	for (size_t i = 0; i < list->count; i++) {
		if (revoked && list->items[i].old == NULL) {
			continue;
		}
		if (shown < NAMES_SHOWN) {
			add_name(&list->items[i], list->count > 1, shown++ == 0 ? "" : ", ", out);
		} else {
			more++;
		}
	}
	if (more != 0) {
		strbuf_addf(out, " and %zu more", more);
	}
}

/* Whom a query found is said, and by what: of several, too, who they are. */
static void say_selection(const struct issue *list, const struct badges_wish *wish) {
	if (wish->issue.query != NULL) {
		struct strbuf text = {0};
		char count[CLI_COUNT_MAX];
		if (list->by == ISSUE_BY_FIELDS) {
			strbuf_addf(
				&text,
				"nobody is named \"%s\"; it is in names, organisations, communities, regions, categories or e-mails of ",
				wish->issue.query);
		} else {
			strbuf_addf(&text, "\"%s\" %s ", wish->issue.query,
				    list->by == ISSUE_BY_NAME ? "is the name of" : "is in the name of");
		}
		strbuf_addf(&text, "%s: ", cli_count(count, (int64_t)list->count, "person", "people"));
		add_names(list, false, &text);
		cli_say("%s", strbuf_str(&text));
		strbuf_fini(&text);
	}
}

/* Says whose badges will be good no more, and asks whoever sits there. */
static bool confirm(const struct issue *list, const struct badges_wish *wish, struct err *err) {
	char answer[16] = "";
	if (list->revoking == 0 || wish->yes) {
		return true;
	}
	struct strbuf text = {0};
	char count[CLI_COUNT_MAX];
	strbuf_addf(&text, "%s will be revoked: ", cli_count(count, (int64_t)list->revoking, "badge", "badges"));
	add_names(list, true, &text);
	cli_say("%s", strbuf_str(&text));
	strbuf_fini(&text);
	if (isatty(STDIN_FILENO) == 0) {
		return err_set(err, ERR_USAGE, "nothing was changed: --reissue wants --yes where nobody can be asked");
	}
	fprintf(stderr, "Revoke them and make new ones? [y/N] ");
	if (fgets(answer, sizeof answer, stdin) == NULL || (answer[0] != 'y' && answer[0] != 'Y')) {
		return err_set(err, ERR_REFUSED, "nothing was changed");
	}
	return true;
}

/* The badges are on paper or in a file: what cannot be put on record now does not take that back. */
static void note_printed(const struct args *args, const struct issue *list) {
	struct err err = {0};
	if (!issue_has_unnoted(list)) {
		return;
	}
	struct cli_file file;
	if (!cli_file_open(args, &file, &err) || !issue_note_printed(file.store, list, &err)) {
		cli_say("warning: that they were printed is not on record (%s): --new will print them again", err.text);
	}
	cli_file_close(&file);
}

/* Reading comes first: where everybody has a badge no key is needed, and the file is borrowed only to note what was printed for the first time. */
static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct badges_wish wish = {0};
	if (!read_wish(args, &wish, err) || !media_may_write(wish.path, err) || !badge_paper_check(wish.path, wish.sheet.format, err)) {
		return false;
	}
	struct issue list = {0};
	struct badge_texts texts = {0};
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && issue_read(store, &wish.issue, &list, err);
	ok = ok && read_texts(store, &texts, err);
	if (ok) {
		say_selection(&list, &wish);
		ok = confirm(&list, &wish, err);
	}
	store_close(store);
	if (ok && list.lacking != 0) {
		issue_fini(&list);
		struct cli_file file;
		ok = cli_file_open(args, &file, err) && issue_read(file.store, &wish.issue, &list, err) &&
		     issue_codes(file.store, &wish.issue, &list, err);
		cli_file_close(&file);
	}
	if (ok) {
		say_left_out(&list);
	}
	ok = ok && print_badges(&list, &texts, &wish, err);
	if (ok) {
		note_printed(args, &list);
		say_result(&list, &wish, out);
	}
	badge_texts_fini(&texts);
	issue_fini(&list);
	return ok;
}

const struct command cmd_badges = {
	.name = "badges",
	.summary = "issues badges to those who have none and writes them for the printer",
	.usage = "EVENT -o FILE [--layout NAME] [--codes KIND] [--format NAME] [--only QUERY] [--new] [--sort FIELD]\n"
		 "     [--reissue [--yes]] [--dpi N]",
	.details =
		"--only with somebody's name, its words in any order, means them, and nobody whose organisation has these words. Where\n"
		"nobody has just that name it means those in whose names all the words are; where nobody has, those in whose fields they\n"
		"are, in parts of words, too: names, organisations, communities, regions, categories and e-mails. It says whom it took,\n"
		"and by what; where there is nobody nothing is written.\n\n"
		"Who has a badge, or a code of another system on the roster, gets the same code again; that needs no key.\n"
		"What was printed is noted in the event file, for --new.\n"
		"New codes are in the event file before they are in FILE. Issuing needs the organiser's key.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
