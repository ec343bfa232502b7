#include "kiosk/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "kiosk/frame_times.h"
#include "kiosk/hands.h"
#include "kiosk/keeper.h"
#include "kiosk/look.h"
#include "kiosk/model.h"
#include "kiosk/pin_tries.h"
#include "kiosk/screens/aloud.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/view.h"
#include "kiosk/script.h"
#include "kiosk/script_hands.h"
#include "kiosk/sdl/input_sdl.h"
#include "kiosk/sdl/render_sdl.h"
#include "kiosk/sdl/sound_sdl.h"
#include "kiosk/sdl/text_sdl.h"
#include "kiosk/speaker.h"
#include "kiosk/stop_signal.h"
#include "kiosk/workers/guesses.h"
#include "kiosk/workers/people_worker.h"
#include "kiosk/workers/pin_worker.h"
#include "kiosk/workers/print_worker.h"
#include "kiosk/workers/scanning.h"
#include "kiosk/workers/self_test_worker.h"
#include "kiosk/workers/totals_worker.h"
#include "kiosk/workers/transports.h"

#define FOUND_WAIT_MS 4   /* nearly all searches are quicker */
#define FIRST_WAIT_MS 150 /* the event is given so long before something else is shown */

struct app {
	const struct kiosk_options *options;
	struct kiosk_options own_options; /* these: what is set on the screen goes before what was said at the start */
	struct input_sdl *input;
	struct stop_signal *stop;
	struct fonts fonts;
	struct text_sdl *text;
	struct render_sdl *render;
	struct sound_sdl *sound;
	struct speaker speaker;
	struct aloud aloud; /* said last */
	struct words *words;
	struct desk_worker *desk;
	struct find_worker *find;
	struct pin_worker *pins;
	struct totals_worker *totals;       /* NULL: the event was erased */
	struct people_worker *people;       /* likewise */
	struct self_test_worker *self_test; /* likewise */
	struct print_worker *print;         /* NULL before the first picture */
	struct transports *transports;      /* NULL before the first picture */
	struct hash event_id;               /* for them */
	struct scanning *scanning;
	struct keeper keeper;
	struct pixel finger; /* where it was last, in the window */
	struct script script;
	size_t next_step;
	int64_t script_start_ms; /* 0: not begun */
	struct model model;
	struct set_clock clock; /* as the store thread has it */
	struct effects effects; /* of the message at hand */
	struct metrics metrics;
	struct theme theme;
	struct draw_list lists[2]; /* what is drawn, what was */
	int drawn;                 /* which of them is on the screen */
	bool fresh;                /* draw even if nothing changed */
	struct hands hands;
	int64_t front_ms; /* when the window is brought to the front next */
	int64_t started_us;
	bool first_done, quit, failed;
	bool language_lacking; /* the one of the command line is none of the event's */
	int pin_tries;         /* as kept */
	int64_t previews;      /* shown */
	uint64_t shown;        /* a set of screens */
	struct frame_times frames;
	unsigned not_taken;      /* scans that the store thread had no room for, and nobody was told of yet */
	uint64_t form_not_taken; /* likewise a form, by its number; 0: none */
	bool asked;              /* people were looked for since the last picture */
	int64_t found_us;        /* when what is drawn next was looked for; 0: nothing was */
	int64_t timed_us;        /* of the scan whose result is drawn next; 0: none */
	struct err *err;
};

static int64_t now_ms(void) { return clock_span_us() / 1000; }

static void send(struct app *a, const struct msg *msg);

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

static void perform(struct app *a, struct effect *e) {
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

static void send(struct app *a, const struct msg *msg) {
	effects_reset(&a->effects);
	model_update(&a->model, msg, &a->effects);
	sound_sdl_set_loudness(a->sound, a->model.box.loudness);
	for (size_t i = 0; i < a->effects.count; i++) {
		perform(a, &a->effects.items[i]);
	}
	a->shown |= UINT64_C(1) << model_top(&a->model);
	if (a->model.pin_tries != a->pin_tries) {
		pin_tries_save(a->pin_tries = a->model.pin_tries);
	}
}

static void send_time(struct app *a) {
	send(a, &(struct msg){.kind = MSG_TIME, .ms = now_ms(), .now = set_clock_now(&a->clock), .clock_sure = clock_is_synchronised()});
}

static void send_code(struct app *a, const char *text, size_t n, const char *how) {
	send(a, &(struct msg){.kind = MSG_CODE, .text = text, .n = n, .how = how, .taken_us = clock_span_us()});
}

/* --- the transports ---------------------------------------------------------------------------------------------------------------------- */

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

static void take_event(struct app *a, const struct desk_message *m) {
	a->event_id = m->event_id;
	if (a->transports != NULL) {
		transports_set_hub(a->transports, m->event->hub);
	}
}

static void take_transports(struct app *a) {
	struct sync_message *m;
	struct stick_message *stick;
	enum transport transport;
	if (a->transports == NULL) {
		return;
	}
	while ((m = transports_take(a->transports, &transport)) != NULL) {
		send(a, &(struct msg){
				.kind = MSG_SYNC, .transport = transport, .sync = m, .near_state = transports_near_state(a->transports)});
	}
	while ((stick = transports_take_stick(a->transports)) != NULL) {
		if (stick->kind == STICK_OVER && stick->problem[0] != '\0') {
			log_warn("stick", "%s", stick->problem);
		}
		send_time(a);
		send(a, &(struct msg){.kind = MSG_STICK, .stick = stick});
	}
}

/* --- the store thread -------------------------------------------------------------------------------------------------------------- */

/* Whoever held up a badge that nothing became of must see it, as if it could not have been saved. */
static void answer_not_taken(struct app *a) {
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
		send(a, &(struct msg){.kind = MSG_DESK, .desk = m});
	}
}

