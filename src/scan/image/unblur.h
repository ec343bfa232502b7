/* Takes back what a lens out of focus, or movement while a picture was exposed, did to it. Takes long: for parts of pictures. Pure. */
#ifndef TURNOUT_SCAN_IMAGE_UNBLUR_H
#define TURNOUT_SCAN_IMAGE_UNBLUR_H

#include "scan/image/filters.h"
#include "scan/image/geometry.h"

#define UNBLUR_SMEAR_MAX 26 /* pixels */

/* How far what the picture shows moved along `way`, a direction of length 1, while it was exposed: up to `most` pixels. 0: not so far that it can be
 * told, or not that way; of a symbol that is not smeared it may be the size of its modules. What was drawn out to a length differs from its neighbours
 * along it with the other sign just there: that is where these differences correlate least with themselves (Yitzhaky and Kopeika, Identification of
 * blur parameters from motion blurred images, 1997). */
float unblur_smear_length(const struct image *image, struct point way, float most);

/* Room to work in; a zeroed one is fine, and for unblur_fini. */
struct unblur {
	float *from, *across;
	size_t cap;
	struct filtered out;
};
void unblur_fini(struct unblur *u);

/* The picture as it was before, with less contrast, as what comes back reaches beyond what was there: by Wiener's filter (Gonzalez and Woods, Digital
 * Image Processing, 5.8), for a box along a line as long as the way `by`, in pixels, … */
const struct image *unblur_smear(struct unblur *u, const struct image *image, struct point by, const struct deadline *deadline);
/* … and for a round blur. What is there is undefined when time was over. */
struct unblur_lens {
	float deviation; /* of its normal distribution, pixels */
	float noise;     /* the share of the picture's power that is noise: the more the less is taken back */
};
const struct image *unblur_lens(struct unblur *u, const struct image *image, const struct unblur_lens *lens,
				const struct deadline *deadline);

#endif
