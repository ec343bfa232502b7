/* A line of text parted into runs, each of one direction, one script and one font, in the order in which they are seen. Pure: fonts are asked for
 * through a function. */
#ifndef TURNOUT_KIOSK_SDL_RUNS_H
#define TURNOUT_KIOSK_SDL_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text_run {
	size_t first, n; /* bytes of the text: whole grapheme clusters */
	int font;        /* as the function chose */
	uint32_t script; /* four letters of ISO 15924 in one number, as HarfBuzz has them ("Arab"); "Zyyy" where the line has no letters */
	uint8_t level;   /* of Unicode's bidirectional algorithm: odd runs are read from the right to the left */
};

#define TEXT_RUNS_MAX \
	64 /* of a line, which ends in a longer run when it has more: what changes script and direction so often is no language */

struct text_runs {              /* a zeroed struct is an empty list */
	struct text_run *items; /* from the left to the right, as they are drawn */
	size_t count, cap;
};

/* A grapheme cluster: what a reader takes for one letter. */
struct cluster {
	const char *text;
	size_t n;
	uint32_t script; /* its own, or that of its neighbours where it has none */
	int before;      /* the font of the cluster before it, -1: there is none */
};

struct run_fonts {
	void *context;
	int (*choose)(void *context, const struct cluster *cluster); /* >= 0 */
};

/* The n bytes are valid UTF-8 without line ends. The line runs in the direction of its first letter that has one, else from the left. */
void runs_split(struct text_runs *runs, const char *text, size_t n, const struct run_fonts *fonts);
void runs_fini(struct text_runs *runs);

/* Of a script whose letters stand beside each other from the left to the right, or of none: Latin, Cyrillic, Greek, digits, signs. */
bool runs_is_plain(uint32_t character);

#endif
