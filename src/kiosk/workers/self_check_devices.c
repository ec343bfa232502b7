#include "kiosk/workers/self_check_devices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "kiosk/sdl/sound_sdl.h"
#include "kiosk/workers/scanning.h"
#include "kiosk/workers/speech_child.h"
#include "office/label_print.h"
#include "paper/qr.h"
#include "scan/camera/camera_light.h"
#include "scan/camera/camera_watch.h"
#include "scan/camera/source_open.h"
#include "scan/hand/hand_evdev.h"
#include "scan/qr/decode.h"
#include "store/view/setting.h"

/* --- the reader ------------------------------------------------------------------------------------------------------------------------------ */

#define MODULE 4 /* pixels */

static bool paint(const struct qr_matrix *qr, struct image *out, struct err *err) {
	int side = (qr->side + 2 * QR_QUIET) * MODULE;
	if (!image_init(out, side, side, err)) {
		return false;
	}
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			int column = x / MODULE - QR_QUIET, row = y / MODULE - QR_QUIET;
			out->luma[y * out->stride + x] = qr_dark(qr, column, row) ? 30 : 220;
		}
	}
	return true;
}

static bool read_back(const struct image *image, const char *code, double *ms, struct err *err) {
	struct decoder *decoder = NULL;
	struct decode_options options = {.max = 1};
	struct decode_result result;
	if (!decoder_open(&decoder, err)) {
		return false;
	}
	int64_t from = clock_span_us();
	bool ok = decoder_scan(decoder, image, &options, &result) == 1 && str_eq(result.payload, code);
	*ms = (double)(clock_span_us() - from) / 1000;
	decoder_close(decoder);
	return ok || err_set(err, ERR_SYSTEM, "what was read is not what was drawn");
}

void self_check_reader(const struct self_subject *subject, struct self_checked *out) {
	(void)subject;
	char code[CODE_TEXT_MAX];
	struct qr_matrix *qr = xcalloc(1, sizeof *qr);
	struct image image = {0};
	struct err err = {0};
	double ms = 0;
	code_make_short(code);
	if (qr_encode(qr, code, strlen(code), QR_LEVEL_M, &err) && paint(qr, &image, &err) && read_back(&image, code, &ms, &err)) {
		self_say(out, SELF_FINE, MARK("self-test", "a badge's code was drawn and read within {ms} ms"), NULL);
		self_value(&out->text, "ms", "%.1f", ms);
	} else {
		self_say_why(out, MARK("self-test", "a badge's code that was drawn here was not read"), &err,
			     MARK("self-test", "this program is damaged: install it again"));
	}
	image_fini(&image);
	free(qr);
}

/* --- the camera ------------------------------------------------------------------------------------------------------------------------------ */

#define FIRST_MS 8000     /* a camera on a slow bus takes its time */
#define STOPPED_US 500000 /* so long without a picture: it gives none any more */
#define SETTLE_MS 1500    /* of its automatic exposure; the pictures of this time are counted, too */
#define RATE_FEW 10

struct seen {
	int frames, width, height, mean;
	int64_t first_us, last_us, end_us; /* the end of looking on */
};

static enum source_event look_on(struct source *source, int64_t until_us, struct seen *seen, struct err *why) {
	enum source_event event = SOURCE_WAIT;
	while (clock_span_us() < until_us && event != SOURCE_LOST && event != SOURCE_END) {
		struct source_frame frame;
		event = source->ops->next(source, 100, &frame, why);
		if (event == SOURCE_FRAME) {
			seen->last_us = clock_span_us();
			seen->first_us = seen->frames++ == 0 ? seen->last_us : seen->first_us;
			seen->width = frame.image.width;
			seen->height = frame.image.height;
			seen->mean = watch_look(&frame.image).mean;
			if (seen->frames == 1) {
				return event;
			}
		}
	}
	return event;
}

