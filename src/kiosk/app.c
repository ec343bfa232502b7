#include "kiosk/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "kiosk/app_send.h"
#include "kiosk/app_take.h"
#include "kiosk/look.h"
#include "kiosk/pin_tries.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/view.h"
#include "kiosk/script_hands.h"

#define FOUND_WAIT_MS 4   /* nearly all searches are quicker */
#define FIRST_WAIT_MS 150 /* the event is given so long before something else is shown */

/* --- what comes after the first picture ------------------------------------------------------------------------------------------------ */

/* Called from every worker's thread: it ends the wait for input and does nothing else. What there is to take, the loop takes. */
static void wake(void *context) {
	struct app *a = context;
	if (a->input != NULL) { /* a signal may come before it is */
		input_sdl_wake(a->input);
	}
}

/* After the first picture: nobody waits for a network. */
static void open_transports(struct app *a) {
	const struct kiosk_options *o = a->options;
	struct transports_options options = {.path = o->event,
					     .hub = o->hub,
					     .event = a->event_id,
					     .station = a->model.station,
					     .no_lan = o->no_lan,
					     .lan_port = o->lan_port,
					     .peers = o->peers,
					     .peer_count = o->peer_count,
					     .stick = o->stick,
					     .desk = a->desk,
					     .wake = wake,
					     .context = a};
	a->transports = transports_open(&options);
	transports_set_hub(a->transports, a->model.event->hub);
}

/* What it is for works without it. */
static void open_printer(struct app *a) {
	const struct device_settings *device = scanning_device(a->scanning);
	struct print_worker_options options = {
		.path = a->options->event, .printer = device->printer, .size = device->label, .wake = wake, .context = a};
	struct err err = {0};
	if (!print_worker_open(&options, &a->print, &err)) {
		log_warn("kiosk", "no labels are printed: %s", err.text);
	}
}

static void tell_box(struct app *a) {
	const struct device_settings *d = scanning_device(a->scanning);
	struct own_box box = {.brightness = d->brightness, .loudness = d->loudness, .degrees = d->screen_degrees};
	app_send(a, &(struct msg){.kind = MSG_BOX, .box = &box});
}

/* --- input ------------------------------------------------------------------------------------------------------------------------- */

static void take_message(void *context, const struct msg *msg) { app_send(context, msg); }
static void take_scanned(void *context, const char *text, size_t n) { app_send_code(context, text, n, "wedge"); }

/* A finger touches the glass; what is meant lies in the scene. */
static struct input in_scene(struct app *a, const struct input *in) {
	struct input out = *in;
	if (in->kind == INPUT_TOUCH || in->kind == INPUT_MOVE || in->kind == INPUT_RELEASE) {
		a->finger = (struct pixel){in->x, in->y};
		struct pixel at = render_sdl_scene(a->render, a->finger);
		out.x = at.x;
		out.y = at.y;
	}
	return out;
}

static void take_input(struct app *a, const struct input *given) {
	struct input scene = in_scene(a, given);
	const struct input *in = &scene;
	bool ends;
	app_send_time(a);
	if (hands_take(&a->hands, in, &a->lists[a->drawn], app_now_ms(), &ends)) {
		a->quit = a->quit || (ends && a->options->width > 0);
		return;
	}
	switch (in->kind) {
	case INPUT_REDRAW: a->fresh = true; break;
	case INPUT_CLOSE: a->quit = a->quit || a->options->width > 0; break; /* who fills the screen is ended by staff, or a signal */
	case INPUT_LOST: /* or goes when nobody can see it: the next one, with a new display, needs the event's lock */
		err_set(a->err, ERR_SYSTEM, "the display is gone: what showed the window has ended");
		a->failed = a->quit = true;
		break;
	default: break;
	}
}

/* --- drawing ----------------------------------------------------------------------------------------------------------------------- */

