#include "kiosk/screens/agenda_code.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"
#include "event/calendar_text.h"
#include "kiosk/ui/qr_box.h"

#define ENTRIES_MAX 16  /* a code holds fewer */
#define BYTES_MOST 1273 /* of version 25 with the least correction: what is longer is not tried, as that takes as long as a picture may */

/* False: there are none, or more than any code holds. */
static bool add_calendar(const struct view *v, const struct agenda_wish *wish, struct strbuf *out) {
	const struct kiosk_event *event = v->model->event;
	struct calendar_entry entries[ENTRIES_MAX];
	size_t count = 0;
	for (size_t i = 0; i < event->sessions.count; i++) {
		const struct session_row *row = &event->sessions.items[i];
		if (row->session.cancelled || row->session.when.end.v <= v->model->now.v || !wish->wanted(v, wish->context, (int)i)) {
			continue;
		}
		if (count == ENTRIES_MAX) {
			return false;
		}
		entries[count++] = (struct calendar_entry){&row->session, row->id};
	}
	if (count > 0) {
		calendar_text_of(entries, count, event->place, out);
	}
	return count > 0;
}

void agenda_code_make(const struct view *v, const struct agenda_wish *wish, struct agenda_code *out) {
	const char *link = v->model->event->agenda_url;
	struct qr_room room = {.side = wish->side, .module_least = len(v->pen.theme, QR_MODULE), .version_most = AGENDA_CODE_VERSION_MOST};
	*out = (struct agenda_code){0};
	bool any = !str_empty(link);
	if (any) {
		strbuf_adds(&out->text, link);
	} else if (wish->wanted != NULL) {
		any = add_calendar(v, wish, &out->text);
	}
	out->qr = any && out->text.len <= BYTES_MOST ? qr_box_make(strbuf_str(&out->text), &room) : NULL;
}

void agenda_code_fini(struct agenda_code *code) {
	strbuf_fini(&code->text);
	free(code->qr);
	*code = (struct agenda_code){0};
}

void agenda_code_draw(const struct view *v, struct box box, const struct agenda_code *code, bool beside) {
	const struct theme *t = v->pen.theme;
	int air = len(t, GAP_TIGHT);
	bool link = !str_empty(v->model->event->agenda_url);
	struct label label = {.text = link ? T(v, "The programme on your phone: point its camera here")
					   : T(v, "These sessions for your calendar: point your phone here"),
			      .role = beside ? TYPE_STRONG : TYPE_SECOND,
			      .colour = hue(t, INK),
			      .align = beside ? ALIGN_LEFT : ALIGN_CENTRE,
			      .lines = 4};
	draw_fill(v->pen.list, box, len(t, ROUND_PANEL), hue(t, CARD));
	struct box inner = box_inset(box, air);
	int side = inner.w < inner.h ? inner.w : inner.h;
	qr_box_put(&v->pen, (struct box){inner.x, inner.y, side, side}, code->qr);
	if (beside) {
		int x = inner.x + side + len(t, GAP_PARTS);
		label.middle = true;
		label_draw(&v->pen, (struct box){x, inner.y, inner.x + inner.w - air - x, side}, &label);
	} else {
		label_draw(&v->pen, (struct box){inner.x + air, inner.y + side, inner.w - 2 * air, inner.h - side}, &label);
	}
}