/* `rate`: pictures a second. */
static void tell_camera(const char *name, const struct seen *seen, double rate, struct self_checked *out) {
	static const char *const found = MARK("self-test", "{camera}, {n} pictures a second");
	char size[32];
	snprintf(size, sizeof size, ", %d x %d", seen->width, seen->height);
	bool said = strstr(name, size) != NULL; /* of a camera, not of a film */
	if (seen->mean < LIGHT_DARK) {
		self_say(out, SELF_LOOK, found, MARK("self-test", "and they are dark: take off the lens cap, turn on a light"));
	} else if (rate < RATE_FEW) {
		self_say(out, SELF_LOOK, found,
			 MARK("self-test", "few: badges are read late. More light, another socket, or another camera helps"));
	} else {
		self_say(out, SELF_FINE, found, NULL);
	}
	self_value(&out->text, "camera", "%s%s", name, said ? "" : size);
	self_value(&out->text, "n", "%.0f", rate);
}

static void tell_lost(const char *text, const struct err *why, struct self_checked *out) {
	self_say_why(out, text, why,
		     MARK("self-test", "pull it out and put it in again; where a hand scanner reads the badges, --camera none"));
}

static void tell_none(struct self_checked *out) {
	self_say(out, SELF_LOOK, MARK("self-test", "none is used: badges come from a hand scanner or the keyboard"), NULL);
}

static void look_through(struct source *source, struct self_checked *out) {
	struct seen seen = {0};
	struct err why = {0};
	enum source_event event = look_on(source, clock_span_us() + FIRST_MS * INT64_C(1000), &seen, &why);
	if (event == SOURCE_FRAME) {
		event = look_on(source, clock_span_us() + SETTLE_MS * INT64_C(1000), &seen, &why);
	}
	seen.end_us = event == SOURCE_END ? seen.last_us : clock_span_us();
	if (seen.frames > 0 && event != SOURCE_LOST && seen.end_us - seen.last_us < STOPPED_US) {
		double seconds = (double)(seen.end_us - seen.first_us) / 1e6;
		tell_camera(source->ops->name(source), &seen, seconds > 0 ? (seen.frames - 1) / seconds : 0, out);
		return;
	}
	tell_lost(seen.frames > 0 ? MARK("self-test", "its pictures stopped") : MARK("self-test", "it gives no picture"), &why, out);
}

/* The kiosk has it open and takes its pictures: how many came while we wait is what the kiosk itself gets. */
static void look_on_kiosk(const struct self_subject *subject, struct self_checked *out) {
	const struct self_camera *camera = subject->own_camera;
	struct scan_pulse before, after;
	struct err why = {0};
	if (camera->none) {
		tell_none(out);
		return;
	}
	scan_worker_pulse(camera->worker, &before);
	bool ended = !self_wait(subject, SETTLE_MS);
	scan_worker_pulse(camera->worker, &after);
	if (camera->lost || after.frames == before.frames) {
		str_copy(why.text, sizeof why.text, camera->lost ? camera->reason : "");
		if (!ended) {
			tell_lost(after.frames > 0 ? MARK("self-test", "its pictures stopped") : MARK("self-test", "it gives no picture"),
				  &why, out);
		}
		return;
	}
	struct seen seen = {.width = after.width, .height = after.height, .mean = after.mean};
	double seconds = (double)(after.last_us - before.last_us) / 1e6;
	double count = (double)(after.frames - before.frames);
	/* The first one ever has none before it to count from. */
	tell_camera(camera->reason, &seen, before.frames > 0 && seconds > 0 ? count / seconds : count * 1000 / SETTLE_MS, out);
}

void self_check_camera(const struct self_subject *subject, struct self_checked *out) {
	struct source *source = NULL;
	struct err err = {0};
	struct device_settings device;
	char warning[ERR_TEXT_MAX];
	if (subject->own_camera != NULL) {
		look_on_kiosk(subject, out);
		return;
	}
	device_load(&device, warning);
	char *spec = scanning_source(&device, subject->camera);
	if (!scan_source_open(spec, &source, &err)) {
		self_say_why(out, MARK("self-test", "it cannot be opened"), &err, NULL);
	} else if (source == NULL) {
		tell_none(out);
	} else {
		look_through(source, out);
	}
	source_close(source);
	free(spec);
}

