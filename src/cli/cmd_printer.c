#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/label_options.h"

#define LIST_MS 5000

static const struct option_spec OPTIONS[] = {LABEL_OPTION_PRINTER, LABEL_OPTION_SIZE, LABEL_OPTION_OUTPUT, {0}};

static void put_queue(void *context, const char *name, const char *about) {
	struct out *out = context;
	strbuf_addf(&out->text, "%s\t%s\n", name, about);
}

static bool list(struct out *out) {
	printer_each(LIST_MS, put_queue, out);
	if (out->text.len == 0) {
		cli_say("this machine has no queue of cupsd; a printer in the network is named by its address, like "
			"ipp://10.0.0.9/ipp/print");
	}
	return true;
}

static void put_media(const struct printer_state *state, struct out *out) {
	struct strbuf loaded = {0};
	label_print_loaded(state, &loaded);
	strbuf_addf(&out->text, "loaded\t%s\n", loaded.len > 0 ? strbuf_str(&loaded) : "it does not say");
	strbuf_fini(&loaded);
}

/* Whether the labels that are wanted would come out: asked as a label is. */
static bool put_fit(const struct label_wish *wish, const struct printer_state *state, struct out *out, struct err *err) {
	struct label_text text;
	struct label_page page;
	enum printer_trouble trouble;
	struct words *words = words_open_installed();
	label_text_test(NULL, words, wish->size, &text);
	bool ok = label_page_make(&text, wish->size, state, &page, &trouble, err);
	if (ok) {
		strbuf_addf(&out->text, "label\t%s, as %s on %.1f x %.1f mm\n", label_spec(wish->size)->in_words, page.format,
			    page.medium.x / 100.0, page.medium.y / 100.0);
	}
	label_page_fini(&page);
	label_text_fini(&text);
	words_close(words);
	return ok;
}

static bool tell_state(const struct label_wish *wish, struct out *out, struct err *err) {
	const struct label_printer to = label_wish_printer(wish);
	struct printer_state *state = xcalloc(1, sizeof *state);
	bool ok = printer_look(&to.printer, state, err);
	if (ok) {
		strbuf_addf(&out->text, "printer\t%s%s%s\n", wish->printer, state->model[0] != '\0' ? ", " : "", state->model);
		put_media(state, out);
		ok = put_fit(wish, state, out, err);
	}
	if (ok && state->trouble != PRINTER_FINE) {
		ok = err_set(err, ERR_REFUSED, "the printer %s: %s", wish->printer, printer_trouble_text(state->trouble));
	} else if (ok) {
		strbuf_addf(&out->text, "state\t%s\n", printer_trouble_text(state->trouble));
	}
	free(state);
	return ok;
}

static bool test(const struct label_wish *wish, struct out *out, struct err *err) {
	struct label_text text;
	const struct label_printer to = label_wish_printer(wish);
	struct words *words = words_open_installed();
	label_text_test(NULL, words, wish->size, &text);
	bool ok = wish->output != NULL ? label_wish_write(wish, &text, err) : label_print_wait(&to, &text, err);
	if (ok && wish->output == NULL) {
		strbuf_addf(&out->text, "a test label of %s was printed: is its frame whole, and does its code read?\n",
			    label_spec(wish->size)->in_words);
	}
	label_text_fini(&text);
	words_close(words);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	const char *verb = args_operand(args, 0);
	struct label_wish wish;
	if (str_eq(verb, "list")) {
		return list(out);
	}
	if (!str_eq(verb, "state") && !str_eq(verb, "test")) {
		return err_set(err, ERR_USAGE, "\"list\", \"state\" or \"test\" is wanted");
	}
	if (!label_wish_read(args, &wish, err)) {
		return false;
	}
	return str_eq(verb, "test") ? test(&wish, out, err) : tell_state(&wish, out, err);
}

const struct command cmd_printer = {
	.name = "printer",
	.summary = "the label printer of this device: what is in it, how it is, and a label to try it",
	.usage = "list\nstate [--printer NAME] [--label SIZE]\ntest [--printer NAME] [--label SIZE] [-o FILE]",
	.details =
		"`list` prints the queues of this machine's cupsd; printers in the network need none and are named by their address.\n"
		"`state` asks the printer what is loaded and whether the labels that are wanted come out, `test` prints one with a frame "
		"around\n"
		"all that can be printed. Which printer and which labels this device has says turnout device set printer, and set label.",
	.operands = {"list, state or test"},
	.options = OPTIONS,
	.exec = exec,
};
