#include "kiosk/keeper.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/str.h"

#define CONTRAST_LEAST 40 /* per cent of light: grey words on white keep 7:1 beside what a room throws onto the glass (WCAG 2.1) */

bool keeper_open(struct keeper *k, mailbox_wake *wake, void *context, struct err *err) {
	*k = (struct keeper){.brightness = 0};
	return device_worker_open(wake, context, &k->worker, err);
}

void keeper_close(struct keeper *k) {
	device_worker_close(k->worker);
	*k = (struct keeper){.brightness = 0};
}

void keeper_keep(struct keeper *k, const struct device_change *changes, size_t count) {
	k->not_taken = !device_worker_keep(k->worker, changes, count) || k->not_taken;
}

/* That there is no backlight is told once. */
static void take_light(struct keeper *k, const struct device_message *m) {
	if (!m->lit && !k->dark) {
		log_info("kiosk", "the picture is dimmed instead of the panel: %s", m->text);
	}
	k->dark = !m->lit;
}

bool keeper_take(struct keeper *k, char problem[ERR_TEXT_MAX]) {
	if (k->not_taken) {
		k->not_taken = false;
		return str_copy(problem, ERR_TEXT_MAX, "too many wait for the disk");
	}
	struct device_message *m;
	bool kept = false;
	while (!kept && (m = device_worker_take(k->worker)) != NULL) {
		kept = m->kind == DEVICE_KEPT;
		if (kept) {
			str_copy(problem, ERR_TEXT_MAX, m->text);
		} else {
			take_light(k, m);
		}
		free(m);
	}
	return kept;
}

int keeper_light(struct keeper *k, int wanted, bool high_contrast) {
	if (wanted != 0 && wanted != k->brightness && device_worker_light(k->worker, wanted)) {
		k->brightness = wanted;
	}
	int light = wanted == 0 || !k->dark ? 100 : wanted;
	return high_contrast && light < CONTRAST_LEAST ? CONTRAST_LEAST : light;
}