/* --- hand scanners -------------------------------------------------------------------------------------------------------------------------- */

#define KEYBOARDS 64 /* /dev/input/event0 ... */

struct scanners {
	struct strbuf names;
	bool denied; /* keyboards may not be read one by one */
};

/* Each is opened for a moment and not read: whoever follows it misses nothing. */
static void find_scanners(const char *words, struct scanners *s) {
	const struct hand_evdev_ops *ops = hand_evdev();
	for (int i = 0; i < KEYBOARDS; i++) {
		char name[HAND_NAME_MAX];
		bool is_keyboard = false;
		struct err err = {0};
		if (ops->node(ops->context, i) == 0) {
			continue;
		}
		int fd = ops->open(ops->context, i, name, &is_keyboard, &err);
		s->denied = s->denied || (fd < 0 && is_keyboard);
		if (fd >= 0 && hand_named_scanner(name, words)) {
			strbuf_addf(&s->names, "%s%s", s->names.len > 0 ? ", " : "", name);
		}
		if (fd >= 0) {
			close(fd);
		}
	}
}

void self_check_scanner(const struct self_subject *subject, struct self_checked *out) {
	(void)subject;
	struct scanners s = {.denied = false};
	struct device_settings device;
	char warning[ERR_TEXT_MAX];
	device_load(&device, warning);
	bool named = !str_eq(device.serial, "none") && !str_eq(device.serial, "auto");
	find_scanners(device.scanner_names, &s);
	if (named && !file_exists(device.serial)) {
		self_say(out, SELF_FAULT, MARK("self-test", "there is no scanner at {line}"),
			 MARK("self-test", "plug it in; which line it is at, `turnout device` says"));
		self_value(&out->text, "line", "%s", device.serial);
	} else if (s.names.len > 0 || named) {
		strbuf_adds(&s.names, named && s.names.len > 0 ? ", " : "");
		strbuf_adds(&s.names, named ? device.serial : "");
		self_say(out, SELF_FINE, MARK("self-test", "there are: {scanners}"), NULL);
		self_value(&out->text, "scanners", "%s", strbuf_str(&s.names));
	} else if (s.denied) {
		self_say(out, SELF_FINE,
			 MARK("self-test", "keyboards are read as one here: one scanner that types works, two at once do not"), NULL);
	} else {
		self_say(out, SELF_FINE,
			 MARK("self-test", "none is known by its name; one that types is known by the first badge that it reads"), NULL);
	}
	strbuf_fini(&s.names);
}

/* --- the sound ------------------------------------------------------------------------------------------------------------------------------- */

#define CHIME_MS 600

static void tell_silence(const char *why, struct self_checked *out) {
	self_say(out, SELF_LOOK, MARK("self-test", "nothing can be heard"), /* the screen says it all */
		 MARK("self-test", "plug in a loudspeaker, or do without"));
	strbuf_adds(&out->detail, why);
}

static bool play_here(struct err *err) {
	struct sound_sdl *sound = NULL;
	if (!sound_sdl_open("none", &sound, err)) {
		return false;
	}
	sound_sdl_play(sound, CHIME_WELCOME);
	clock_sleep_ms(CHIME_MS);
	sound_sdl_close(sound);
	return true;
}

void self_check_sound(const struct self_subject *subject, struct self_checked *out) {
	const struct self_sound *own = subject->own_sound;
	struct err err = {0};
	if (own != NULL && own->problem[0] == '\0') {
		own->chime(own->context);
		(void)self_wait(subject, CHIME_MS);
	}
	if (own != NULL ? own->problem[0] != '\0' : !play_here(&err)) {
		tell_silence(own != NULL ? own->problem : err.text, out);
	} else {
		self_say(out, SELF_FINE, MARK("self-test", "the chime of a welcome was played: did you hear it?"), NULL);
	}
}

