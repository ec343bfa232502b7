#include <stdlib.h>

#include "base/crypto.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "store/create.h"

#define SETTING_MAX 2000
#define PIN_LEN 6

static const struct option_spec OPTIONS[] = {
	{"title", 0, "TEXT", "what the event is called"},
	{"timezone", 0, "ZONE", "of the place (Europe/Kyiv)"},
	{"languages", 0, "LIST", "of the kiosk, the first is its own (uk,en)"},
	{"dates", 0, "DAYS", "2026-05-14..2026-05-15, or several parted by commas; without them badges are good on any day"},
	{"place", 0, "TEXT", "where it is"},
	{0},
};

static char *text_of(const struct args *args, const char *option, const char *otherwise, struct err *err) {
	const char *value = args_value(args, option);
	return cli_text(option, value ? value : otherwise, SETTING_MAX, err);
}

/* Digits, each as likely as any other. */
static bool make_pin(char pin[PIN_LEN + 1], struct err *err) {
	if (!crypto_init(err)) {
		return false;
	}
	for (size_t i = 0; i < PIN_LEN;) {
		uint8_t byte;
		crypto_random(&byte, sizeof byte);
		if (byte < 250) {
			pin[i++] = (char)('0' + byte % 10);
		}
	}
	pin[PIN_LEN] = '\0';
	return true;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	const char *path = args_operand(args, 0);
	char *title = text_of(args, "title", "", err);
	char *place = title ? text_of(args, "place", "", err) : NULL;
	char *zone = place ? text_of(args, "timezone", "Europe/Kyiv", err) : NULL;
	char *languages = zone ? text_of(args, "languages", "uk,en", err) : NULL;
	char *dates = languages ? text_of(args, "dates", "", err) : NULL;
	char pin[PIN_LEN + 1];
	bool ok = dates != NULL && make_pin(pin, err);
	if (ok) {
		struct store_settings settings = {title, zone, languages, dates, place, pin};
		ok = store_create(path, &settings, err);
	}
	if (ok) {
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
