/* Whom the event thanks: their logos, by what they do for it, and what they want to be said, in the visitor's language. */
#include "base/alloc.h"
#include "base/str.h"
#include "event/credit.h"
#include "kiosk/screens/credits_parts.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/text_pages.h"

enum {
	CREDITS_PAGE = ACTION_OWN, /* argument: which one, of the texts */
};

struct credits_screen {
	int page;
};

static struct credits_screen *mine(const struct model *m) { return model_state(m, SCREEN_CREDITS); }

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)argument;
	(void)effects;
	*mine(m) = (struct credits_screen){0};
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	(void)effects;
	if (msg->action == CREDITS_PAGE) {
		mine(m)->page = (int)msg->argument;
	}
	return msg->action == CREDITS_PAGE;
}

/* Logos that have no room beside each other take turns. */
static int64_t deadline(const struct model *m) {
	int64_t turn = m->style->timing.turn_ms;
	return m->event != NULL && m->event->logos.count > 1 ? (m->ms / turn + 1) * turn : INT64_MAX;
}

static void draw(const struct view *v) {
	struct box room = part_head(v, T(v, "With thanks to"));
	struct strbuf said = {0};
	struct box words = part_credits_beside(v, room, &said);
	if (words.h > 0) {
		part_text(v, words, strbuf_str(&said), mine(v->model)->page, CREDITS_PAGE);
	}
	strbuf_fini(&said);
}

/* What somebody reads there is nothing of theirs. */
static enum idling idling(const struct model *m) {
	(void)m;
	return IDLING_QUIET;
}

const struct screen screen_credits = {
	.name = "credits",
	.state = sizeof(struct credits_screen),
	.enter = enter,
	.act = act,
	.deadline = deadline,
	.idling = idling,
	.draw = draw,
};