static void note_timings(struct app *a) {
	if (!a->first_done && a->model.event != NULL) {
		a->first_done = true;
		a->script_start_ms = app_now_ms();
		if (a->options->timings) {
			fprintf(stderr, "timing first-picture %.1f ms\n", (double)(clock_span_us() - a->started_us) / 1000);
		}
	}
	if (a->found_us != 0) {
		if (a->options->timings) {
			fprintf(stderr, "timing found %.1f ms\n", (double)(clock_span_us() - a->found_us) / 1000);
		}
		a->found_us = 0;
	}
	if (a->timed_us != 0) {
		if (a->options->timings) {
			fprintf(stderr, "timing result %.1f ms\n", (double)(clock_span_us() - a->timed_us) / 1000);
		}
		a->timed_us = 0;
	}
}

/* What is drawn in boxes: once for each package that would help. */
static void tell_lacking_fonts(struct app *a) {
	struct strbuf what = {0};
	if (text_sdl_lacking(a->text, &what)) {
		log_warn("kiosk", "%s", strbuf_str(&what));
		app_send(a, &(struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_FONTS, .text = strbuf_str(&what)});
	}
	strbuf_fini(&what);
}

/* At the first picture, when a panel is turned, when somebody has to reach it, and when the machine turns out to be slow: then nothing moves any more. */
static void choose_look(struct app *a, bool upright) {
	const struct style_wish *now = &a->model.look;
	bool still = look_is_still(&a->frames, now->still);
	struct access own = look_access(a->options, scanning_device(a->scanning));
	if (still && !now->still) {
		log_info("kiosk", "this machine draws slowly: nothing moves on its screen from now on");
	}
	own.aloud = own.aloud && model_speaks(&a->model);
	if (still != now->still || upright != now->upright || !access_equal(&own, &a->model.own_access)) {
		struct style_wish look = {.large = own.large, .high_contrast = own.high_contrast, .still = still, .upright = upright};
		model_set_look(&a->model, &look);
		model_set_access(&a->model, &own);
	}
}

/* What is on the screen now, or has the focus: what is new of it. */
static void read_aloud(struct app *a) {
	struct speech speech = {0};
	if (aloud_next(&a->aloud, &a->model, &a->lists[a->drawn], &speech)) {
		speaker_say(&a->speaker, &speech);
	}
	speech_fini(&speech);
}

static void redraw(struct app *a) {
	int next = 1 - a->drawn;
	struct look_panel panel = {.bottom_cm = scanning_device(a->scanning)->panel_bottom_cm};
	int64_t begun_us = clock_span_us();
	a->fresh = render_sdl_turn(a->render, a->model.box.degrees) || a->fresh;
	render_sdl_size(a->render, &panel.width, &panel.height);
	panel.millimetres = a->options->panel_inches > 0 ? a->options->panel_inches * 25.4
			    : a->options->width > 0      ? 0
							 : render_sdl_panel_mm(a->render);
	struct box place = look_place(&panel, a->model.access.low);
	choose_look(a, place.h > place.w);
	int light = keeper_light(&a->keeper, a->model.box.brightness, a->model.access.high_contrast);
	a->fresh = render_sdl_dim(a->render, light) || a->fresh;
	place = look_place(&panel, a->model.access.low); /* the first time the box's own settings came just now */
	a->theme = look_theme(a->model.style, &panel, place);
	struct draw_list *list = &a->lists[next];
	view_draw(&a->model, &a->theme, &a->metrics, list);
	draw_move(list, place.x, place.y);
	focus_draw(&(struct pen){list, &a->theme, &a->metrics}, &a->model.focus, (struct box){0, 0, panel.width, panel.height});
	/* Most of what wakes the loop changes nothing to be seen, and drawing is what costs most. */
	if (a->fresh || !draw_equal(&a->lists[0], &a->lists[1])) {
		render_sdl_draw(a->render, &a->lists[next]);
		a->drawn = next;
		a->fresh = false;
		frame_times_add(&a->frames, clock_span_us() - begun_us);
		note_timings(a);
		tell_lacking_fonts(a);
	} else {
		a->found_us = 0; /* the same as before was found: it stands there already */
	}
	read_aloud(a); /* also when somebody asked for it just now, and nothing looks otherwise */
	scanning_want_preview(a->scanning, model_wants_preview(&a->model));
}

