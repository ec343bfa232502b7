/* Screens: each is a function from the model to draw commands. */
#ifndef TURNOUT_KIOSK_SCREENS_SCREEN_H
#define TURNOUT_KIOSK_SCREENS_SCREEN_H

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

/* Draws the model's present screen into the (emptied) list. */
void screen_draw(const struct model *model, const struct theme *theme, const struct metrics *metrics, struct draw_list *list);

/* The screens. */
void screen_start(const struct view *v);
void screen_agenda(const struct view *v);
void screen_day(const struct view *v);
void screen_session(const struct view *v);
void screen_result(const struct view *v);
void screen_help(const struct view *v);
void screen_type(const struct view *v);
void screen_clock(const struct view *v);
void screen_pin(const struct view *v);
void screen_staff(const struct view *v);
void screen_stick(const struct view *v);
void screen_camera(const struct view *v);

/* --- parts that several share --- */

/* The head of every screen but the first: back, title, languages. Returns what is left below. */
struct box part_head(const struct view *v, const char *title);
/* The room below a head in two: what is to be seen, and what can be done, beside it or, upright, below it. `share`: of the height that the first has then,
 * per cent. */
void part_two(const struct view *v, struct box room, int share, struct box out[2]);
/* The event's languages; right-aligned at `right`. Returns the left edge. */
int part_languages(const struct view *v, struct point right_top);
/* Day tabs, as many as fit, from `right` to the left or (left_to_right) from the left. Returns how much width they took. */
int part_days(const struct view *v, struct box room, bool from_left);
/* The line at the bottom. Returns its top. */
int part_status(const struct view *v);

/* One session as a card, for what runs now, and as a row. */
void part_session_card(const struct view *v, struct box box, int session);
void part_session_row(const struct view *v, struct box box, int session);
void part_session_start(const struct session *s, struct strbuf *out); /* "10:30" */
/* "10:30 – 11:15" */
void part_session_times(const struct view *v, const struct session *s, struct strbuf *out);

/* Brackets over the camera's picture that fills the box: around the code that is seen, else where one is expected. */
void part_brackets(const struct view *v, struct box picture);
/* What to tell somebody who holds a badge up that is not read; NULL: nothing. */
const char *part_advice(const struct view *v);

/* The dark panel that asks for a badge, with the camera's picture. */
void part_badge_panel(const struct view *v, struct box box);

uint32_t view_colour(const struct view *v, int session); /* of its track */
const struct session *view_session(const struct view *v, int index);
int margin(const struct view *v);

#endif
