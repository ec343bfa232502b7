#include <stdlib.h>

#include "cli/commands.h"
#include "cli/common.h"
#include "cli/language.h"
#include "office/prepare.h"

#define SETTING_MAX 2000

static const struct option_spec OPTIONS[] = {
	{"title", 0, "TEXT", "what the event is called"},
	{"timezone", 0, "ZONE", "of the place (Europe/Kyiv)"},
	{"languages", 0, "LIST", "of the kiosk, the first is its own (uk,en)"},
	{"dates", 0, "DAYS", "2026-05-14..2026-05-15, or several separated by commas; without them badges are good on any day"},
	{"place", 0, "TEXT", "where it is"},
	{0},
};

/* NULL where it is not given: what stands for it then is prepare_event's. */
static bool take_text(const struct args *args, const char *option, char **out, struct err *err) {
	const char *value = args_value(args, option);
	*out = value == NULL ? NULL : cli_text(option, value, SETTING_MAX, err);
	return value == NULL || *out != NULL;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	const char *path = args_operand(args, 0);
	char *title = NULL, *place = NULL, *zone = NULL, *languages = NULL, *dates = NULL;
	char pin[PREPARE_PIN_LEN + 1];
	bool ok = take_text(args, "title", &title, err) && take_text(args, "place", &place, err) &&
		  take_text(args, "timezone", &zone, err) && take_text(args, "languages", &languages, err) &&
		  take_text(args, "dates", &dates, err);
	ok = ok && prepare_event(path, &(struct prepare_wish){title, zone, languages, dates, place}, pin, err);
	if (ok) {
		language_say_missing(languages);
		strbuf_addf(&out->text,
			    "made %s; the organiser's key is %s.key: keep a copy of it in a safe place\n"
			    "the staff's PIN on kiosks is %s (turnout set %s staff_pin changes it)\n",
			    path, path, pin, path);
	}
	free(title);
	free(place);
	free(zone);
	free(languages);
	free(dates);
	return ok;
}

const struct command cmd_init = {
	.name = "init",
	.summary = "makes a new event file",
	.usage = "EVENT [--title TEXT] [--timezone ZONE] [--languages LIST] [--dates DAYS] [--place TEXT]",
	.details = "Beside EVENT comes EVENT.key, the organiser's key. Who holds it may change the event and issue badges;\n"
		   "without it the file still signs people in. Copies for kiosks go without it.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
