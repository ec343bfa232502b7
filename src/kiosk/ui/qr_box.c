#include "kiosk/ui/qr_box.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "paper/qr.h"

#define WHITE_PAPER 0xffffff /* cameras need the contrast, not the style */
#define BLACK_INK 0x000000

static int smaller(struct box box) { return box.w < box.h ? box.w : box.h; }

/* Pixels of one of its modules. */
static int module_in(const struct qr_matrix *qr, int side) { return side / (qr->side + 2 * QR_QUIET); }

struct qr_matrix *qr_box_make(const char *text, const struct qr_room *room) {
	static const enum qr_level levels[] = {QR_LEVEL_M, QR_LEVEL_L}; /* a screen is neither torn nor soiled */
	struct qr_matrix *qr = xcalloc(1, sizeof *qr);
	int least = room->module_least > 1 ? room->module_least : 1;
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		struct err ignored = {0};
		if (qr_encode(qr, text, strlen(text), levels[i], &ignored) && module_in(qr, room->side) >= least &&
		    (room->version_most == 0 || qr_version(qr) <= room->version_most)) {
			return qr;
		}
	}
	free(qr);
	return NULL;
}

void qr_box_put(const struct pen *pen, struct box box, const struct qr_matrix *qr) {
	int module = module_in(qr, smaller(box)), all = module * (qr->side + 2 * QR_QUIET);
	struct box card = {box.x + (box.w - all) / 2, box.y + (box.h - all) / 2, all, all};
	draw_fill(pen->list, card, len(pen->theme, ROUND_CARD) < module * 3 ? len(pen->theme, ROUND_CARD) : module * 3, WHITE_PAPER);
	draw_modules(pen->list, (struct pixel){card.x + QR_QUIET * module, card.y + QR_QUIET * module}, qr, module, BLACK_INK);
}

struct qr_matrix *qr_box_fit(const struct theme *theme, const char *text, int side, int least) {
	struct qr_room room = {.side = side, .module_least = len(theme, QR_MODULE)};
	room.module_least = room.module_least > least ? room.module_least : least;
	struct qr_matrix *qr = qr_box_make(text, &room);
	if (qr == NULL && room.module_least > least) {
		room.module_least = least;
		qr = qr_box_make(text, &room);
	}
	return qr;
}

bool qr_box_draw(const struct pen *pen, struct box box, const char *text) {
	struct qr_matrix *qr = qr_box_fit(pen->theme, text, smaller(box), 1);
	if (qr != NULL) {
		qr_box_put(pen, box, qr);
	}
	free(qr);
	return qr != NULL;
}
