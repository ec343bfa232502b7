#include "kiosk/app_send.h"

#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "kiosk/pin_tries.h"

/* --- effects ----------------------------------------------------------------------------------------------------------------------- */

static void perform_on_transport(struct app *a, const struct effect *e) {
	if (a->transports == NULL) {
		return;
	}
	switch (e->kind) {
	case EFFECT_SYNC_NOW: transports_now(a->transports); break;
	case EFFECT_STICK_LOOK: transports_stick_look(a->transports); break;
	case EFFECT_STICK_VISIT: transports_stick_visit(a->transports, e->text); break;
	default: transports_stick_end(a->transports); break;
	}
}

static void perform_find(struct app *a, const struct effect *e) {
	if (e->kind == EFFECT_SIGN_IN && str_eq(e->how, "staff") && !find_worker_vouched(a->find, e->person)) {
		log_warn("kiosk", "wrong digits of somebody whom staff signed in are not forgotten: too many wait");
	}
	bool sent = e->kind == EFFECT_FIND      ? find_worker_find(a->find, e->text, e->number, clock_span_us())
		    : e->kind == EFFECT_SUGGEST ? find_worker_suggest(a->find, e->field, e->text, e->number)
		    : e->kind == EFFECT_TWIN    ? find_worker_twin(a->find, e->visitor, e->number)
		    : e->kind == EFFECT_CONFIRM ? find_worker_confirm(a->find, e->person, e->text, e->number)
						: desk_worker_sign_in(a->desk, &(struct desk_sign_in){e->person, e->how, e->by, e->text});
	a->asked = a->asked || (sent && e->kind == EFFECT_FIND);
	if (!sent) { /* of the others the screens say that no answer came */
		log_warn("kiosk", "somebody could not be looked for or signed in by name: too many wait");
		a->not_taken += e->kind == EFFECT_SIGN_IN;
	}
}

static void perform_visitor(struct app *a, struct effect *e) {
	uint64_t walk_in = e->visitor->set != NULL ? e->visitor->number : 0;
	if (!desk_worker_visitor(a->desk, e->visitor)) {
		log_warn("kiosk", "what a visitor left could not be taken: the store is too slow");
		a->form_not_taken = walk_in != 0 ? walk_in : a->form_not_taken;
	}
	e->visitor = NULL;
}

static void perform_for_staff(struct app *a, const struct effect *e) {
	bool sent = e->kind == EFFECT_PIN      ? pin_worker_ask(a->pins, &a->event_id, e->text, e->number)
		    : e->kind == EFFECT_DEED   ? desk_worker_deed(a->desk, e->deed)
		    : e->kind == EFFECT_PEOPLE ? people_worker_ask(a->people, e->people)
		    : e->kind == EFFECT_GROUP  ? desk_worker_group(a->desk, e->group)
		    : e->kind == EFFECT_TOTALS ? totals_worker_ask(a->totals, e->now, e->number)
		    : e->kind == EFFECT_ROLL   ? totals_worker_roll(a->totals, e->now, e->number, e->forced ? TOTALS_HERE : TOTALS_MISSING)
					       : desk_worker_own(a->desk, e->number);
	if (!sent) { /* the screen says that no answer came */
		log_warn("kiosk", "what staff asked for could not be done: too many wait");
	}
}

/* With what the kiosk itself has open: neither its camera nor its sound is opened a second time. */
static void perform_self_test(struct app *a, const struct effect *e) {
	const struct model *m = &a->model;
	struct self_test_question q = {
		.number = e->number,
		.point = m->event->stand_text,
		.camera = {.none = m->camera == CAMERA_NONE, .lost = m->camera == CAMERA_LOST, .worker = scanning_camera(a->scanning)},
		.clock_ahead_ms = set_clock_now(&a->clock).v - clock_utc().v,
		.clock_vouched = !clock_is_synchronised() && model_clock_is_sure(m)};
	str_copy(q.camera.reason, sizeof q.camera.reason, m->camera_reason);
	str_copy(q.sound_problem, sizeof q.sound_problem, m->problem[PROBLEM_SOUND]);
	if (a->self_test == NULL || !self_test_worker_ask(a->self_test, &q)) {
		log_warn("kiosk", "the self-test could not be started: one that was started before is not over");
	}
}

