#include "badge/credit_print.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

#define ROWS_MAX 2      /* of logos */
#define ROW_LEAST 4.0   /* mm: a row of logos that is lower shows none of them rightly */
#define LOGO_LEAST 16.0 /* square mm, where its owner asks for nothing */
#define EM_STEP 0.25    /* mm */
#define GAP 0.8         /* mm, between logos and words */

void credit_prints_fini(struct credit_prints *prints) {
	for (size_t i = 0; i < prints->credits.count; i++) {
		picture_close(prints->pictures[i]);
	}
	credits_fini(&prints->credits);
	*prints = (struct credit_prints){0};
}

/* --- words --------------------------------------------------------------------------------------------------------------------------------- */

static bool add_all(const struct credit_prints *prints, const char *member, struct strbuf *out) {
	size_t before = out->len;
	for (size_t i = 0; i < prints->credits.count; i++) {
		const char *text = credit_words(&prints->credits.items[i], member, prints->language);
		if (text != NULL) {
			strbuf_addf(out, "%s%s", out->len > 0 ? "\n" : "", text);
		}
	}
	return out->len > before;
}

/* Who has neither logo nor sentence is named; so is who has a logo that has no room (`left`; NULL: all have). */
static void add_names(const struct credit_prints *prints, const bool *left, struct strbuf *out) {
	bool first = true;
	for (size_t i = 0; i < prints->credits.count; i++) {
		const struct credit *c = &prints->credits.items[i];
		bool shown = prints->pictures[i] != NULL && (left == NULL || !left[i]);
		if (!shown && credit_words(c, "sentence", prints->language) == NULL) {
			strbuf_addf(out, "%s%s",
				    !first         ? " · "
				    : out->len > 0 ? "\n"
						   : "",
				    str_or_empty(credit_words(c, "name", prints->language)));
			first = false;
		}
	}
}

static char *words(const struct credit_prints *prints, const bool *left, enum credit_said said) {
	struct strbuf out = {0};
	if (said != SAID_NOTHING) {
		add_names(prints, left, &out);
		add_all(prints, "sentence", &out);
	}
	if (said == SAID_ALL) {
		add_all(prints, "disclaimer", &out);
	}
	return strbuf_detach(&out);
}

/* --- where it all goes ----------------------------------------------------------------------------------------------------------------------- */

static size_t collect(const struct credit_prints *prints, struct credit_logo *logos, size_t *which) {
	size_t n = 0;
	for (size_t i = 0; i < prints->credits.count; i++) {
		const struct credit *c = &prints->credits.items[i];
		if (prints->pictures[i] != NULL) {
			which[n] = i;
			logos[n++] = (struct credit_logo){picture_aspect(prints->pictures[i]), c->min_w, c->min_h, c->clear};
		}
	}
	return n;
}

/* Places as many as have room in so many rows of the height. Returns whether that is all. */
static bool place_logos(struct credit_strip *strip, const struct credit_prints *prints, double height, int rows) {
	struct credit_logo logos[CREDITS_MAX];
	struct credit_place places[CREDITS_MAX];
	size_t which[CREDITS_MAX] = {0}, n = collect(prints, logos, which), done = 0;
	const struct credit_row row = {.width = strip->box.w, .height = height / rows, .least = LOGO_LEAST};
	bool all = true;
	strip->count = 0;
	memset(strip->left.logos, 0, sizeof strip->left.logos);
	for (int r = 0; r < rows && done < n && row.height >= ROW_LEAST; r++) {
		size_t taken = credit_row(&row, logos + done, n - done, places);
		for (size_t i = 0; i < taken; i++) {
			const struct credit_place *p = &places[i];
			if (p->w == 0) {
				strip->left.logos[which[done + i]] = true;
				all = false;
				continue;
			}
			strip->logos[strip->count].credit = which[done + i];
			strip->logos[strip->count++].at =
				(struct mm_rect){strip->box.x + p->x, strip->box.y + r * row.height + p->y, p->w, p->h};
		}
		done += taken;
	}
	for (; done < n; done++) {
		strip->left.logos[which[done]] = true;
		all = false;
	}
	return all;
}

/* The height that the words take, at the most at that size; < 0: they have no room where they can be read. */
static double words_height(struct credit_strip *strip, struct canvas *c, double em, double most) {
	strip->text = (struct text_spec){
		.text = strip->words, .size_max = em, .size_min = CREDIT_EM_MIN, .width = strip->box.w, .height = most, .leading = 1.18};
	if (str_empty(strip->words)) {
		return 0;
	}
	struct text_size size = canvas_text_size(c, &strip->text);
	return size.size >= CREDIT_EM_MIN - 1e-6 && size.height <= most + 1e-6 ? size.height : -1;
}

