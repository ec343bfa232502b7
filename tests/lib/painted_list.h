/* What a draw list's filled boxes and codes look like, in grey: enough for a camera to read it. */
#ifndef TURNOUT_TESTS_LIB_PAINTED_LIST_H
#define TURNOUT_TESTS_LIB_PAINTED_LIST_H

#include "kiosk/ui/draw.h"
#include "scan/image/image.h"

/* The luma is new memory for free(). Corners are not rounded here. */
struct image painted_list(const struct draw_list *list, int width, int height);

#endif
