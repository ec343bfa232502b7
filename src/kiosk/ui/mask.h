/* Shapes as coverage: how much of each pixel lies inside, 0-255, from signed distances. Pure. */
#ifndef TURNOUT_KIOSK_UI_MASK_H
#define TURNOUT_KIOSK_UI_MASK_H

#include <stdint.h>

#include "kiosk/ui/draw.h"

struct mask {
	int w, h;
	uint8_t *alpha; /* rows of w bytes; for mask_fini */
};

void mask_fini(struct mask *mask);

/* The top left quarter of a disc of that radius; with width > 0 of a ring. */
struct mask mask_corner(int radius, int width);
/* A stroke, arc or polygon of a draw list, in its own box. */
struct mask mask_shape(const struct draw_list *list, const struct draw_command *command);

#endif