/* --- scripts ----------------------------------------------------------------------------------------------------------------------- */

static bool take_screenshot(struct app *a, const struct script_step *step) {
	char *name = xasprintf("%s/%s%s", a->options->screenshots, step->text, str_ends_nocase(step->text, ".png") ? "" : ".png");
	app_send_time(a);
	redraw(a);
	bool ok = render_sdl_screenshot(a->render, name, a->err);
	free(name);
	return ok;
}

static bool set_clock(struct app *a, const struct script_step *step) {
	struct utc_ms now;
	int offset;
	if (!tz_parse(a->model.event->tz, step->text, &now, &offset)) {
		return err_set(a->err, ERR_INPUT, "%s:%zu: \"%s\" is no time", a->options->script, step->line, step->text);
	}
	app_perform(a, &(struct effect){.kind = EFFECT_SET_CLOCK, .now = now, .forced = true});
	return true;
}

static bool play(struct app *a, const struct script_step *step) {
	switch (step->verb) {
	case SCRIPT_CAMERA: scanning_switch(a->scanning, step->text); return true;
	case SCRIPT_CLOCK: return set_clock(a, step);
	case SCRIPT_SCREENSHOT: return take_screenshot(a, step);
	case SCRIPT_QUIT: a->quit = true; return true;
	default: script_hands_play(step, a->finger); return true;
	}
}

/* Where the machine is slow, all that follows comes later by as much: whoever waits 300 ms for what a touch opens has 300 ms also then. */
#define SCRIPT_LATE_MS 50

/* What ends the program, or looks at its screen, comes after the hands before it, however late the loop is. */
static bool waits_for_hands(const struct script_step *step) { return step->verb == SCRIPT_QUIT || step->verb == SCRIPT_SCREENSHOT; }

static void play_due(struct app *a) {
	bool hands = false; /* they did something that is not taken yet */
	while (a->first_done && a->next_step < a->script.count && !a->quit &&
	       app_now_ms() - a->script_start_ms >= a->script.items[a->next_step].ms) {
		const struct script_step *step = &a->script.items[a->next_step];
		if (hands && waits_for_hands(step)) {
			return;
		}
		int64_t late = app_now_ms() - a->script_start_ms - step->ms;
		a->script_start_ms += late > SCRIPT_LATE_MS ? late : 0;
		hands = hands || script_hands_are(step);
		a->next_step++;
		if (!play(a, step)) {
			a->failed = a->quit = true;
		}
	}
}

/* --- the loop ---------------------------------------------------------------------------------------------------------------------- */

static void keep_in_front(struct app *a) {
	if (app_now_ms() >= a->front_ms) {
		int wait = render_sdl_keep_in_front(a->render);
		a->front_ms = wait < 0 ? INT64_MAX : app_now_ms() + wait;
	}
}