static void take_found(struct app *a) {
	struct found_message *m;
	while (a->find != NULL && (m = find_worker_take(a->find)) != NULL) {
		a->found_us = m->kind == FOUND_PEOPLE ? m->asked_us : 0;
		send_time(a);
		send(a, &(struct msg){.kind = MSG_FOUND, .found = m});
	}
}

static void take_for_staff(struct app *a) {
	struct pin_message *m;
	struct totals_message *totals;
	struct people_message *people;
	while ((m = pin_worker_take(a->pins)) != NULL) {
		send_time(a);
		send(a, &(struct msg){.kind = MSG_PIN, .text = m->hash, .number = m->number});
		pin_message_free(m);
	}
	while (a->totals != NULL && (totals = totals_worker_take(a->totals)) != NULL) {
		send(a, &(struct msg){.kind = MSG_TOTALS, .totals = totals});
		free(totals);
	}
	while (a->people != NULL && (people = people_worker_take(a->people)) != NULL) {
		send_time(a);
		send(a, &(struct msg){.kind = MSG_PEOPLE, .people = people});
	}
}

static void take_print(struct app *a) {
	struct print_message *m;
	while (a->print != NULL && (m = print_worker_take(a->print)) != NULL) {
		if (m->kind == PRINT_DONE) {
			if (!desk_worker_label(a->desk, m->person, m->again, m->again ? a->model.at_work.key : "")) {
				log_warn("kiosk", "that a label was printed could not be recorded: the store is too slow");
			}
			print_message_free(m);
		} else {
			send_time(a);
			send(a, &(struct msg){.kind = MSG_PRINT, .print = m});
		}
	}
}

/* That the box starts in: its command line's, else the device's; NULL: as the event says. */
static const char *own_language(const struct app *a) {
	const char *kept = scanning_device(a->scanning)->language;
	return a->options->language != NULL ? a->options->language : kept[0] != '\0' ? kept : NULL;
}

/* In English, as all that the log says. */
static void log_checked(const struct self_test_message *m) {
	static const char *const marks[] = {[SELF_FINE] = "ok", [SELF_LOOK] = "look", [SELF_FAULT] = "fault"};
	struct strbuf text = {0};
	self_saying_add(&text, &m->checked.text, NULL);
	if (m->checked.detail.len > 0) {
		strbuf_addf(&text, ": %s", strbuf_str(&m->checked.detail));
	}
	if (m->checked.verdict == SELF_FINE) {
		log_info("self-test", "%s, %s: %s", self_check_name(m->check), marks[m->checked.verdict], strbuf_str(&text));
	} else {
		log_warn("self-test", "%s, %s: %s", self_check_name(m->check), marks[m->checked.verdict], strbuf_str(&text));
	}
	strbuf_fini(&text);
}

static void take_self_test(struct app *a) {
	struct self_test_message *m;
	while (a->self_test != NULL && (m = self_test_worker_take(a->self_test)) != NULL) {
		if (m->kind == SELF_TEST_DONE) {
			log_checked(m);
		}
		send_time(a);
		send(a, &(struct msg){.kind = MSG_SELF_TEST, .self_test = m});
	}
}

/* Whoever started the box in a language that the event does not have sees another, and should know why. */
static void tell_language(struct app *a) {
	const char *given = own_language(a);
	bool lacking = given != NULL && a->model.station_language != words_language(a->words, given);
	if (lacking && !a->language_lacking) {
		log_warn("kiosk", "the event has no language \"%s\", so its first is shown: turnout set EVENT languages names what it has",
			 given);
	}
	a->language_lacking = lacking;
}

