/* Whom an event thanks: funders, implementers, partners, with the logo, the sentence and the disclaimer that they ask for. The same on the kiosk, on
 * badges and on papers.
 *
 * A credit is a flat object of texts, as its edits set them (store/view/credit.h):
 *
 *     group                   funder, implementer, partner
 *     order                   a number; within their group credits stand by it, then by their keys
 *     name, name:uk           who they are
 *     sentence, sentence:uk   what they want to be said: "Funded by …"
 *     disclaimer, …           what they do not want to be held to
 *     logo                    the SHA-256 of the file among the event's (store/view/asset.h)
 *     screen                  the same as a PNG of CREDIT_SCREEN_WIDE x CREDIT_SCREEN_HIGH pixels at most: what screens show, as an SVG may take
 *                             any time and memory to be drawn
 *     min_width, min_height   mm: it is never shown smaller
 *     clear                   per cent of its height that stay free on each side of it (25) */
#ifndef TURNOUT_EVENT_CREDIT_H
#define TURNOUT_EVENT_CREDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"

enum credit_group { CREDIT_FUNDER, CREDIT_IMPLEMENTER, CREDIT_PARTNER, CREDIT_GROUPS };
const char *credit_group_word(enum credit_group group); /* "funder", … */

#define CREDIT_SCREEN_WIDE 800
#define CREDIT_SCREEN_HIGH 400
#define CREDITS_MAX 40
#define CREDIT_KEY_MAX 32          /* a-z, 0-9 and - */
#define CREDIT_NAME_MAX 200        /* bytes in one language */
#define CREDIT_SENTENCE_MAX 600    /* likewise */
#define CREDIT_DISCLAIMER_MAX 2000 /* likewise */
#define CREDITS_SAID_MAX 8000      /* characters of all sentences and disclaimers in one language: more stand on no pages of a screen */
#define CREDIT_MM_MAX 200
#define CREDIT_CLEAR_MAX 200 /* per cent */
#define CREDIT_CLEAR 25      /* … where none is set */

struct credit {
	char *key;
	struct json *set; /* owned: the object above */
	enum credit_group group;
	int64_t order;
	double min_w, min_h; /* mm; 0: any */
	double clear;        /* of its height */
	const char *logo;    /* the file's SHA-256, in `set`; NULL: none */
	const char *screen;  /* likewise of the one for screens */
};

struct credits { /* a zeroed one is empty; for credits_fini */
	struct credit *items;
	size_t count, cap;
};

void credits_fini(struct credits *credits);
/* Adds one, of however many; `set` is theirs from here on. What it says wrongly counts as not said, as another program may have written it; one without a group is a
 * partner. False for a key that is none: then `set` is freed. */
bool credits_add(struct credits *credits, const char *key, struct json *set);
/* By group, order, key. Beyond CREDITS_MAX they are left out, the last ones, as two laptops may have added many while apart; returns how many. */
size_t credits_sort(struct credits *credits);
int credits_find(const struct credits *credits, const char *key); /* or -1 */
int64_t credits_next_order(const struct credits *credits);        /* behind all, with room between */

/* ERR_USAGE says what a key may be, and what of the object is wrong. */
bool credit_key_check(const char *key, struct err *err) TURNOUT_MUST_CHECK;
bool credit_check(const char *key, const struct json *set, struct err *err) TURNOUT_MUST_CHECK;

/* "name", "sentence", "disclaimer" in that language, else another; NULL: there is none. */
const char *credit_words(const struct credit *credit, const char *member, const char *language);

/* Are they, with all that they want to be said, not too much for a screen? ERR_USAGE. */
bool credits_check(const struct credits *credits, struct err *err) TURNOUT_MUST_CHECK;

/* --- logos side by side ------------------------------------------------------------------------------------------------------------------ */

/* Lengths in whatever unit the caller draws in. */
struct credit_logo {
	double aspect;       /* width over height */
	double min_w, min_h; /* it is never drawn smaller */
	double clear;        /* of its height, on each side */
};
struct credit_place {
	double x, y, w, h; /* from the row's top left corner; w 0: the row has no room for it, however small the others are */
};
struct credit_row {
	double width, height;
	double least; /* the area that each has where the row is high enough: who asks for nothing is no dot beside who does */
	double most;  /* the area of one at most; 0: as large as it goes */
};
/* Places logos in a row, from its left edge, each in the middle of its height: as large as the room allows, all of (nearly) the same area, since a wide one
 * looks larger than a square one of its height. Returns how many it took, from the first on: the others need another row. What is too large for
 * any row like this is taken with w 0. At least one is taken. */
size_t credit_row(const struct credit_row *row, const struct credit_logo *logos, size_t count, struct credit_place *out);

#endif
