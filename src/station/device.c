#include "station/device.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "station/key_name.h"
#include "store/log/identity.h"

#define FILE_CAP 65536
#define LINES_MAX 64

#define HELD_MS 3000 /* whoever else writes is done long before */

#define VALUE_MAX DEVICE_VALUE_MAX

void device_defaults(struct device_settings *out) {
	*out = (struct device_settings){.turn = {.mirror = true}, .serial_speed = 9600, .switch_ms = 1500, .loudness = 100};
	str_copy(out->serial, sizeof out->serial, "none");
	str_copy(out->switch_next, sizeof out->switch_next, "Space");
	str_copy(out->switch_choose, sizeof out->switch_choose, "Enter");
	str_copy(out->headset_key, sizeof out->headset_key, "F1");
	str_copy(out->headset, sizeof out->headset, "auto");
}

/* --- values -------------------------------------------------------------------------------------------------------------------------- */

/* One setting: how its value is read and written. `set` refuses what it does not understand and then changes nothing. */
struct setting {
	const char *key, *about;
	bool (*set)(struct device_settings *s, const char *value, struct err *err);
	void (*get)(const struct device_settings *s, char out[VALUE_MAX]);
};

static bool set_text(char *to, size_t cap, const char *value, struct err *err) {
	if (strlen(value) >= cap) {
		return err_set(err, ERR_USAGE, "\"%s\" is too long: at most %zu characters", value, cap - 1);
	}
	return str_copy(to, cap, value);
}

static bool set_camera(struct device_settings *s, const char *value, struct err *err) {
	return set_text(s->camera, sizeof s->camera, str_eq(value, "auto") ? "" : value, err);
}
static void get_camera(const struct device_settings *s, char out[VALUE_MAX]) {
	str_copy(out, VALUE_MAX, s->camera[0] != '\0' ? s->camera : "auto");
}

static bool set_rotate(struct device_settings *s, const char *value, struct err *err) {
	int64_t degrees;
	if (!str_to_i64(value, &degrees) || degrees < 0 || degrees > 270 || !turn_degrees_valid((int)degrees)) {
		return err_set(err, ERR_USAGE, "rotate is 0, 90, 180 or 270, not \"%s\"", value);
	}
	s->turn.degrees = (int)degrees;
	return true;
}
static void get_rotate(const struct device_settings *s, char out[VALUE_MAX]) { snprintf(out, VALUE_MAX, "%d", s->turn.degrees); }

static bool set_mirror(struct device_settings *s, const char *value, struct err *err) {
	if (!str_eq(value, "yes") && !str_eq(value, "no")) {
		return err_set(err, ERR_USAGE, "mirror is yes or no, not \"%s\"", value);
	}
	s->turn.mirror = str_eq(value, "yes");
	return true;
}
static void get_mirror(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->turn.mirror ? "yes" : "no"); }

static void get_prefix(const struct device_settings *s, char out[VALUE_MAX]) { framing_mark_print(&s->scanner.prefix, out); }
static void get_suffix(const struct device_settings *s, char out[VALUE_MAX]) {
	bool line = !s->scanner.pause && s->scanner.suffix.length == 0;
	if (line) {
		str_copy(out, VALUE_MAX, "enter");
	} else {
		framing_mark_print(&s->scanner.suffix, out);
	}
}
/* Prefix and suffix are parsed together (framing_parse checks the pair), so the other one is written out first. */
static bool set_prefix(struct device_settings *s, const char *value, struct err *err) {
	char suffix[VALUE_MAX];
	get_suffix(s, suffix);
	return framing_parse(value, suffix, &s->scanner, err);
}
static bool set_suffix(struct device_settings *s, const char *value, struct err *err) {
	char prefix[VALUE_MAX];
	get_prefix(s, prefix);
	return framing_parse(prefix, value, &s->scanner, err);
}

static bool set_names(struct device_settings *s, const char *value, struct err *err) {
	return set_text(s->scanner_names, sizeof s->scanner_names, value, err);
}
static void get_names(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->scanner_names); }

static bool set_serial(struct device_settings *s, const char *value, struct err *err) {
	if (!str_eq(value, "none") && !str_eq(value, "auto") && value[0] != '/') {
		return err_set(err, ERR_USAGE, "serial is none, auto or a path like /dev/ttyACM0, not \"%s\"", value);
	}
	return set_text(s->serial, sizeof s->serial, value, err);
}
static void get_serial(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->serial); }