static void perform_print(struct app *a, const struct effect *e) {
	struct print_worker *w = a->print;
	if (w == NULL) {
		return;
	}
	bool taken = e->kind == EFFECT_LABEL            ? print_worker_check_in(w, e->person)
		     : e->kind == EFFECT_LABEL_AGAIN    ? print_worker_again(w, e->text, e->n)
		     : e->kind == EFFECT_LABEL_TEST     ? print_worker_test(w)
		     : e->kind == EFFECT_LABEL_ALL      ? print_worker_all(w, !e->forced)
		     : e->kind == EFFECT_LABEL_TOMORROW ? print_worker_tomorrow(w, e->now)
		     : e->kind == EFFECT_SLIP           ? print_worker_slip(w, e->forced ? SLIP_INSIDE : SLIP_DAY, e->now)
		     : e->kind == EFFECT_LABEL_STOP     ? print_worker_stop(w)
		     : e->kind == EFFECT_LABEL_RETRY    ? print_worker_retry(w)
		     : e->kind == EFFECT_LABEL_FORGET   ? print_worker_forget(w)
							: print_worker_watch(w);
	if (!taken) {
		log_warn("kiosk", "a label could not be asked for: too many wait for the printer");
	}
}

/* What staff set holds at once, and is kept by a thread. */
static void set_device(struct app *a, const struct device_change *changes, size_t count) {
	struct err err = {0};
	if (scanning_set(a->scanning, changes, count, &err)) {
		keeper_keep(&a->keeper, changes, count);
	} else {
		log_warn("kiosk", "%s", err.text);
	}
}

/* The command line's word about it is over. */
static void perform_device(struct app *a, const struct effect *e) {
	struct device_change change;
	str_copy(change.key, sizeof change.key, e->how);
	str_copy(change.value, sizeof change.value, e->text);
	a->own_options.text = str_eq(e->how, "text") ? OPTIONS_LOOK_KEPT : a->own_options.text;
	a->own_options.contrast = str_eq(e->how, "contrast") ? OPTIONS_LOOK_KEPT : a->own_options.contrast;
	a->own_options.language = str_eq(e->how, "language") ? NULL : a->own_options.language;
	set_device(a, &change, 1);
}

static void perform_camera(struct app *a, const struct effect *e) {
	struct device_change changes[] = {{.key = "camera"}, {.key = "rotate"}, {.key = "mirror"}};
	str_copy(changes[0].value, sizeof changes[0].value, e->text[0] != '\0' ? e->text : "auto");
	str_copy(changes[1].value, sizeof changes[1].value, str_number(e->turn.degrees).text);
	str_copy(changes[2].value, sizeof changes[2].value, e->turn.mirror ? "yes" : "no");
	set_device(a, changes, COUNT_OF(changes));
}