/* --- what reads aloud ------------------------------------------------------------------------------------------------------------------------- */

#define SPEECH_MS 5000

void self_check_speech(const struct self_subject *subject, struct self_checked *out) {
	static const char *const languages[] = {"uk", "ru", "en"}, *const words[] = {"Вітаємо", "Добро пожаловать", "Welcome"};
	struct device_settings device;
	char warning[ERR_TEXT_MAX];
	device_load(&device, warning);
	if (str_eq(device.headset, "none")) {
		self_say(out, SELF_FINE, MARK("self-test", "nothing is read aloud: no headset is wanted"), NULL);
		return;
	}
	int64_t from = clock_span_us();
	for (size_t i = 0; i < COUNT_OF(languages); i++) {
		struct speech_sound sound;
		struct err err = {0};
		if (!speech_child_run(languages[i], words[i], SPEECH_MS, subject->stop_fd, &sound, &err)) {
			self_say_why(out, MARK("self-test", "nothing is read aloud"), &err, NULL);
			out->verdict = SELF_LOOK; /* the screen says it all */
			return;
		}
		free(sound.samples);
	}
	self_say(out, SELF_FINE, MARK("self-test", "read aloud in Ukrainian, Russian and English within {ms} ms; the key is {key}"), NULL);
	self_value(&out->text, "ms", "%.0f", (double)(clock_span_us() - from) / 1000);
	self_value(&out->text, "key", "%s", device.headset_key);
}

/* --- the label printer ----------------------------------------------------------------------------------------------------------------------- */

static bool wants_labels(const struct self_subject *subject) {
	char *text = subject->store == NULL ? NULL : setting_get(subject->store, "labels");
	bool wants = str_eq(text, "on");
	free(text);
	return wants;
}

/* A label is made for what is loaded, and not printed: paper is dear, and the screen of the printer has a button for it. */
static void try_printer(const struct device_settings *device, struct self_checked *out) {
	const struct printer printer = {.name = device->printer};
	struct printer_state *state = xcalloc(1, sizeof *state);
	struct words *words = words_open_installed();
	struct label_text text;
	struct label_page page = {.format = ""};
	enum printer_trouble trouble;
	struct err err = {0};
	label_text_test(NULL, words, device->label, &text);
	bool ok = printer_look(&printer, state, &err);
	if (ok && state->trouble != PRINTER_FINE && state->trouble != PRINTER_BUSY) {
		ok = err_set(&err, ERR_REFUSED, "%s: %s", device->printer, printer_trouble_text(state->trouble));
	}
	ok = ok && label_page_make(&text, device->label, state, &page, &trouble, &err);
	if (ok) {
		self_say(out, SELF_FINE, MARK("self-test", "{printer} is ready, with {size} in it; the staff's screen prints a test label"),
			 NULL);
		self_value(&out->text, "size", "%s", label_spec(device->label)->in_words);
	} else {
		self_say_why(out, MARK("self-test", "{printer} cannot print a label"), &err,
			     MARK("self-test", "see that it is on, has labels in it, and is shut"));
	}
	self_value(&out->text, "printer", "%s", device->printer);
	label_page_fini(&page);
	label_text_fini(&text);
	words_close(words);
	free(state);
}

void self_check_printer(const struct self_subject *subject, struct self_checked *out) {
	struct device_settings device;
	char warning[ERR_TEXT_MAX];
	device_load(&device, warning);
	if (device.printer[0] != '\0') {
		try_printer(&device, out);
	} else if (wants_labels(subject)) {
		self_say(out, SELF_LOOK, MARK("self-test", "the event wants labels, and this device has no printer for them"),
			 MARK("self-test", "`turnout device set printer` names one"));
	} else {
		self_say(out, SELF_FINE, MARK("self-test", "none, and the event wants no labels"), NULL);
	}
}
