/* Please sign here: a sheet for a finger, for who arrives where the event asks for signatures, and as the last page of the form. Who cannot sign is signed for by
 * staff; nobody is kept out for it, as whoever arrives is in already. */
#include "kiosk/screens/sign.h"

#include "base/str.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/walkin_end.h"
#include "kiosk/screens/walkin_state.h"
#include "kiosk/ui/ink.h"

#define LEAST (HANDWRITING_UNIT / 8) /* a shorter way is a tap, or a slip */
#define SHEET_HIGH 40                /* of its width, per cent, at most: a signature is a line */
#define SHEET_HIGH_UPRIGHT 75        /* a finger needs the room where the sheet is narrow */

enum {
	SIGN_SHEET = ACTION_OWN, /* a finger is on it */
	SIGN_CLEAR,
	SIGN_STAFF,
	SIGN_DONE,
	SIGN_WITHOUT,
};

struct sign {
	enum sign_for purpose;
	struct ink ink;
	bool little; /* Done was touched, and nothing to speak of stands there */
	bool sent, failed;
	int64_t sent_ms;
};

static struct sign *mine(const struct model *m) { return model_state(m, SCREEN_SIGN); }

static void enter(struct model *m, int64_t argument, struct effects *effects) {
	(void)effects;
	ink_wipe(&mine(m)->ink);
	*mine(m) = (struct sign){.purpose = (enum sign_for)argument};
}

static void leave(struct model *m) {
	ink_wipe(&mine(m)->ink);
	*mine(m) = (struct sign){0};
	m->signer = (struct signer){0};
}

/* --- what is done ------------------------------------------------------------------------------------------------------------------------ */

/* It is the form that waits for what becomes of it. `signature` NULL: they go on without. */
static void end_form(struct model *m, const struct visitor_signed *signature, struct effects *effects) {
	walkin_send(m, signature, effects);
	model_back(m);
}

static void send(struct model *m, const struct visitor_signed *signature, struct effects *effects) {
	struct sign *s = mine(m);
	if (s->purpose == SIGN_WALKIN) {
		end_form(m, signature, effects);
		return;
	}
	s->sent = true;
	s->failed = false;
	s->sent_ms = m->ms;
	struct visitor *visitor = visitor_new();
	str_copy(visitor->person, sizeof visitor->person, m->signer.person);
	visitor_sign(visitor, signature->by, signature->hand);
	effects_put(effects, &(struct effect){.kind = EFFECT_VISITOR, .visitor = visitor});
}

void sign_for_them(struct model *m, struct effects *effects) {
	if (!mine(m)->sent) {
		send(m, &(struct visitor_signed){.by = SIGNED_BY_STAFF}, effects);
	}
}

/* Whoever signs does so for somebody under age. */
static bool is_guardian(const struct model *m) { return mine(m)->purpose == SIGN_WALKIN ? walkin_is_minor(m) : m->signer.minor; }

static void done(struct model *m, struct effects *effects) {
	struct sign *s = mine(m);
	if (handwriting_length(&s->ink.hand) < LEAST) {
		s->little = true;
		effects_chime(effects, CHIME_SOFT);
		return;
	}
	send(m, &(struct visitor_signed){.by = is_guardian(m) ? SIGNED_BY_GUARDIAN : SIGNED_BY_SELF, .hand = &s->ink.hand}, effects);
}