static bool set_speed(struct device_settings *s, const char *value, struct err *err) {
	static const int speeds[] = {9600, 19200, 38400, 57600, 115200};
	int64_t speed = 0;
	for (size_t i = 0; str_to_i64(value, &speed) && i < COUNT_OF(speeds); i++) {
		if (speed == speeds[i]) {
			s->serial_speed = speeds[i];
			return true;
		}
	}
	return err_set(err, ERR_USAGE, "serial-speed is 9600, 19200, 38400, 57600 or 115200, not \"%s\"", value);
}
static void get_speed(const struct device_settings *s, char out[VALUE_MAX]) { snprintf(out, VALUE_MAX, "%d", s->serial_speed); }

static bool set_word(const char *key, const char *value, const char *word, bool *out, struct err *err) {
	if (!str_eq(value, word) && !str_eq(value, "normal")) {
		return err_set(err, ERR_USAGE, "%s is %s or normal, not \"%s\"", key, word, value);
	}
	*out = str_eq(value, word);
	return true;
}

static bool set_size(struct device_settings *s, const char *value, struct err *err) {
	return set_word("text", value, "large", &s->large, err);
}
static void get_size(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->large ? "large" : "normal"); }

static bool set_contrast(struct device_settings *s, const char *value, struct err *err) {
	return set_word("contrast", value, "high", &s->high_contrast, err);
}
static void get_contrast(const struct device_settings *s, char out[VALUE_MAX]) {
	str_copy(out, VALUE_MAX, s->high_contrast ? "high" : "normal");
}

/* --- for everybody: what stands in the same words on the kiosk's own screen ------------------------------------------------------------- */

static bool set_reach(struct device_settings *s, const char *value, struct err *err) {
	return set_word("reach", value, "low", &s->low, err);
}
static void get_reach(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->low ? "low" : "normal"); }

static bool set_time(struct device_settings *s, const char *value, struct err *err) {
	return set_word("time", value, "longer", &s->longer, err);
}
static void get_time(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->longer ? "longer" : "normal"); }

static bool set_motion(struct device_settings *s, const char *value, struct err *err) {
	return set_word("motion", value, "none", &s->calm, err);
}
static void get_motion(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->calm ? "none" : "normal"); }

static bool set_aloud(struct device_settings *s, const char *value, struct err *err) {
	return set_word("speech", value, "always", &s->aloud, err);
}
static void get_aloud(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->aloud ? "always" : "normal"); }

static bool set_count(const char *key, const char *value, const int range[2], int *out, struct err *err) {
	int64_t n;
	if (!str_to_i64(value, &n) || n < range[0] || n > range[1]) {
		return err_set(err, ERR_USAGE, "%s is a number from %d to %d, not \"%s\"", key, range[0], range[1], value);
	}
	*out = (int)n;
	return true;
}

static bool set_bottom(struct device_settings *s, const char *value, struct err *err) {
	return set_count("panel-bottom", value, (const int[2]){0, 250}, &s->panel_bottom_cm, err);
}
static void get_bottom(const struct device_settings *s, char out[VALUE_MAX]) { snprintf(out, VALUE_MAX, "%d", s->panel_bottom_cm); }

static const char *const SWITCHES[] = {[SWITCHES_NONE] = "none", [SWITCHES_ONE] = "one", [SWITCHES_TWO] = "two"};

static bool set_switches(struct device_settings *s, const char *value, struct err *err) {
	for (size_t i = 0; i < COUNT_OF(SWITCHES); i++) {
		if (str_eq(SWITCHES[i], value)) {
			s->switches = (enum device_switches)i;
			return true;
		}
	}
	return err_set(err, ERR_USAGE, "switches is none, one or two, not \"%s\"", value);
}
static void get_switches(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, SWITCHES[s->switches]); }

static bool set_key(const char *key, const char *value, char out[DEVICE_KEY_MAX], struct err *err) {
	if (key_by_name(value) == 0) {
		return err_set(
			err, ERR_USAGE,
			"%s is a key: F1 to F24, Space, Enter, Tab, Escape, Left, Right, Up, Down, Mute, VolumeUp, VolumeDown, a letter "
			"or a digit, not \"%s\"",
			key, value);
	}
	return str_copy(out, DEVICE_KEY_MAX, value);
}