/* The event's personal data are gone from its file: whoever reads it lets go of it, and of what it remembers; what it had read leaves the file's log only then.
 * A camera that has nobody to look for is dark. */
static void close_for_good(struct app *a) {
	transports_close(a->transports);
	find_worker_close(a->find);
	totals_worker_close(a->totals);
	people_worker_close(a->people);
	self_test_worker_close(a->self_test);
	print_worker_close(a->print);
	a->transports = NULL;
	a->find = NULL;
	a->totals = NULL;
	a->people = NULL;
	a->self_test = NULL;
	a->print = NULL;
	guesses_wipe();
	scanning_switch(a->scanning, "none");
}

static void take_desk(struct app *a) {
	struct desk_message *m;
	while ((m = desk_worker_take(a->desk)) != NULL) {
		if (m->kind == DESK_FAILED) {
			err_set(a->err, ERR_REFUSED, "%s", m->text);
			a->failed = a->quit = true;
			desk_message_free(m);
			return;
		}
		if (m->kind == DESK_LOADED) {
			take_event(a, m);
		}
		if (m->kind == DESK_ERASED) {
			close_for_good(a);
		}
		/* What was recorded just now is sent at once; else it would wait for the next round. */
		if ((m->recorded || m->news) && a->transports != NULL) {
			transports_poke(a->transports);
		}
		if (m->kind == DESK_COUNTED) {
			a->clock = m->clock;
		}
		if (m->kind == DESK_COUNTED && !str_empty(m->text)) {
			log_warn("kiosk", "%s", m->text);
		}
		if (m->kind == DESK_ANSWERED) {
			a->timed_us = m->taken_us;
			if (!m->kept) {
				log_warn("kiosk", "a scan could not be saved: %s", m->text);
			}
		}
		/* The time first, by the clock that may have come with this very message: screens count from it. */
		bool loaded = m->kind == DESK_LOADED;
		send_time(a);
		send(a, &(struct msg){.kind = MSG_DESK, .desk = m});
		if (loaded) {
			tell_language(a);
		}
	}
}

/* --- the camera -------------------------------------------------------------------------------------------------------------------- */

static void take_scan_state(struct app *a, const struct scan_message *m) {
	static const enum camera_state states[] = {[SCAN_NONE] = CAMERA_NONE,
						   [SCAN_STARTING] = CAMERA_STARTING,
						   [SCAN_OK] = CAMERA_OK,
						   [SCAN_LOST] = CAMERA_LOST,
						   [SCAN_ENDED] = CAMERA_LOST};
	if (m->state == SCAN_LOST || m->state == SCAN_ENDED) {
		log_warn("kiosk", "camera: %s", m->reason);
	}
	send(a, &(struct msg){.kind = MSG_CAMERA, .camera = states[m->state], .text = m->reason});
}

static void send_cameras(struct app *a, const struct camera_list *list) {
	const struct device_settings *device = scanning_device(a->scanning);
	send(a, &(struct msg){.kind = MSG_CAMERAS, .cameras = list, .text = device->camera, .turn = device->turn});
}

static void send_seen(struct app *a, const struct scan_message *m) {
	struct seen_code seen = {.guidance = m->guidance, .marked = m->marked, .width = m->picture_w, .height = m->picture_h};
	memcpy(seen.corners, m->corners, sizeof seen.corners);
	send_time(a);
	send(a, &(struct msg){.kind = MSG_SEEN, .seen = &seen});
}

static void take_scan(struct app *a, const struct scan_message *m) {
	struct camera_list list;
	switch (m->kind) {
	case SCAN_STATE: take_scan_state(a, m); break;
	case SCAN_CAMERAS:
		memcpy(&list, m->payload, sizeof list);
		send_cameras(a, &list);
		break;
	case SCAN_SEEN: send_seen(a, m); break;
	case SCAN_CODE: send_code(a, m->payload, m->len, "camera"); break;
	}
}

static void take_scans(struct app *a) {
	struct scan_message *m;
	struct hand_message *code;
	while ((m = scanning_take(a->scanning)) != NULL) {
		take_scan(a, m);
		free(m);
	}
	while ((code = scanning_take_hand(a->scanning)) != NULL) {
		send_time(a);
		send_code(a, code->payload, code->len, "wedge");
		free(code);
	}
	const struct scan_preview *preview = model_wants_preview(&a->model) ? scanning_preview(a->scanning) : NULL;
	if (preview != NULL) {
		render_sdl_preview(a->render, preview->luma, preview->width, preview->height);
		a->previews++;
		a->fresh = true;
	}
}

