#include "scan/camera/camera_watch.h"

#define GRID 64 /* samples across and down */
#define FAILURES_MAX 10

struct watch_look watch_look(const struct image *image) {
	struct watch_look look = {.hash = 0xcbf29ce484222325u}; /* FNV-1a, 64 bits */
	int64_t sum = 0;
	for (int i = 0; i < GRID; i++) {
		/* Each row begins elsewhere, so that no column of a sensor's fault decides. */
		const uint8_t *row = image->luma + (size_t)((int64_t)i * image->height / GRID) * image->stride;
		for (int k = 0; k < GRID; k++) {
			int x = (int)(((int64_t)k * GRID + (int64_t)i * 37 % GRID) * image->width / (GRID * GRID));
			look.hash = (look.hash ^ row[x]) * 0x100000001b3u;
			sum += row[x];
			look.brightest = row[x] > look.brightest ? row[x] : look.brightest;
		}
	}
	look.mean = (int)(sum / (GRID * GRID));
	return look;
}

void watch_opened(struct watch *w, int64_t now_ms) {
	w->heard_ms = w->changed_ms = now_ms;
	w->hash = 0;
	w->dark = false;
}

enum watch_verdict watch_frame(struct watch *w, const struct watch_look *look, int64_t now_ms) {
	bool dark = look->brightest <= WATCH_BLACK;
	int64_t patience = w->patience_ms == 0 ? WATCH_FROZEN_MS : w->patience_ms;
	w->heard_ms = now_ms;
	w->failures = 0;
	if (look->hash != w->hash && !(dark && w->dark)) {
		if (!dark && w->hash != 0) { /* it moves: whatever was wrong is over */
			w->patience_ms = 0;
		}
		w->changed_ms = now_ms;
	}
	w->hash = look->hash;
	w->dark = dark;
	if (now_ms - w->changed_ms < patience) {
		return WATCH_FINE;
	}
	w->patience_ms = patience * 2 > WATCH_FROZEN_MAX_MS ? WATCH_FROZEN_MAX_MS : patience * 2;
	return dark ? WATCH_DARK : WATCH_FROZEN;
}

enum watch_verdict watch_wait(const struct watch *w, int64_t now_ms) {
	return now_ms - w->heard_ms > WATCH_SILENT_MS ? WATCH_SILENT : WATCH_FINE;
}

int watch_retry_ms(struct watch *w, bool absent) {
	if (absent) {
		return WATCH_RETRY_MS;
	}
	int wait = WATCH_RETRY_MS << (w->failures < FAILURES_MAX ? w->failures : FAILURES_MAX);
	w->failures++;
	return wait > WATCH_RETRY_MAX_MS ? WATCH_RETRY_MAX_MS : wait;
}
