#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "scan/camera/v4l2_device.h"
#include "station/device.h"

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

static bool set(const struct args *args, struct err *err) {
	struct device_settings settings;
	char warning[ERR_TEXT_MAX];
	const char *key = args_operand(args, 1), *value = args_operand(args, 2);
	if (value == NULL || args_operand(args, 3) != NULL) {
		return err_set(err, ERR_USAGE, "a key and its value are wanted: turnout device set rotate 90");
	}
	device_load(&settings, warning);
	if (warning[0] != '\0') {
		cli_say("%s", warning);
	}
	return device_set(&settings, key, value, err) && device_save(&settings, err);
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
	.summary = "this device's camera, hand scanners and screen, whatever the event",
	.usage = "list\ncameras\nset KEY VALUE",
	.details = "`list` prints every setting with its value and what it is for, `cameras` the cameras that are connected (path, kind, "
		   "id).\n"
		   "Settings are kept in the state folder and used by turnout-kiosk at its next start; a camera is set by its id, which "
		   "stays\n"
		   "the same when it is plugged in again: turnout device set camera \"HD Webcam C270 [usb-0000:00:14.0-2]\".\n"
		   "For people who read badly from afar: turnout device set text large, turnout device set contrast high.",
	.operands = {"list, cameras or set"},
	.more = true,
	.exec = exec,
};
