#include "kiosk/ui/reach.h"

/* The shapes that screens are laid out for: on their side 16:9 to 4:3, upright 10:16 and slimmer. A part that is neither, being nearly square, lies on its side. */
#define FLATTEST (16.0 / 9)
#define LEAST_FLAT (4.0 / 3)
#define WIDEST_UPRIGHT (10.0 / 16)

struct box reach_place(const struct reach *r) {
	double bottom = r->bottom_mm > 0 ? r->bottom_mm : REACH_USUAL_MM;
	double most = REACH_MOST_MM - bottom;
	most = most > REACH_LEAST_MM ? most : REACH_LEAST_MM;
	int high = (int)(most * r->px_per_mm);
	int wide = high * FLATTEST < r->width ? (int)(high * FLATTEST) : r->width;
	if (high < r->height && wide < high * LEAST_FLAT && wide > high * WIDEST_UPRIGHT) {
		high = (int)(wide / LEAST_FLAT);
	}
	bool small = (wide < high ? wide : high) < (int)(REACH_LEAST_MM * r->px_per_mm);
	if (high >= r->height || small) {
		return (struct box){0, 0, r->width, r->height};
	}
	return (struct box){(r->width - wide) / 2, r->height - high, wide, high};
}
