#include "kiosk/self_test.h"

#include <stdio.h>

#include "base/escape.h"
#include "kiosk/self_test_codes.h"
#include "kiosk/self_test_devices.h"
#include "kiosk/self_test_file.h"
#include "kiosk/self_test_fonts.h"
#include "store/store.h"

static const struct {
	const char *name;
	self_check_fn *check;
} CHECKS[] = {
	{"event file", self_check_event}, {"disk", self_check_disk},       {"clock", self_check_clock}, {"fonts", self_check_fonts},
	{"reader", self_check_reader},    {"camera", self_check_camera},   {"sound", self_check_sound}, {"speech", self_check_speech},
	{"codes", self_check_codes},      {"printer", self_check_printer},
};
#define CHECK_COUNT (sizeof CHECKS / sizeof CHECKS[0])

static const char *const MARKS[] = {[SELF_FINE] = "ok", [SELF_LOOK] = "LOOK", [SELF_FAULT] = "FAULT"};

/* A line is out before the next check begins. Names and texts of others stand in it. */
static void print(const char *mark, const char *name, const struct strbuf *text) {
	struct strbuf line = {0};
	escape_add(&line, ESCAPE_LINE, strbuf_str(text), text->len);
	printf("%-6s %-10s  %s\n", mark, name, strbuf_str(&line));
	fflush(stdout);
	strbuf_fini(&line);
}

bool self_test_run(const struct kiosk_options *options, struct err *err) {
	size_t counts[SELF_FAULT + 1] = {0};
	struct err why = {0};
	struct self_subject subject = {.options = options, .why = &why};
	subject.store = store_open(options->event, STORE_READ, "turnout-kiosk --self-test", &why);
	for (size_t i = 0; i < CHECK_COUNT; i++) {
		struct self_checked checked = {0};
		CHECKS[i].check(&subject, &checked);
		print(MARKS[checked.verdict], CHECKS[i].name, &checked.text);
		counts[checked.verdict]++;
		strbuf_fini(&checked.text);
	}
	store_close(subject.store);
	if (ferror(stdout) != 0) {
		return err_errno(err, "what was found cannot be written");
	}
	if (counts[SELF_FAULT] != 0) {
		return err_set(err, ERR_REFUSED, "%zu of %zu checks found a fault", counts[SELF_FAULT], CHECK_COUNT);
	}
	printf("%zu checks, no fault%s\n", CHECK_COUNT, counts[SELF_LOOK] != 0 ? "; somebody should look at what is marked" : "");
	return true;
}