static bool set_next(struct device_settings *s, const char *value, struct err *err) {
	return set_key("switch-next", value, s->switch_next, err);
}
static void get_next(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->switch_next); }
static bool set_choose(struct device_settings *s, const char *value, struct err *err) {
	return set_key("switch-choose", value, s->switch_choose, err);
}
static void get_choose(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->switch_choose); }

static bool set_switch_ms(struct device_settings *s, const char *value, struct err *err) {
	return set_count("switch-ms", value, (const int[2]){300, 20000}, &s->switch_ms, err);
}
static void get_switch_ms(const struct device_settings *s, char out[VALUE_MAX]) { snprintf(out, VALUE_MAX, "%d", s->switch_ms); }

static bool set_headset_key(struct device_settings *s, const char *value, struct err *err) {
	return str_eq(value, "none") ? str_copy(s->headset_key, sizeof s->headset_key, value)
				     : set_key("headset-key", value, s->headset_key, err);
}
static void get_headset_key(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->headset_key); }

static bool set_headset(struct device_settings *s, const char *value, struct err *err) {
	return set_text(s->headset, sizeof s->headset, value[0] == '\0' ? "none" : value, err);
}
static void get_headset(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, s->headset); }
static bool set_printer(struct device_settings *s, const char *value, struct err *err) {
	bool address = strstr(value, "://") != NULL, known = str_starts(value, "ipp://") || str_starts(value, "ipps://");
	if (str_eq(value, "none")) {
		value = "";
	} else if ((address && !known) || strpbrk(value, " \t#?") != NULL || (!address && strchr(value, '/') != NULL)) {
		return err_set(err, ERR_USAGE,
			       "printer is none, the name of a queue (turnout printer lists them), or an address like "
			       "ipp://10.0.0.9/ipp/print, not \"%s\"",
			       value);
	}
	return set_text(s->printer, sizeof s->printer, value, err);
}
static void get_printer(const struct device_settings *s, char out[VALUE_MAX]) {
	str_copy(out, VALUE_MAX, s->printer[0] != '\0' ? s->printer : "none");
}

static bool set_label(struct device_settings *s, const char *value, struct err *err) {
	return label_size_parse(value, &s->label) ||
	       err_set(err, ERR_USAGE, "label is 62 (tape of 62 mm), 29x90, 54x101 or a6, not \"%s\"", value);
}
static void get_label(const struct device_settings *s, char out[VALUE_MAX]) { str_copy(out, VALUE_MAX, label_spec(s->label)->name); }

/* --- the box itself: what the kiosk's staff set on its own screen, too ------------------------------------------------------------------- */