/* --- what is read aloud -------------------------------------------------------------------------------------------------------------- */

static void take_speech(struct app *a) {
	char why[256];
	int heard_ms;
	int64_t after_us;
	enum speaker_news news;
	while ((news = speaker_take(&a->speaker, why, &heard_ms, &after_us)) != SPEAKER_NOTHING) {
		a->model.speaks = a->model.speaks || news == SPEAKER_WORKS;
		if (news == SPEAKER_FAILED) {
			log_warn("kiosk", "%s", why);
		}
		if (news != SPEAKER_SPOKE) {
			send(a, &(struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_SPEECH, .text = why});
		} else if (a->options->timings && heard_ms > 0) {
			fprintf(stderr, "timing speech %d ms of sound after %.1f ms\n", heard_ms, (double)after_us / 1000);
		}
	}
}

/* --- how the box is set -------------------------------------------------------------------------------------------------------------- */

static void take_kept(struct app *a) {
	char problem[ERR_TEXT_MAX];
	while (keeper_take(&a->keeper, problem)) {
		if (problem[0] != '\0') {
			log_warn("kiosk", "a setting is not kept: %s", problem);
		}
		send(a, &(struct msg){.kind = MSG_KEPT, .text = problem});
	}
}

static void tell_box(struct app *a) {
	const struct device_settings *d = scanning_device(a->scanning);
	struct own_box box = {.brightness = d->brightness, .loudness = d->loudness, .degrees = d->screen_degrees};
	send(a, &(struct msg){.kind = MSG_BOX, .box = &box});
}

/* --- input ------------------------------------------------------------------------------------------------------------------------- */

static void take_message(void *context, const struct msg *msg) { send(context, msg); }
static void take_scanned(void *context, const char *text, size_t n) { send_code(context, text, n, "wedge"); }

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
	send_time(a);
	if (hands_take(&a->hands, in, &a->lists[a->drawn], now_ms(), &ends)) {
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
		a->script_start_ms = now_ms();
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
		send(a, &(struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_FONTS, .text = strbuf_str(&what)});
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
	send_time(a);
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
	perform(a, &(struct effect){.kind = EFFECT_SET_CLOCK, .now = now, .forced = true});
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
	       now_ms() - a->script_start_ms >= a->script.items[a->next_step].ms) {
		const struct script_step *step = &a->script.items[a->next_step];
		if (hands && waits_for_hands(step)) {
			return;
		}
		int64_t late = now_ms() - a->script_start_ms - step->ms;
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
	if (now_ms() >= a->front_ms) {
		int wait = render_sdl_keep_in_front(a->render);
		a->front_ms = wait < 0 ? INT64_MAX : now_ms() + wait;
	}
}

static int until_next(const struct app *a) {
	int64_t now = now_ms(), at = model_deadline(&a->model);
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
	take_found(a);
}

/* After the first picture too: a sound server that does not answer keeps whoever asks it waiting. */
static void open_sound(struct app *a) {
	struct err why = {0};
	char silent[256] = "";
	if (!sound_sdl_open(scanning_device(a->scanning)->headset, &a->sound, &why)) {
		log_warn("kiosk", "%s", why.text);
		send(a, &(struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_SOUND, .text = why.text});
		redraw(a);
		return;
	}
	speaker_open(&a->speaker, a->sound, wake, a, silent);
	if (silent[0] != '\0') {
		log_warn("kiosk", "%s", silent);
		send(a, &(struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_SPEECH, .text = silent});
	}
}

static void loop(struct app *a) {
	struct input in;
	int64_t first_wait = now_ms() + FIRST_WAIT_MS;
	while (!a->quit && !stop_signal_came(a->stop)) {
		take_desk(a);
		take_found(a);
		take_for_staff(a);
		take_transports(a);
		take_print(a);
		take_self_test(a);
		take_scans(a);
		take_speech(a);
		take_kept(a);
		send_time(a);
		hands_pass(&a->hands, &a->lists[a->drawn], now_ms());
		answer_not_taken(a);
		play_due(a);
		if (a->quit) {
			break;
		}
		keep_in_front(a);
		if (a->model.event == NULL && now_ms() < first_wait) {
			if (input_sdl_next(a->input, (int)(first_wait - now_ms()), &in)) {
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
	model_init(&a->model, screens_all, a->words, own_language(a));
	tell_box(a);
	a->model.pin_tries = a->pin_tries = pin_tries_load();
	send_cameras(a, NULL);
	if (a->fonts.missing[0] != '\0') {
		log_warn("kiosk", "fonts are missing: %s", a->fonts.missing);
		send(a, &(struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_FONTS, .text = a->fonts.missing});
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
