#include "kiosk/screens/view.h"

#include <string.h>

#include "base/str.h"

int view_margin(const struct view *v) { return len(v->pen.theme, v->pen.theme->portrait ? EDGE_SIDE_UPRIGHT : EDGE_SIDE); }

void view_fill_count(struct strbuf *out, const char *pattern, int64_t n) {
	static const char number[] = "{n} ", no_break[] = "\xC2\xA0";
	const char *at = strstr(pattern, number);
	if (at == NULL) {
		words_fill_number(out, pattern, n);
		return;
	}
	struct strbuf kept = {0};
	const char *counted = at + strlen(number);
	strbuf_add(&kept, pattern, (size_t)(counted - 1 - pattern));
	strbuf_addf(&kept, "%s%s", no_break, counted);
	words_fill_number(out, strbuf_str(&kept), n);
	strbuf_fini(&kept);
}

const struct session *view_session_at(const struct view *v, int index) { return &v->model->event->sessions.items[index].session; }

int view_session_by_id(const struct view *v, const char *id) {
	const struct sessions *list = &v->model->event->sessions;
	for (size_t i = 0; id[0] != '\0' && i < list->count; i++) {
		if (str_eq(list->items[i].id, id)) {
			return (int)i;
		}
	}
	return -1;
}

uint32_t view_colour(const struct view *v, int session) {
	const char *own = session_text(view_session_at(v, session), SESSION_COLOUR);
	return theme_track_colour(v->pen.theme, own, v->model->event->track[session]);
}

/* "Still there? 20": one touch anywhere goes on. It lies on the head, as what somebody types, and the keys, are what is still wanted; on all of it, as half a title
 * says nothing, and no button in it does anything now. */
static void draw_countdown(const struct view *v, int seconds) {
	const struct theme *t = v->pen.theme;
	struct strbuf text = {0};
	words_fill_one(&text, T(v, "Still there? {seconds}"), "seconds", str_number(seconds).text);
	int high = len(t, QUESTION_HIGH), middle = len(t, HEAD_TOP) + len(t, HEAD_BUTTON_HIGH) / 2;
	struct box box = {view_margin(v), middle - high / 2, t->width - 2 * view_margin(v), high};
	draw_fill(v->pen.list, box, len(t, ROUND_QUESTION), hue(t, AMBER));
	label_draw(&v->pen, box_inset(box, len(t, QUESTION_INSIDE)),
		   &(struct label){.text = strbuf_str(&text),
				   .role = TYPE_TITLE,
				   .colour = hue(t, INK),
				   .align = ALIGN_CENTRE,
				   .lines = 1,
				   .middle = true});
	draw_touch(v->pen.list, (struct box){0, 0, t->width, t->height}, ACTION_STILL_HERE, 0);
	strbuf_fini(&text);
}

void view_draw(const struct model *model, const struct theme *theme, const struct metrics *metrics, struct draw_list *list) {
	const struct screen *screen = model->screens[model_top(model)];
	struct view v = {.pen = {list, theme, metrics}, .model = model, .tongue = {model->words, model_language(model)}};
	draw_reset(list);
	list->background = hue(theme, PAPER);
	list->owner = screen;
	screen->draw(&v);
	int seconds = model_countdown(model);
	if (seconds > 0) {
		draw_countdown(&v, seconds);
	}
}
