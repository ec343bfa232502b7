#include "kiosk/self_test.h"

#include <stdio.h>

#include "base/escape.h"
#include "kiosk/workers/self_checks.h"
#include "store/store.h"

static const char *const MARKS[] = {[SELF_FINE] = "ok", [SELF_LOOK] = "LOOK", [SELF_FAULT] = "FAULT"};

static void add_part(struct strbuf *text, const char *before, const char *part) {
	if (part[0] != '\0') {
		strbuf_addf(text, "%s%s", text->len > 0 ? before : "", part);
	}
}

/* A line is out before the next check begins. Names and texts of others stand in it. */
static void print(const char *name, const struct self_checked *checked) {
	struct strbuf text = {0}, help = {0}, line = {0};
	self_saying_add(&text, &checked->text, NULL);
	self_saying_add(&help, &checked->help, NULL);
	add_part(&text, ": ", strbuf_str(&checked->detail));
	add_part(&text, "; ", strbuf_str(&help));
	escape_add(&line, ESCAPE_LINE, strbuf_str(&text), text.len);
	printf("%-6s %-10s  %s\n", MARKS[checked->verdict], name, strbuf_str(&line));
	fflush(stdout);
	strbuf_fini(&text);
	strbuf_fini(&help);
	strbuf_fini(&line);
}

bool self_test_run(const struct kiosk_options *options, struct err *err) {
	size_t counts[SELF_VERDICT_COUNT] = {0}, all = self_checks_count();
	struct err why = {0};
	struct self_subject subject = {
		.event = options->event, .camera = options->camera, .point = options->point, .why = &why, .stop_fd = -1};
	subject.store = store_open(options->event, STORE_READ, "turnout-kiosk --self-test", &why);
	for (size_t i = 0; i < all; i++) {
		struct self_checked checked = {0};
		self_check_run(i, &subject, &checked);
		print(self_check_name(i), &checked);
		counts[checked.verdict]++;
		self_checked_fini(&checked);
	}
	store_close(subject.store);
	if (ferror(stdout) != 0) {
		return err_errno(err, "what was found cannot be written");
	}
	if (counts[SELF_FAULT] != 0) {
		return err_set(err, ERR_REFUSED, "%zu of %zu checks found a fault", counts[SELF_FAULT], all);
	}
	printf("%zu checks, no fault%s\n", all, counts[SELF_LOOK] != 0 ? "; somebody should look at what is marked" : "");
	return true;
}