struct trial {
	const bool *left; /* logos that will have no room; NULL: none */
	enum credit_said said;
	int rows;  /* of logos */
	double em; /* of the words at most */
};
enum fit { FITS_ALL, FITS_SOME_LOGOS, FITS_NOT };

/* Of words there is no less than was asked for, of logos perhaps. */
static enum fit try_with(struct credit_strip *strip, struct canvas *c, const struct credit_prints *prints, const struct trial *trial) {
	struct credit_logo logos[CREDITS_MAX];
	size_t which[CREDITS_MAX];
	bool has_logos = false;
	for (size_t i = 0, n = collect(prints, logos, which); i < n; i++) {
		has_logos = has_logos || trial->left == NULL || !trial->left[which[i]];
	}
	free(strip->words);
	strip->words = words(prints, trial->left, trial->said);
	double kept = has_logos ? ROW_LEAST + GAP : 0, high = words_height(strip, c, trial->em, strip->box.h - kept);
	if (high < 0) {
		return FITS_NOT;
	}
	double logos_high = strip->box.h - (high > 0 ? high + GAP : 0);
	strip->text.height = high;
	strip->text_at = (struct mm_point){strip->box.x, strip->box.y + (has_logos ? strip->box.h - high : (strip->box.h - high) / 2)};
	return !has_logos || place_logos(strip, prints, logos_high, trial->rows) ? FITS_ALL : FITS_SOME_LOGOS;
}

/* A wish less at a time: first the letters become smaller, then there are more rows, then fewer words. */
static bool find_room(struct credit_strip *strip, struct canvas *c, const struct credit_prints *prints, enum credit_said *said) {
	struct trial trial = {.left = NULL};
	for (int s = SAID_ALL; s >= SAID_NOTHING; s--) {
		trial.said = *said = (enum credit_said)s;
		for (trial.rows = 1; trial.rows <= ROWS_MAX; trial.rows++) {
			for (trial.em = CREDIT_EM_MAX; trial.em > CREDIT_EM_MIN - EM_STEP / 2; trial.em -= EM_STEP) {
				if (try_with(strip, c, prints, &trial) == FITS_ALL) {
					return true;
				}
			}
		}
	}
	return false;
}

void credit_strip_set(struct credit_strip *strip, struct canvas *c, const struct credit_prints *prints, struct mm_rect box) {
	enum credit_said said = SAID_NOTHING;
	struct strbuf ignored = {0};
	*strip = (struct credit_strip){.box = box};
	if (prints->credits.count == 0) {
		return;
	}
	if (!find_room(strip, c, prints, &said)) {
		/* Not all logos have room: the first ones, the names of the others, and what they want to be said if it can be read. */
		bool left[CREDITS_MAX];
		struct trial trial = {.said = SAID_NOTHING, .rows = 1, .em = CREDIT_EM_MIN};
		try_with(strip, c, prints, &trial);
		memcpy(left, strip->left.logos, sizeof left);
		trial.left = left;
		for (int s = SAID_ALL; s >= SAID_NOTHING; s--) {
			trial.said = said = (enum credit_said)s;
			if (try_with(strip, c, prints, &trial) != FITS_NOT && memcmp(left, strip->left.logos, sizeof left) == 0) {
				break;
			}
		}
	}
	add_names(prints, strip->left.logos, &ignored);
	strip->left.names = said == SAID_NOTHING && ignored.len > 0;
	strip->left.sentences = said == SAID_NOTHING && add_all(prints, "sentence", &ignored);
	strip->left.disclaimers = said != SAID_ALL && add_all(prints, "disclaimer", &ignored);
	strbuf_fini(&ignored);
}

void credit_strip_fini(struct credit_strip *strip) {
	free(strip->words);
	*strip = (struct credit_strip){0};
}

void credit_strip_draw(const struct credit_strip *strip, struct canvas *c, const struct credit_prints *prints, struct mm_point by,
		       uint32_t ink) {
	for (size_t i = 0; i < strip->count; i++) {
		struct mm_rect at = strip->logos[i].at;
		at.x += by.x;
		at.y += by.y;
		picture_draw(prints->pictures[strip->logos[i].credit], c, at, TEXT_LEFT);
	}
	if (!str_empty(strip->words)) {
		canvas_text(c, &strip->text, (struct mm_point){strip->text_at.x + by.x, strip->text_at.y + by.y}, ink);
	}
}
