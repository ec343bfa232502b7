/* What a screen draws with, and what all of them say in the same way. */
#ifndef TURNOUT_KIOSK_SCREENS_VIEW_H
#define TURNOUT_KIOSK_SCREENS_VIEW_H

#include "kiosk/model.h"
#include "kiosk/ui/widget.h"
#include "words/dates.h"

struct view {
	struct pen pen;
	const struct model *model;
	struct tongue tongue;
};

/* Texts in the view's language; xgettext knows these names. */
#define T(v, text) words_get((v)->tongue.words, (v)->tongue.language, text)
#define TC(v, context, text) words_get_in((v)->tongue.words, (v)->tongue.language, context, text)
#define TN(v, one, many, n) words_get_n((v)->tongue.words, (v)->tongue.language, one, many, n)

/* As words_fill_number, for lines that are broken: the number and what is counted stay on one. */
void view_fill_count(struct strbuf *out, const char *pattern, int64_t n);

/* Draws the model's present screen into the (emptied) list. */
void view_draw(const struct model *model, const struct theme *theme, const struct metrics *metrics, struct draw_list *list);

/* From the edge of the screen to what stands on it, pixels. */
int view_margin(const struct view *v);

/* A session of the event, by its index, and the colour of its track. */
const struct session *view_session_at(const struct view *v, int index);
int view_session_by_id(const struct view *v, const char *id); /* its index, or -1 */
uint32_t view_colour(const struct view *v, int session);

#endif