void app_perform(struct app *a, struct effect *e) {
	switch (e->kind) {
	case EFFECT_SCAN:
		if (!desk_worker_scan(a->desk, e->text, e->n, e->how, e->taken_us)) {
			log_warn("kiosk", "a scan could not be taken: the store is too slow");
			a->not_taken++;
		}
		break;
	case EFFECT_SYNC_NOW:
	case EFFECT_STICK_LOOK:
	case EFFECT_STICK_VISIT:
	case EFFECT_STICK_END: perform_on_transport(a, e); break;
	case EFFECT_CAMERA_LOOK: scanning_look(a->scanning); break;
	case EFFECT_CAMERA_KEEP: perform_camera(a, e); break;
	case EFFECT_DEVICE: perform_device(a, e); break;
	case EFFECT_SET_POINT:
		if (!desk_worker_set_point(a->desk, e->text)) {
			log_warn("kiosk", "the session could not be changed: the store is too slow");
		}
		break;
	case EFFECT_HELP:
	case EFFECT_HELPED:
		if (!(e->kind == EFFECT_HELP ? desk_worker_help(a->desk)
					     : desk_worker_helped(a->desk, &(struct help_close){&e->log, e->seq, e->by}))) {
			log_warn("kiosk", "a call for help could not be recorded: the store is too slow");
		}
		break;
	case EFFECT_PIN:
	case EFFECT_DEED:
	case EFFECT_OWN:
	case EFFECT_PEOPLE:
	case EFFECT_GROUP:
	case EFFECT_TOTALS:
	case EFFECT_ROLL: perform_for_staff(a, e); break;
	case EFFECT_VISITOR: perform_visitor(a, e); break;
	case EFFECT_FIND:
	case EFFECT_SUGGEST:
	case EFFECT_CONFIRM:
	case EFFECT_TWIN:
	case EFFECT_SIGN_IN: perform_find(a, e); break;
	case EFFECT_LABEL:
	case EFFECT_LABEL_AGAIN:
	case EFFECT_LABEL_TEST:
	case EFFECT_LABEL_ALL:
	case EFFECT_LABEL_TOMORROW:
	case EFFECT_LABEL_STOP:
	case EFFECT_LABEL_RETRY:
	case EFFECT_LABEL_FORGET:
	case EFFECT_SLIP:
	case EFFECT_PRINTER_WATCH: perform_print(a, e); break;
	case EFFECT_SELF_TEST: perform_self_test(a, e); break;
	case EFFECT_END: a->quit = true; break;
	case EFFECT_CHIME: sound_sdl_play(a->sound, e->chime); break;
	case EFFECT_SET_CLOCK:
		set_clock_to(&a->clock, e->now, e->forced);
		if (!desk_worker_set_clock(a->desk, e->now, e->forced)) {
			log_warn("kiosk", "the clock could not be set: the store is too slow");
		}
		break;
	}
}

/* --- telling the model ---------------------------------------------------------------------------------------------------------------- */

/* What was kept for a screen that was left is let go: the next one has need of the memory. */
static void let_rest(struct app *a) {
	bool figures = model_holds(&a->model, SCREEN_SET(TOTALS) | SCREEN_SET(ROLL));
	bool people = model_holds(&a->model, SCREEN_SET(PEOPLE) | SCREEN_SET(CARD) | SCREEN_SET(GROUPS) | SCREEN_SET(TICK));
	if (a->figures_held && !figures && a->totals != NULL) {
		totals_worker_rest(a->totals);
	}
	if (a->people_held && !people && a->people != NULL) {
		people_worker_rest(a->people);
	}
	a->figures_held = figures;
	a->people_held = people;
}

void app_send(struct app *a, const struct msg *msg) {
	effects_reset(&a->effects);
	model_update(&a->model, msg, &a->effects);
	sound_sdl_set_loudness(a->sound, a->model.box.loudness);
	for (size_t i = 0; i < a->effects.count; i++) {
		app_perform(a, &a->effects.items[i]);
	}
	let_rest(a);
	a->shown |= UINT64_C(1) << model_top(&a->model);
	if (a->model.pin_tries != a->pin_tries) {
		pin_tries_save(a->pin_tries = a->model.pin_tries);
	}
}

void app_send_time(struct app *a) {
	app_send(a, &(struct msg){
			    .kind = MSG_TIME, .ms = app_now_ms(), .now = set_clock_now(&a->clock), .clock_sure = clock_is_synchronised()});
}

void app_send_code(struct app *a, const char *text, size_t n, const char *how) {
	app_send(a, &(struct msg){.kind = MSG_CODE, .text = text, .n = n, .how = how, .taken_us = clock_span_us()});
}

void app_send_cameras(struct app *a, const struct camera_list *list) {
	const struct device_settings *device = scanning_device(a->scanning);
	app_send(a, &(struct msg){.kind = MSG_CAMERAS, .cameras = list, .text = device->camera, .turn = device->turn});
}

/* What the thread had no room for is told to whoever waits for it. */
void app_answer_not_taken(struct app *a) {
	while (a->not_taken > 0 || a->form_not_taken != 0) {
		struct desk_message *m = xcalloc(1, sizeof *m);
		m->kind = DESK_ANSWERED;
		m->other = -1;
		m->saved = a->model.saved;
		m->waiting = a->model.waiting_to_send;
		m->standing = a->model.standing;
		m->walk_in = a->form_not_taken != 0;
		m->number = a->form_not_taken;
		a->not_taken -= !m->walk_in;
		a->form_not_taken = 0;
		app_send(a, &(struct msg){.kind = MSG_DESK, .desk = m});
	}
}