static int until_next(const struct app *a) {
	int64_t now = app_now_ms(), at = model_deadline(&a->model);
	if (a->first_done && a->next_step < a->script.count) {
		int64_t step = a->script_start_ms + a->script.items[a->next_step].ms;
		at = step < at ? step : at;
	}
	int64_t hands = hands_deadline(&a->hands, now);
	at = hands < at ? hands : at;
	at = a->front_ms < at ? a->front_ms : at;
	int64_t left = a->not_taken > 0 || a->form_not_taken != 0 ? 0 : at == INT64_MAX ? 60000 : at - now;
	return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

/* A key's picture waits a moment for what it finds: one picture of both is there sooner than two. */
static void await_found(struct app *a) {
	struct input in;
	if (a->asked && input_sdl_next(a->input, FOUND_WAIT_MS, &in)) { /* what was found wakes, and is no input */
		take_input(a, &in);
	}
	a->asked = false;
	app_take_found(a);
}

/* After the first picture too: a sound server that does not answer keeps whoever asks it waiting. */
static void open_sound(struct app *a) {
	struct err why = {0};
	char silent[256] = "";
	if (!sound_sdl_open(scanning_device(a->scanning)->headset, &a->sound, &why)) {
		log_warn("kiosk", "%s", why.text);
		app_send(a, &(struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_SOUND, .text = why.text});
		redraw(a);
		return;
	}
	speaker_open(&a->speaker, a->sound, wake, a, silent);
	if (silent[0] != '\0') {
		log_warn("kiosk", "%s", silent);
		app_send(a, &(struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_SPEECH, .text = silent});
	}
}

static void loop(struct app *a) {
	struct input in;
	int64_t first_wait = app_now_ms() + FIRST_WAIT_MS;
	while (!a->quit && !stop_signal_came(a->stop)) {
		app_take_all(a);
		app_send_time(a);
		hands_pass(&a->hands, &a->lists[a->drawn], app_now_ms());
		app_answer_not_taken(a);
		play_due(a);
		if (a->quit) {
			break;
		}
		keep_in_front(a);
		if (a->model.event == NULL && app_now_ms() < first_wait) {
			if (input_sdl_next(a->input, (int)(first_wait - app_now_ms()), &in)) {
				take_input(a, &in);
			}
			continue;
		}
		await_found(a);
		redraw(a);
		if (a->first_done && a->transports == NULL && !model_erased(&a->model)) {
			open_transports(a);
			open_printer(a);
		}
		if (a->first_done && a->sound == NULL && a->model.problem[PROBLEM_SOUND][0] == '\0') {
			open_sound(a);
		}
		/* All input that is there before the next picture: a slow one must not make keys pile up. */
		if (input_sdl_next(a->input, until_next(a), &in)) {
			do {
				take_input(a, &in);
			} while (!a->quit && input_sdl_next(a->input, 0, &in));
		}
	}
}

/* --- beginning and end ------------------------------------------------------------------------------------------------------------- */

static bool open_screen(struct app *a) {
	struct render_options window = {.title = "Turnout", .width = a->options->width, .height = a->options->height};
	if (!stop_signal_open(wake, a, &a->stop, a->err) || !input_sdl_open(a->options->width == 0, &a->input, a->err) ||
	    !fonts_find(&a->fonts, a->err) || !text_sdl_open(&a->fonts, &a->text, a->err)) {
		return false;
	}
	window.text = a->text;
	a->metrics = text_sdl_metrics(a->text);
	return render_sdl_open(&window, &a->render, a->err);
}

static bool open_workers(struct app *a) {
	struct desk_worker_options desk = {
		.path = a->options->event, .point = a->options->point, .now = a->options->now, .wake = wake, .context = a};
	struct scanning_options scanning = {
		.camera = a->options->camera, .blind = a->options->no_decode, .shared = a->options->width > 0, .wake = wake, .context = a};
	struct find_worker_options find = {.path = a->options->event, .wake = wake, .context = a};
	struct people_worker_options people = {.path = a->options->event, .wake = wake, .context = a};
	struct totals_worker_options totals = {.path = a->options->event, .wake = wake, .context = a};
	struct self_test_worker_options self_test = {.path = a->options->event, .wake = wake, .context = a};
	if (!desk_worker_open(&desk, &a->desk, a->err) || !find_worker_open(&find, &a->find, a->err) ||
	    !pin_worker_open(wake, a, &a->pins, a->err) || !keeper_open(&a->keeper, wake, a, a->err) ||
	    !totals_worker_open(&totals, &a->totals, a->err) || !people_worker_open(&people, &a->people, a->err) ||
	    !self_test_worker_open(&self_test, &a->self_test, a->err) || !scanning_open(&scanning, &a->scanning, a->err)) {
		return false;
	}
	a->hands = (struct hands){.send = take_message, .code = take_scanned, .context = a};
	hands_open(&a->hands, scanning_device(a->scanning), &a->model.focus);
	return true;
}

static bool open_all(struct app *a) {
	if (a->options->script != NULL && !script_load(a->options->script, &a->script, a->err)) {
		return false;
	}
	if (a->options->now != NULL && !tz_is_time(a->options->now)) {
		return err_set(a->err, ERR_USAGE, "\"%s\" is no time; write it like 2026-05-14T10:30", a->options->now);
	}
	if (!file_exists(a->options->event)) {
		return err_set(a->err, ERR_NOT_FOUND, "%s: there is no such file", a->options->event);
	}
	if (!open_screen(a) || !script_hands_check(&a->script, a->options->script, a->err) || !open_workers(a)) {
		return false;
	}
	/* Loaded while the workers' threads read the event and start the camera. */
	a->words = words_open_installed();
	if (a->options->language != NULL && words_language(a->words, a->options->language) < 0) {
		return err_set(a->err, ERR_USAGE, "there are no texts in the language \"%s\"", a->options->language);
	}
	model_init(&a->model, screens_all, a->words, app_own_language(a));
	tell_box(a);
	a->model.pin_tries = a->pin_tries = pin_tries_load();
	app_send_cameras(a, NULL);
	if (a->fonts.missing[0] != '\0') {
		log_warn("kiosk", "fonts are missing: %s", a->fonts.missing);
		app_send(a, &(struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_FONTS, .text = a->fonts.missing});
	}
	return true;
}

static void close_all(struct app *a) {
	self_test_worker_close(a->self_test); /* it looks at the camera */
	/* Who asks the store thread goes before it: first what reads codes, then what exchanges. */
	scanning_close(a->scanning);
	print_worker_close(a->print);
	transports_close(a->transports);
	find_worker_close(a->find);
	pin_worker_close(a->pins);
	keeper_close(&a->keeper);
	totals_worker_close(a->totals);
	people_worker_close(a->people);
	desk_worker_close(a->desk); /* what was scanned is recorded and signed */
	model_fini(&a->model);
	effects_fini(&a->effects);
	words_close(a->words);
	speaker_close(&a->speaker);
	aloud_fini(&a->aloud);
	sound_sdl_close(a->sound);
	render_sdl_close(a->render);
	text_sdl_close(a->text);
	fonts_fini(&a->fonts);
	stop_signal_close(a->stop);
	input_sdl_close(a->input);
	script_fini(&a->script);
	draw_fini(&a->lists[0]);
	draw_fini(&a->lists[1]);
	hands_fini(&a->hands);
}

static void tell_timings(const struct app *a) {
	fprintf(stderr, "timing previews %lld in %.1f s\n", (long long)a->previews, (double)(clock_span_us() - a->started_us) / 1000000);
	fprintf(stderr, "timing frames %llu, half within %.1f ms, 99 of 100 within %.1f ms\n", (unsigned long long)a->frames.count,
		frame_times_within(&a->frames, 0.5), frame_times_within(&a->frames, 0.99));
	fprintf(stderr, "timing screens");
	for (enum screen_id id = 0; id < SCREEN_COUNT; id++) {
		fprintf(stderr, "%s%s", (a->shown >> id & 1) != 0 ? " " : "", (a->shown >> id & 1) != 0 ? screens_all[id]->name : "");
	}
	fprintf(stderr, "\n");
}

bool app_run(const struct kiosk_options *options, int64_t started_us, struct err *err) {
	struct app *a = xcalloc(1, sizeof *a);
	a->own_options = *options;
	a->options = &a->own_options;
	a->err = err;
	a->started_us = started_us;
	a->fresh = true;
	bool ok = open_all(a);
	if (ok) {
		loop(a);
		ok = !a->failed;
		if (options->timings) {
			tell_timings(a);
		}
	}
	close_all(a);
	free(a);
	return ok;
}
