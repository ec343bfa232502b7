#include "kiosk/app_take.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "kiosk/app_send.h"
#include "kiosk/workers/guesses.h"

/* That the box starts in: its command line's, else the device's; NULL: as the event says. */
const char *app_own_language(const struct app *a) {
	const char *kept = scanning_device(a->scanning)->language;
	return a->options->language != NULL ? a->options->language : kept[0] != '\0' ? kept : NULL;
}

/* --- the transports ---------------------------------------------------------------------------------------------------------------------- */

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
		app_send(a,
			 &(struct msg){
				 .kind = MSG_SYNC, .transport = transport, .sync = m, .near_state = transports_near_state(a->transports)});
	}
	while ((stick = transports_take_stick(a->transports)) != NULL) {
		if (stick->kind == STICK_OVER && stick->problem[0] != '\0') {
			log_warn("stick", "%s", stick->problem);
		}
		app_send_time(a);
		app_send(a, &(struct msg){.kind = MSG_STICK, .stick = stick});
	}
}

/* --- the store thread -------------------------------------------------------------------------------------------------------------- */

/* Whoever held up a badge that nothing became of must see it, as if it could not have been saved. */
void app_take_found(struct app *a) {
	struct found_message *m;
	while (a->find != NULL && (m = find_worker_take(a->find)) != NULL) {
		a->found_us = m->kind == FOUND_PEOPLE ? m->asked_us : 0;
		app_send_time(a);
		app_send(a, &(struct msg){.kind = MSG_FOUND, .found = m});
	}
}

static void take_for_staff(struct app *a) {
	struct pin_message *m;
	struct totals_message *totals;
	struct people_message *people;
	while ((m = pin_worker_take(a->pins)) != NULL) {
		app_send_time(a);
		app_send(a, &(struct msg){.kind = MSG_PIN, .text = m->hash, .number = m->number});
		pin_message_free(m);
	}
	while (a->totals != NULL && (totals = totals_worker_take(a->totals)) != NULL) {
		app_send(a, &(struct msg){.kind = MSG_TOTALS, .totals = totals});
		free(totals);
	}
	while (a->people != NULL && (people = people_worker_take(a->people)) != NULL) {
		app_send_time(a);
		app_send(a, &(struct msg){.kind = MSG_PEOPLE, .people = people});
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
			app_send_time(a);
			app_send(a, &(struct msg){.kind = MSG_PRINT, .print = m});
		}
	}
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
		app_send_time(a);
		app_send(a, &(struct msg){.kind = MSG_SELF_TEST, .self_test = m});
	}
}

/* Whoever started the box in a language that the event does not have sees another, and should know why. */
static void tell_language(struct app *a) {
	const char *given = app_own_language(a);
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
		app_send_time(a);
		app_send(a, &(struct msg){.kind = MSG_DESK, .desk = m});
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
	app_send(a, &(struct msg){.kind = MSG_CAMERA, .camera = states[m->state], .text = m->reason});
}

static void send_seen(struct app *a, const struct scan_message *m) {
	struct seen_code seen = {.guidance = m->guidance, .marked = m->marked, .width = m->picture_w, .height = m->picture_h};
	memcpy(seen.corners, m->corners, sizeof seen.corners);
	app_send_time(a);
	app_send(a, &(struct msg){.kind = MSG_SEEN, .seen = &seen});
}

static void take_scan(struct app *a, const struct scan_message *m) {
	struct camera_list list;
	switch (m->kind) {
	case SCAN_STATE: take_scan_state(a, m); break;
	case SCAN_CAMERAS:
		memcpy(&list, m->payload, sizeof list);
		app_send_cameras(a, &list);
		break;
	case SCAN_SEEN: send_seen(a, m); break;
	case SCAN_CODE: app_send_code(a, m->payload, m->len, "camera"); break;
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
		app_send_time(a);
		app_send_code(a, code->payload, code->len, "wedge");
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
			app_send(a, &(struct msg){.kind = MSG_PROBLEM, .problem = PROBLEM_SPEECH, .text = why});
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
		app_send(a, &(struct msg){.kind = MSG_KEPT, .text = problem});
	}
}

void app_take_all(struct app *a) {
	take_desk(a);
	app_take_found(a);
	take_for_staff(a);
	take_transports(a);
	take_print(a);
	take_self_test(a);
	take_scans(a);
	take_speech(a);
	take_kept(a);
}
