/* A QR code on the screen, for a telephone's camera. */
#ifndef TURNOUT_KIOSK_UI_QR_BOX_H
#define TURNOUT_KIOSK_UI_QR_BOX_H

#include "kiosk/ui/widget.h"

struct qr_matrix;

struct qr_room {
	int side;         /* pixels of the square there is */
	int module_least; /* pixels: a telephone reads no finer ones from the glass */
	int version_most; /* 0: any */
};
/* The code with the better correction that fits, else the one with less; NULL: none does. For free(). */
struct qr_matrix *qr_box_make(const char *text, const struct qr_room *room);
/* The same as coarse as QR_MODULE has it where that fits, else as fine as `least` pixels a module. */
struct qr_matrix *qr_box_fit(const struct theme *theme, const char *text, int side, int least);
/* Dark on white whatever the style, with its quiet zone, in whole pixels, in the middle of the box. */
void qr_box_put(const struct pen *pen, struct box box, const struct qr_matrix *qr);

/* Both at once, as fine as it must be but in modules of QR_MODULE where it can. Draws nothing, and returns false, where the text fits no code or a module
 * would be smaller than a pixel. */
bool qr_box_draw(const struct pen *pen, struct box box, const char *text);

#endif
