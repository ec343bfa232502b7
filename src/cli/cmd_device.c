#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "scan/camera/v4l2_device.h"
#include "station/device.h"
#include "words/words.h"

static void print_setting(void *context, const char *key, const char *value, const char *about) {
	struct out *out = context;
	strbuf_addf(&out->text, "%-15s %-28s %s\n", key, value[0] != '\0' ? value : "-", about);
}

static bool list_settings(struct out *out) {
	struct device_settings settings;
	char warning[ERR_TEXT_MAX];
	device_load(&settings, warning);
	if (warning[0] != '\0') {
		cli_say("%s", warning);
	}
	device_each(&settings, print_setting, out);
	return true;
}

static bool list_cameras(struct out *out) {
	struct camera_list list;
	v4l2_list(&list);
	if (list.count == 0) {
		cli_say("no camera is connected");
	}
	for (size_t i = 0; i < list.count; i++) {
		const struct camera_entry *e = &list.items[i];
		strbuf_addf(&out->text, "%s\t%s\t%s\n", e->path, e->external ? "external" : "built in", e->id);
	}
	return true;
}

/* A code that looks like a language and is none ("ua") would be found out at the kiosk only. */
static bool check_language(const char *code, struct err *err) {
	struct words *words = words_open_installed();
	bool known = words_language(words, code) >= 0;
	if (!known) {
		struct strbuf all = {0};
		for (size_t i = 0; i < words_count(words); i++) {
			strbuf_addf(&all, "%s%s", i > 0 ? ", " : "", words_code(words, (int)i));
		}
		err_set(err, ERR_USAGE, "language: there are no texts in \"%s\", but in %s; or event, as the event says", code,
			strbuf_str(&all));
		strbuf_fini(&all);
	}
	words_close(words);
	return known;
}

static bool set(const struct args *args, struct err *err) {
	struct device_settings any;
	struct device_change change = {.key = ""};
	char warning[ERR_TEXT_MAX];
	const char *key = args_operand(args, 1), *value = args_operand(args, 2);
	if (value == NULL || args_operand(args, 3) != NULL) {
		return err_set(err, ERR_USAGE, "a key and its value are wanted: turnout device set rotate 90");
	}
	device_defaults(&any); /* first what is wrong with the value, by itself */
	if (!device_set(&any, key, value, err) ||
	    (str_eq(key, "language") && any.language[0] != '\0' && !check_language(any.language, err))) {
		return false;
	}
	if (!str_copy(change.key, sizeof change.key, key) || !str_copy(change.value, sizeof change.value, value)) {
		return err_set(err, ERR_USAGE, "%s is too long: at most %zu bytes", key, sizeof change.value - 1);
	}
	bool ok = device_keep(&change, 1, warning, err);
	if (warning[0] != '\0') {
		cli_say("%s", warning);
	}
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	const char *verb = args_operand(args, 0);
	if (str_eq(verb, "set")) {
		return set(args, err);
	}
	if (args_operand(args, 1) != NULL || (!str_eq(verb, "list") && !str_eq(verb, "cameras"))) {
		return err_set(err, ERR_USAGE, "\"list\", \"cameras\" or \"set KEY VALUE\" is wanted");
	}
	return str_eq(verb, "list") ? list_settings(out) : list_cameras(out);
}

const struct command cmd_device = {
	.name = "device",
	.summary = "this device's camera, hand scanners, screen and sound, whatever the event",
	.usage = "list\ncameras\nset KEY VALUE",
	.details = "`list` prints every setting with its value and what it is for, `cameras` the cameras that are connected (path, kind, "
		   "id).\n"
		   "Settings are kept in the state folder and used by turnout-kiosk at its next start; a camera is set by its id, which "
		   "stays\n"
		   "the same when it is plugged in again: turnout device set camera \"HD Webcam C270 [usb-0000:00:14.0-2]\".\n"
		   "For people who read badly from afar: turnout device set text large, turnout device set contrast high.\n"
		   "For a box that hangs upright, stands in the dark or next to a stage: screen-rotate 90, brightness 40, sound 25.\n"
		   "Leads set these on the kiosk's own screen, too (set up this box, settings of this box).",
	.operands = {"list, cameras or set"},
	.more = true,
	.exec = exec,
};
