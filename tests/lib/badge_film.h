/* Films of a badge that is held before a camera, computed: a pinhole camera of 65 degrees (across), a card of 2 cm to 6 cm of QR code 10 cm to 60 cm
 * away, paper and ink in linear light, sixteen looks a pixel spread over its area and over the time of exposure, focus, highlights, the
 * sensor's noise, and gamma. All of it comes from one seed: the same film on every machine, its frames in any order. */
#ifndef TURNOUT_TESTS_LIB_BADGE_FILM_H
#define TURNOUT_TESTS_LIB_BADGE_FILM_H

#include "scan/image/geometry.h"
#include "scan/image/image.h"

#define BADGE_FILM_RATE 30 /* frames a second */
#define BADGE_FILM_FRAMES 60
#define BADGE_FILM_TEXT_MAX 200

enum badge_story {
	STORY_STILL,   /* comes in from the side and is held before the camera */
	STORY_TILT,    /* … and turned about, up to 50 degrees */
	STORY_MOTION,  /* is swung to and fro, never still */
	STORY_FOCUS,   /* the lens looks for its focus */
	STORY_GLARE,   /* glossy: a highlight wanders over it */
	STORY_DARK,    /* low light: noise, and long exposure */
	STORY_FAR,     /* few pixels a module, and noise */
	STORY_COMING,  /* from far away to near by */
	STORY_PASSING, /* comes in and is gone after a third of a second */
	STORY_CLOSE,   /* too close, partly out of the picture, then drawn back */
	STORY_COUNT
};

struct badge_film;

struct badge_film_options {
	enum badge_story story;
	int width, height; /* pixels */
	uint64_t seed;
	const char *text; /* of the code; NULL: one for a version from 1 to 7, by the seed */
};

struct badge_film *badge_film_open(const struct badge_film_options *options);
void badge_film_close(struct badge_film *film);

const char *badge_story_name(enum badge_story story);
const char *badge_film_text(const struct badge_film *film);
int badge_film_version(const struct badge_film *film);

struct badge_frame {
	struct point corners[4]; /* of the code: upper left, upper right, lower right, lower left, pixels */
	float module;            /* pixels: the mean side of a module */
	float smear;             /* pixels that its middle moves while the frame is exposed */
	bool whole;              /* all of it lies in the picture */
};
/* Paints frame `number` into `out`, which has the film's size; says where the code is in it. */
void badge_film_paint(const struct badge_film *film, int number, struct image *out, struct badge_frame *frame);

#endif