/* Where it is asked and not required; who arrives is in already, so they just go. */
static void go_without(struct model *m, struct effects *effects) {
	if (m->event->signature == SIGNATURE_REQUIRED) {
		return;
	}
	if (mine(m)->purpose == SIGN_WALKIN) {
		end_form(m, NULL, effects);
	} else {
		model_go_home(m, effects);
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	struct sign *s = mine(m);
	if (msg->action < SIGN_SHEET || msg->action > SIGN_WITHOUT) {
		return s->sent && msg->action == ACTION_BACK; /* it is being written: there is no way back from that */
	}
	if (s->sent) {
		return true;
	}
	switch (msg->action) {
	case SIGN_CLEAR:
		ink_wipe(&s->ink);
		s->little = false;
		break;
	case SIGN_STAFF: model_open(m, SCREEN_PIN, PIN_FOR_SIGNATURE, effects); break;
	case SIGN_DONE: done(m, effects); break;
	case SIGN_WITHOUT: go_without(m, effects); break;
	default: break;
	}
	return true;
}

static void drag(struct model *m, const struct msg *msg, struct effects *effects) {
	struct sign *s = mine(m);
	const struct ink_at at = {msg->area, {msg->x, msg->y}, m->ms};
	(void)effects;
	if (s->sent) {
		return;
	}
	switch (msg->phase) {
	case FINGER_DOWN:
		if (msg->action == SIGN_SHEET) {
			s->little = false;
			ink_down(&s->ink, &at);
		}
		break;
	case FINGER_MOVE: ink_move(&s->ink, &at); break;
	case FINGER_UP: ink_up(&s->ink); break;
	}
}

static void told(struct model *m, struct msg *msg, struct effects *effects) {
	struct sign *s = mine(m);
	if (!s->sent || !model_shows(m, SCREEN_SIGN)) {
		return;
	}
	if (msg->kind == MSG_DESK && msg->desk->kind == DESK_SIGNED && str_eq(msg->desk->person, m->signer.person)) {
		if (msg->desk->kept) {
			effects_chime(effects, CHIME_SOFT);
			model_go_home(m, effects);
			return;
		}
		s->sent = false;
		s->failed = true;
		effects_chime(effects, CHIME_LOW);
	} else if (msg->kind == MSG_TIME && m->ms - s->sent_ms >= m->style->timing.answer_ms) {
		s->sent = false;
		s->failed = true;
	}
}

static int64_t deadline(const struct model *m) { return mine(m)->sent ? mine(m)->sent_ms + m->style->timing.answer_ms : INT64_MAX; }

/* --- drawing ------------------------------------------------------------------------------------------------------------------------------ */

static const char *hint(const struct view *v) {
	const struct sign *s = mine(v->model);
	return s->sent                 ? T(v, "One moment, please")
	       : s->failed             ? T(v, "That could not be saved. Please try again, or see our staff")
	       : is_guardian(v->model) ? T(v, "A parent or guardian signs here, with a finger")
	       : s->little             ? T(v, "Please write your name on the line")
				       : T(v, "Sign with your finger");
}

static void draw_sheet(const struct view *v, struct box sheet) {
	const struct theme *t = v->pen.theme;
	const struct sign *s = mine(v->model);
	int side = len(t, SIGN_LINE_SIDE);
	draw_fill(v->pen.list, sheet, len(t, ROUND_CARD), hue(t, CARD));
	draw_outline(v->pen.list, sheet, len(t, ROUND_CARD), len(t, LINE_HAIR), hue(t, INK));
	draw_fill(v->pen.list, (struct box){sheet.x + side, sheet.y + sheet.h * 3 / 4, sheet.w - 2 * side, len(t, LINE_HAIR)}, 0,
		  hue(t, HAIRLINE));
	draw_touch(v->pen.list, sheet, SIGN_SHEET, 0);
	ink_draw(&v->pen, sheet, &s->ink.hand, hue(t, INK));
}

static void draw_buttons(const struct view *v, struct box foot) {
	const struct theme *t = v->pen.theme;
	const bool without = v->model->event->signature != SIGNATURE_REQUIRED, two_rows = t->portrait;
	struct button buttons[4] = {{.text = T(v, "Clear"), .action = SIGN_CLEAR},
				    {.text = T(v, "Staff signs for me"), .action = SIGN_STAFF},
				    {.text = T(v, "Go on without"), .action = SIGN_WITHOUT},
				    {.text = T(v, "Done"), .icon = ICON_DONE, .action = SIGN_DONE, .filled = true, .colour = hue(t, TEAL)}};
	int count = 4, columns, gap = len(t, GAP_CLOSE);
	if (!without) {
		buttons[2] = buttons[3];
		count = 3;
	}
	columns = two_rows ? 2 : count;
	struct cells cells = {.columns = columns, .high = len(t, BUTTON_HIGH), .gap = gap};
	for (int i = 0; i < count; i++) {
		struct box box = box_cell(foot, &cells, i);
		if (i + 1 == count) { /* what is left of its row */
			box.w = foot.x + foot.w - box.x;
		}
		button_draw(&v->pen, box, &buttons[i]);
	}
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	const struct sign *s = mine(v->model);
	struct box room = part_head(v, T(v, "Please sign here"));
	const char *who = s->purpose == SIGN_WALKIN ? walkin_name(v->model) : v->model->signer.name;
	struct label label = {.text = who, .role = TYPE_HEAD, .colour = hue(t, INK), .lines = 2};
	struct box used = label_draw(&v->pen, room, &label);
	label = (struct label){
		.text = hint(v), .role = TYPE_SECOND, .colour = s->failed || s->little ? hue(t, RED) : hue(t, INK), .lines = 2};
	used = label_draw(&v->pen, box_below(room, used, len(t, GAP_TIGHT)), &label);
	int rows = t->portrait ? 2 : 1, high = rows * len(t, BUTTON_HIGH) + (rows - 1) * len(t, GAP_CLOSE);
	int y = used.y + used.h + len(t, GAP_CLOSE), left = room.y + room.h - high - len(t, GAP_CLOSE) - y;
	int most = room.w * (t->portrait ? SHEET_HIGH_UPRIGHT : SHEET_HIGH) / 100;
	draw_sheet(v, (struct box){room.x, y, room.w, left < most ? left : most});
	draw_buttons(v, (struct box){room.x, room.y + room.h - high, room.w, high});
}

const struct screen screen_sign = {
	.name = "sign",
	.state = sizeof(struct sign),
	.next = SCREEN_SET(PIN) | SCREEN_SET(HELP),
	.enter = enter,
	.act = act,
	.drag = drag,
	.told = told,
	.deadline = deadline,
	.leave = leave,
	.draw = draw,
};