/* Which languages there are texts in is known to who shows them; here a code has to look like one ("uk", "pt_BR"). */
static bool set_language(struct device_settings *s, const char *value, struct err *err) {
	size_t letters = strspn(value, "abcdefghijklmnopqrstuvwxyz"), n = strlen(value);
	bool region = value[letters] == '_' && strspn(value + letters + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2 && n == letters + 3;
	if (str_eq(value, "event")) {
		value = "";
	} else if (letters < 2 || letters > 3 || n >= sizeof s->language || (value[letters] != '\0' && !region)) {
		return err_set(err, ERR_USAGE, "language is event (as the event says) or a language's code like uk, not \"%s\"", value);
	}
	return str_copy(s->language, sizeof s->language, value);
}
static void get_language(const struct device_settings *s, char out[VALUE_MAX]) {
	str_copy(out, VALUE_MAX, s->language[0] != '\0' ? s->language : "event");
}

static bool set_brightness(struct device_settings *s, const char *value, struct err *err) {
	int64_t percent = 0;
	if (!str_eq(value, "system") && (!str_to_i64(value, &percent) || percent < BRIGHTNESS_LEAST || percent > 100)) {
		return err_set(err, ERR_USAGE, "brightness is system (left as it is) or per cent from %d to 100, not \"%s\"",
			       BRIGHTNESS_LEAST, value);
	}
	s->brightness = (int)percent;
	return true;
}
static void get_brightness(const struct device_settings *s, char out[VALUE_MAX]) {
	if (s->brightness == 0) {
		str_copy(out, VALUE_MAX, "system");
	} else {
		snprintf(out, VALUE_MAX, "%d", s->brightness);
	}
}

static bool set_sound(struct device_settings *s, const char *value, struct err *err) {
	int64_t percent = 0;
	if (!str_eq(value, "off") && (!str_to_i64(value, &percent) || percent < 25 || percent > 100 || percent % 25 != 0)) {
		return err_set(err, ERR_USAGE, "sound is off, or per cent: 25, 50, 75 or 100, not \"%s\"", value);
	}
	s->loudness = (int)percent;
	return true;
}
static void get_sound(const struct device_settings *s, char out[VALUE_MAX]) {
	if (s->loudness == 0) {
		str_copy(out, VALUE_MAX, "off");
	} else {
		snprintf(out, VALUE_MAX, "%d", s->loudness);
	}
}

static bool set_screen(struct device_settings *s, const char *value, struct err *err) {
	int64_t degrees;
	if (!str_to_i64(value, &degrees) || degrees < 0 || degrees > 270 || !turn_degrees_valid((int)degrees)) {
		return err_set(err, ERR_USAGE, "screen-rotate is 0, 90, 180 or 270 (rotate is the camera's), not \"%s\"", value);
	}
	s->screen_degrees = (int)degrees;
	return true;
}
static void get_screen(const struct device_settings *s, char out[VALUE_MAX]) { snprintf(out, VALUE_MAX, "%d", s->screen_degrees); }

static const struct setting settings[] = {
	{"camera", "the camera that is taken when it is there; auto: the best one", set_camera, get_camera},
	{"rotate", "degrees clockwise that bring its picture upright: 0, 90, 180 or 270", set_rotate, get_rotate},
	{"mirror", "show people themselves as in a mirror: yes or no", set_mirror, get_mirror},
	{"scanner-prefix", "what hand scanners send before a code: none, stx, or text with \\r \\n \\t \\xHH", set_prefix, get_prefix},
	{"scanner-suffix", "what they send after it: enter, tab, etx, other text, or none (a pause ends the code)", set_suffix, get_suffix},
	{"scanner-names", "keyboards that are scanners: words of their names, with commas between", set_names, get_names},
	{"serial", "scanners on a serial line: none, auto (/dev/ttyACM* and ttyUSB*) or a path", set_serial, get_serial},
	{"serial-speed", "9600, 19200, 38400, 57600 or 115200", set_speed, get_speed},
	{"text", "on the kiosk's screen: large (words and buttons) or normal", set_size, get_size},
	{"contrast", "of the kiosk's screen: high (black on white, whatever the event's colours) or normal", set_contrast, get_contrast},
	{"reach", "low (all that is touched within reach of somebody who sits) or normal", set_reach, get_reach},
	{"panel-bottom", "centimetres from the floor to the screen's lower edge, for that; 0: not measured", set_bottom, get_bottom},
	{"time", "longer (countdowns and results) or normal", set_time, get_time},
	{"motion", "none (nothing moves) or normal", set_motion, get_motion},
	{"speech", "always (the screen is read aloud) or normal (when somebody asks for it)", set_aloud, get_aloud},
	{"headset", "where it is heard: auto (as other sounds), a part of the sound device's name, or none", set_headset, get_headset},
	{"headset-key", "the key that reads aloud, or stops it: F1, Mute … or none", set_headset_key, get_headset_key},
	{"switches", "none, one (the ring moves by itself) or two", set_switches, get_switches},
	{"switch-next", "the key that moves it, of two switches", set_next, get_next},
	{"switch-choose", "the key that chooses", set_choose, get_choose},
	{"switch-ms", "how long it stands with one switch, milliseconds", set_switch_ms, get_switch_ms},
	{"printer", "of labels: none, a queue of cupsd, or an address like ipp://10.0.0.9/ipp/print", set_printer, get_printer},
	{"label", "the labels that are in it: 62 (tape of 62 mm), 29x90, 54x101 or a6", set_label, get_label},
	{"language", "that the screen begins with and returns to: uk, en …; event: as the event says", set_language, get_language},
	{"brightness", "of the screen: per cent from 20 to 100; system: left as it is", set_brightness, get_brightness},
	{"sound", "of tones and speech: off, or per cent: 25, 50, 75 or 100", set_sound, get_sound},
	{"screen-rotate", "degrees clockwise that the screen's picture is turned by: 0, 90, 180 or 270", set_screen, get_screen},
};

bool device_set(struct device_settings *s, const char *key, const char *value, struct err *err) {
	for (size_t i = 0; i < COUNT_OF(settings); i++) {
		if (str_eq(settings[i].key, key)) {
			if (strpbrk(value, "\r\n") != NULL) {
				return err_set(err, ERR_USAGE, "%s is one line; write a line's end as \\r or \\n", key);
			}
			return settings[i].set(s, value, err);
		}
	}
	struct strbuf known = {0};
	for (size_t i = 0; i < COUNT_OF(settings); i++) {
		strbuf_addf(&known, "%s%s", i > 0 ? ", " : "", settings[i].key);
	}
	err_set(err, ERR_USAGE, "a device has no setting \"%s\"; there are %s", key, strbuf_str(&known));
	strbuf_fini(&known);
	return false;
}

void device_each(const struct device_settings *s, void (*each)(void *context, const char *key, const char *value, const char *about),
		 void *context) {
	for (size_t i = 0; i < COUNT_OF(settings); i++) {
		char value[VALUE_MAX];
		settings[i].get(s, value);
		each(context, settings[i].key, value, settings[i].about);
	}
}

/* --- the file ------------------------------------------------------------------------------------------------------------------------ */

static char *file_name(void) {
	char *folder = identity_state_folder(), *path = file_join(folder, "device");
	free(folder);
	return path;
}

static bool take_line(struct device_settings *s, char *line, struct err *err) {
	char *parts[2];
	char *text = str_trim(line);
	if (text[0] == '\0' || text[0] == '#') {
		return true;
	}
	if (str_split(text, '=', parts, 2) != 2) {
		return err_set(err, ERR_INPUT, "\"%s\" is no \"KEY = VALUE\"", text);
	}
	return device_set(s, parts[0], parts[1], err);
}

/* False: what is kept could not be read at all, and *warning says why. */
static bool load(struct device_settings *out, char warning[ERR_TEXT_MAX]) {
	struct strbuf file = {0};
	struct err err = {0};
	char *path = file_name();
	device_defaults(out);
	warning[0] = '\0';
	bool ok = !file_exists(path) || file_read(path, FILE_CAP, &file, &err);
	if (!ok) {
		str_copy(warning, ERR_TEXT_MAX, err.text);
	} else if (file.len > 0) {
		char *lines[LINES_MAX];
		size_t count = str_split(file.data, '\n', lines, COUNT_OF(lines));
		for (size_t i = 0; i < count; i++) {
			if (!take_line(out, lines[i], &err)) {
				err_wrap(&err, "%s:%zu", path, i + 1);
				str_copy(warning, ERR_TEXT_MAX, err.text);
			}
		}
	}
	strbuf_fini(&file);
	free(path);
	return ok;
}

void device_load(struct device_settings *out, char warning[ERR_TEXT_MAX]) {
	if (!load(out, warning)) {
		device_defaults(out);
	}
}

static void put_line(void *context, const char *key, const char *value, const char *about) {
	(void)about;
	strbuf_addf(context, "%s = %s\n", key, value);
}

bool device_save(const struct device_settings *s, struct err *err) {
	struct strbuf text = {0};
	char *folder = identity_state_folder(), *path = file_name();
	device_each(s, put_line, &text);
	bool ok = file_mkdirs(folder, err) && file_write(path, text.data, text.len, err);
	strbuf_fini(&text);
	free(path);
	free(folder);
	return ok;
}

/* What cannot be read just now is not to be lost by it. */
static bool change(const struct device_change *changes, size_t count, char warning[ERR_TEXT_MAX], struct err *err) {
	struct device_settings s;
	if (!load(&s, warning)) {
		return err_set(err, ERR_SYSTEM, "%s: nothing is changed", warning);
	}
	for (size_t i = 0; i < count; i++) {
		if (!device_set(&s, changes[i].key, changes[i].value, err)) {
			return false;
		}
	}
	return device_save(&s, err);
}

bool device_keep(const struct device_change *changes, size_t count, char warning[ERR_TEXT_MAX], struct err *err) {
	char *folder = identity_state_folder(), *path = file_join(folder, "device.lock");
	warning[0] = '\0';
	bool ok = file_mkdirs(folder, err);
	int fd = ok ? file_hold(path, HELD_MS) : -1;
	if (ok && fd < 0) {
		ok = errno == EAGAIN ? err_set(err, ERR_SYSTEM, "%s: somebody else changes this device's settings; try it again", path)
				     : err_errno(err, "%s", path);
	}
	ok = ok && change(changes, count, warning, err);
	if (fd >= 0) {
		close(fd);
	}
	free(path);
	free(folder);
	return ok;
}
