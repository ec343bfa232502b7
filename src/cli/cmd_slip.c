#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/label_options.h"
#include "office/badge_paper.h"
#include "office/slip_print.h"
#include "words/words.h"

static const struct option_spec OPTIONS[] = {
	{"day", 0, "DATE", "of the event, like 2026-05-14 (today)"},
	LABEL_OPTION_PRINTER,
	LABEL_OPTION_SIZE,
	{"output", 'o', "FILE", "not to the printer: a .pdf, on sheets of A4; with --label as the labels would be"},
	{0},
};

static bool print(const struct label_wish *wish, const struct slip *slip, struct out *out, struct err *err) {
	const struct label_printer to = label_wish_printer(wish);
	struct printer_state *state = xcalloc(1, sizeof *state);
	struct label_page page = {.format = ""};
	enum printer_trouble trouble;
	char count[CLI_COUNT_MAX];
	bool ok = label_printer_ready(&to.printer, state, err) && slip_page_make(slip, to.size, state, &page, &trouble, err) &&
		  label_page_wait(&to.printer, &page, err);
	if (ok) {
		strbuf_addf(&out->text, "%s printed\n", cli_count(count, (int64_t)page.pages, "label", "labels"));
	}
	label_page_fini(&page);
	free(state);
	return ok;
}

/* Of labels as a PDF: whatever printer they will come out of one day. */
static bool make_labels(const struct label_wish *wish, const struct slip *slip, struct strbuf *bytes, struct err *err) {
	struct printer_state *state = xcalloc(1, sizeof *state);
	struct label_page page = {.format = ""};
	enum printer_trouble trouble;
	state->pdf = true;
	bool ok = slip_page_make(slip, wish->size, state, &page, &trouble, err);
	if (ok) {
		strbuf_add(bytes, page.bytes.data, page.bytes.len);
	}
	label_page_fini(&page);
	free(state);
	return ok;
}

static bool write(const struct args *args, const struct label_wish *wish, const struct slip *slip, struct err *err) {
	struct strbuf bytes = {0};
	bool ok = badge_paper_check(wish->output, CANVAS_PDF, err) &&
		  (args_has(args, "label") ? make_labels(wish, slip, &bytes, err) : slip_sheets(slip, &bytes, err)) &&
		  file_write(wish->output, bytes.data, bytes.len, err);
	strbuf_fini(&bytes);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct slip_wish slip_wish = {.what = SLIP_DAY};
	struct label_wish wish;
	struct slip slip = {0};
	const char *what = args_operand(args, 1);
	while (slip_wish.what < SLIP_WHAT_COUNT && !str_eq(what, slip_what_names[slip_wish.what])) {
		slip_wish.what++;
	}
	if (slip_wish.what == SLIP_WHAT_COUNT) {
		return err_set(err, ERR_USAGE, "\"day\" or \"inside\" is wanted, not \"%s\"", what);
	}
	if (!label_wish_read(args, &wish, err)) {
		return false;
	}
	struct store *store = cli_open(args, STORE_READ, err);
	struct words *words = words_open_installed();
	slip_wish.now = store == NULL ? slip_wish.now : store_now(store);
	bool ok = store != NULL && cli_day(args, store, &slip_wish.day, err) && slip_read(store, words, &slip_wish, &slip, err) &&
		  (wish.output != NULL ? write(args, &wish, &slip, err) : print(&wish, &slip, out, err));
	slip_fini(&slip);
	words_close(words);
	store_close(store);
	return ok;
}

const struct command cmd_slip = {
	.name = "slip",
	.summary = "a paper for staff: the day in figures, or who is inside, with boxes to be ticked",
	.usage = "EVENT day|inside [--day DATE] [--printer NAME] [--label SIZE] [-o FILE]",
	.details = "On this device's label printer, on as many labels as it takes, or as a PDF for any other. `inside` lists who came on "
		   "the day "
		   "and did not\n"
		   "leave, as far as this file has heard: who is counted where there is a fire. In the event's first language.",
	.operands = {"EVENT", "day or inside"},
	.options = OPTIONS,
	.exec = exec,
};
