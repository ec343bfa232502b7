/* Labels and the paper they come out on: which sizes there are, what a printer says is in it, which of that a label takes, and whether it has to be
 * turned for it. Pure.
 *
 * Lengths of media are hundredths of a millimetre, as IPP has them (PWG 5100.7, media-col); a medium's x is across the feed, whichever side is longer. */
#ifndef TURNOUT_PAPER_LABEL_MEDIA_H
#define TURNOUT_PAPER_LABEL_MEDIA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "paper/canvas.h"

/* label62: tape, 62 mm wide and as long as what stands on it; the others are cut. */
enum label_size { LABEL_62, LABEL_29X90, LABEL_54X101, LABEL_A6, LABEL_SIZE_COUNT };

struct label_spec {
	const char *name;     /* "62", "29x90", "54x101", "a6" */
	int width, height;    /* as it is read: of 29x90 9000 and 2900. Of tape the height is the least */
	int most;             /* of tape: how long a label may become; else 0 */
	const char *in_words; /* "29 x 90 mm" */
};
const struct label_spec *label_spec(enum label_size size);
/* "62", "29x90", "29x90mm", "A6", …; false, and *out untouched, for anything else. */
bool label_size_parse(const char *name, enum label_size *out);

#define LABEL_MEDIUM_NAME_MAX 80
#define LABEL_MEDIA_MAX 128

struct label_medium {
	char name[LABEL_MEDIUM_NAME_MAX];   /* of PWG 5101.1; "": it was given by its size alone */
	char source[LABEL_MEDIUM_NAME_MAX]; /* the tray, as the printer calls it; "" */
	int x, y;                           /* of tape y is the least that is taken */
	int y_most;                         /* > 0: any length up to this */
	bool any;                           /* and any width up to x: what a queue may be told, not what lies in a tray */
	int left, top, right, bottom;       /* where it cannot print */
};

struct label_media {
	struct label_medium items[LABEL_MEDIA_MAX];
	size_t count;
};

/* "om_dk-29x90_29x90mm", "na_index-4x6_4x6in", "custom_62x100mm_62x100mm", "roll_max_62x1000mm", "iso_a6_105x148mm": false for a name without a size. */
bool label_medium_parse(const char *name, struct label_medium *out);
/* Pairs of custom_min_… and custom_max_… or roll_min_… and roll_max_… become one medium of any length, where they say how wide it may be. */
void label_media_add(struct label_media *media, const char *name);
/* "29 x 90 mm"; of tape "62 mm tape". Appends. */
void label_medium_words(const struct label_medium *medium, struct strbuf *out);

/* The same media in the same order. */
bool label_media_equal(const struct label_media *a, const struct label_media *b);

/* Where a label lies on a medium: lengths in mm from here on. */
struct label_place {
	struct label_medium medium;      /* as asked for: x and y are this page's */
	double page_w, page_h;           /* x and y of it */
	double width, height;            /* of the label, as it is read */
	bool turned;                     /* its top is at the page's right */
	double left, top, right, bottom; /* of the label, as it is read: where nothing can be printed */
};

/* Where something can be printed and is not cut off: label printers feed a millimetre off now and then. `more`: so much less on each side. */
struct mm_rect label_place_room(const struct label_place *place, double more);

/* The medium of that list that a label of this size fits; of several the nearest. `length`: of tape, how long it would be, in mm. False: there is none. */
bool label_choose(enum label_size size, double length, const struct label_media *media, struct label_place *out);
/* On paper of just that size, as it is loaded in the printers there are; for previews, and where a printer takes anything. */
void label_place_plain(enum label_size size, double length, struct label_place *out);

#endif
