#include "kiosk/self_test_devices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "kiosk/sdl/sound_sdl.h"
#include "kiosk/workers/scanning.h"
#include "kiosk/workers/speech_child.h"
#include "office/label_print.h"
#include "paper/qr.h"
#include "scan/camera/camera_light.h"
#include "scan/camera/camera_watch.h"
#include "scan/camera/source_open.h"
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
	return ok || err_set(err, ERR_SYSTEM, "a badge's code that was drawn here was not read: this program is damaged, install it again");
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
		strbuf_addf(&out->text, "a badge's code was drawn and read within %.1f ms", ms);
	} else {
		out->verdict = SELF_FAULT;
		strbuf_adds(&out->text, err.text);
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

static void tell_camera(const struct source *source, const struct seen *seen, struct self_checked *out) {
	double seconds = (double)(seen->end_us - seen->first_us) / 1e6;
	double rate = seconds > 0 ? (seen->frames - 1) / seconds : 0;
	char size[32];
	snprintf(size, sizeof size, ", %d x %d", seen->width, seen->height);
	bool said = strstr(source->ops->name(source), size) != NULL; /* of a camera, not of a film */
	strbuf_addf(&out->text, "%s%s, %.0f pictures a second", source->ops->name(source), said ? "" : size, rate);
	if (seen->mean < LIGHT_DARK) {
		out->verdict = SELF_LOOK;
		strbuf_adds(&out->text, ", and they are dark: take off the lens cap, turn on a light");
	} else if (rate < RATE_FEW) {
		out->verdict = SELF_LOOK;
		strbuf_adds(&out->text, ": few; badges are read late. More light, another socket, or another camera helps");
	}
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
		tell_camera(source, &seen, out);
		return;
	}
	out->verdict = SELF_FAULT;
	strbuf_addf(&out->text, "%s. Pull it out and put it in again; where a hand scanner reads the badges, --camera none",
		    why.text[0] != '\0' ? why.text
		    : seen.frames > 0   ? "its pictures stopped"
					: "it gives no picture");
}

void self_check_camera(const struct self_subject *subject, struct self_checked *out) {
	struct source *source = NULL;
	struct err err = {0};
	struct device_settings device;
	char warning[ERR_TEXT_MAX];
	device_load(&device, warning);
	char *spec = scanning_source(&device, subject->options->camera);
	if (!scan_source_open(spec, &source, &err)) {
		out->verdict = SELF_FAULT;
		strbuf_adds(&out->text, err.text);
	} else if (source == NULL) {
		out->verdict = SELF_LOOK;
		strbuf_adds(&out->text, "none is used: badges come from a hand scanner or the keyboard");
	} else {
		look_through(source, out);
	}
	source_close(source);
	free(spec);
}

/* --- the sound ------------------------------------------------------------------------------------------------------------------------------- */

#define CHIME_MS 600

void self_check_sound(const struct self_subject *subject, struct self_checked *out) {
	(void)subject;
	struct sound_sdl *sound = NULL;
	struct err err = {0};
	if (!sound_sdl_open("none", &sound, &err)) {
		out->verdict = SELF_LOOK; /* the screen says it all */
		strbuf_addf(&out->text, "%s: plug in a loudspeaker, or do without", err.text);
		return;
	}
	sound_sdl_play(sound, CHIME_WELCOME);
	clock_sleep_ms(CHIME_MS);
	sound_sdl_close(sound);
	strbuf_adds(&out->text, "the chime of a welcome was played: did you hear it?");
}

/* --- what reads aloud ------------------------------------------------------------------------------------------------------------------------- */

#define SPEECH_MS 5000

void self_check_speech(const struct self_subject *subject, struct self_checked *out) {
	(void)subject;
	static const char *const languages[] = {"uk", "ru", "en"}, *const words[] = {"Вітаємо", "Добро пожаловать", "Welcome"};
	struct device_settings device;
	char warning[ERR_TEXT_MAX];
	device_load(&device, warning);
	if (str_eq(device.headset, "none")) {
		strbuf_adds(&out->text, "nothing is read aloud: no headset is wanted");
		return;
	}
	int64_t from = clock_span_us();
	for (size_t i = 0; i < COUNT_OF(languages); i++) {
		struct speech_sound sound;
		struct err err = {0};
		if (!speech_child_run(languages[i], words[i], SPEECH_MS, -1, &sound, &err)) {
			out->verdict = SELF_LOOK; /* the screen says it all */
			strbuf_adds(&out->text, err.text);
			return;
		}
		free(sound.samples);
	}
	strbuf_addf(&out->text, "read aloud in Ukrainian, Russian and English within %.0f ms; the key is %s",
		    (double)(clock_span_us() - from) / 1000, device.headset_key);
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
		strbuf_addf(&out->text, "%s is ready, with %s in it; the staff's screen prints a test label", device->printer,
			    label_spec(device->label)->in_words);
	} else {
		out->verdict = SELF_FAULT;
		strbuf_adds(&out->text, err.text);
	}
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
		out->verdict = SELF_LOOK;
		strbuf_adds(&out->text,
			    "the event wants labels, and this device has no printer for them: turnout device set printer names one");
	} else {
		strbuf_adds(&out->text, "none, and the event wants no labels");
	}
}
