/* A QR code on the screen, for a telephone's camera. */
#ifndef TURNOUT_KIOSK_UI_QR_BOX_H
#define TURNOUT_KIOSK_UI_QR_BOX_H

#include "kiosk/ui/widget.h"

/* Dark on white whatever the style, with its quiet zone, in whole pixels, in the middle of the box. Draws nothing, and returns false, where the text fits no code or a module would
 * be smaller than a pixel. */
bool qr_box_draw(const struct pen *pen, struct box box, const char *text);

#endif
