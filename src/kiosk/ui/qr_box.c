#include "kiosk/ui/qr_box.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "paper/qr.h"

#define WHITE_PAPER 0xffffff /* cameras need the contrast, not the style */
#define BLACK_INK 0x000000

/* A run of dark modules in a row is one box. */
static void draw_row(const struct pen *pen, const struct qr_matrix *qr, int row, struct pixel at, int module) {
	for (int x = 0; x < qr->side;) {
		int end = x;
		while (end < qr->side && qr_dark(qr, end, row)) {
			end++;
		}
		if (end > x) {
			draw_fill(pen->list, (struct box){at.x + x * module, at.y, (end - x) * module, module}, 0, BLACK_INK);
		}
		x = end > x ? end : x + 1;
	}
}

bool qr_box_draw(const struct pen *pen, struct box box, const char *text) {
	struct qr_matrix *qr = xcalloc(1, sizeof *qr);
	struct err ignored = {0};
	bool fits = qr_encode(qr, text, strlen(text), QR_LEVEL_M, &ignored);
	int side = box.w < box.h ? box.w : box.h, module = fits ? side / (qr->side + 2 * QR_QUIET) : 0;
	if (module > 0) {
		int all = module * (qr->side + 2 * QR_QUIET);
		struct box card = {box.x + (box.w - all) / 2, box.y + (box.h - all) / 2, all, all};
		draw_fill(pen->list, card, len(pen->theme, ROUND_CARD) < module * 3 ? len(pen->theme, ROUND_CARD) : module * 3,
			  WHITE_PAPER);
		for (int y = 0; y < qr->side; y++) {
			draw_row(pen, qr, y, (struct pixel){card.x + QR_QUIET * module, card.y + (y + QR_QUIET) * module}, module);
		}
	}
	free(qr);
	return module > 0;
}
