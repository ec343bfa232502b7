/* The badge's eight characters, typed by hand: for a torn code, a broken camera, a telephone. */
#include "base/base32.h"
#include "base/utf8.h"
#include "kiosk/screens/buttons.h"
#include "kiosk/screens/head.h"
#include "kiosk/screens/screens.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/keyboard.h"

#define TYPED_MAX BASE32_GROUP_CHARS /* characters of a code read aloud */

enum {
	TYPE_KEY = 9, /* argument: the character */
	TYPE_ERASE,
	TYPE_DONE,
};

struct type_code {
	struct field code;
};

static struct type_code *mine(const struct model *m) { return model_state(m, SCREEN_TYPE); }

/* --- typing -------------------------------------------------------------------------------------------------------------------------- */

static uint32_t accept(uint32_t character) { return character < 0x80 ? (uint32_t)base32_meant((char)character) : 0; }

static const struct field_rule RULE = {.most = TYPED_MAX, .accept = accept};

static void done(struct model *m, struct effects *effects) {
	struct field *code = &mine(m)->code;
	if (field_length(code) == TYPED_MAX) {
		model_scan(m, &(struct msg){.text = code->text, .n = TYPED_MAX, .how = "typed"}, effects);
		field_wipe(code);
	}
}

static void typed(struct model *m, const char *text, size_t n, struct effects *effects) {
	for (const char *at = text; at < text + n;) {
		if (field_key(&mine(m)->code, &RULE, utf8_next(&at))) {
			done(m, effects);
		}
	}
}

static bool act(struct model *m, const struct msg *msg, struct effects *effects) {
	switch (msg->action) {
	case TYPE_KEY: field_put(&mine(m)->code, &RULE, (uint32_t)msg->argument); return true;
	case TYPE_ERASE: field_erase(&mine(m)->code); return true;
	case TYPE_DONE: done(m, effects); return true;
	default: return false;
	}
}

static void leave(struct model *m) { field_wipe(&mine(m)->code); }

/* --- drawing ------------------------------------------------------------------------------------------------------------------------- */

#define EXAMPLE "7F3K-2MQ9"

static void draw_keys(const struct view *v, struct box room) {
	static const char characters[] = "1234567890ABCDEFGHJKMNPQRSTVWXYZ";
	struct key keys[sizeof characters];
	int count = keyboard_characters(characters, TYPE_KEY, keys);
	keys[count++] = (struct key){.kind = KEY_ERASE, .action = TYPE_ERASE};
	struct keyboard keyboard = {.keys = keys,
				    .count = count,
				    .columns = v->pen.theme->portrait ? 6 : 7,
				    .gap = TYPE_KEY_GAP,
				    .high = TYPE_KEY_HIGH,
				    .last_fills = true};
	keyboard_draw(&v->pen, room, &keyboard);
}

/* What a code looks like from afar: an invented one, so that no camera reads it. */
static void draw_blocks(const struct view *v, struct box box) {
	static const uint8_t rows[7] = {0x77, 0x55, 0x76, 0x19, 0x6d, 0x4b, 0x75}; /* a bit a block */
	int block = box.w / 7, left = box.x + (box.w - block * 7) / 2;
	for (int y = 0; y < 7; y++) {
		for (int x = 0; x < 7; x++) {
			if ((rows[y] >> (6 - x) & 1) != 0) {
				draw_fill(v->pen.list, (struct box){left + x * block, box.y + y * block, block, block}, 0,
					  hue(v->pen.theme, INK));
			}
		}
	}
}

/* A badge, and where on it the characters stand: under its code, in the frame that the first screen's brackets have, too. */
static void draw_badge(const struct view *v, struct box box) {
	const struct theme *t = v->pen.theme;
	int wide = box.h * 4 / 5 < box.w ? box.h * 4 / 5 : box.w, text = len(t, TYPE_EXAMPLE_HIGH), air = len(t, TYPE_BADGE_AIR);
	struct box badge = {box.x + (box.w - wide) / 2, box.y, wide, box.h};
	int code = badge.h - text - 4 * air;
	code = code < badge.w - 2 * air ? code : badge.w - 2 * air;
	if (code < 7) {
		return;
	}
	draw_fill(v->pen.list, badge, len(t, ROUND_CARD), hue(t, CARD));
	draw_outline(v->pen.list, badge, len(t, ROUND_CARD), len(t, LINE_HAIR), hue(t, INK));
	draw_fill(v->pen.list, (struct box){badge.x + badge.w * 2 / 5, badge.y + air / 2, badge.w / 5, air / 2}, air / 4, hue(t, INK));
	draw_blocks(v, (struct box){badge.x + (badge.w - code) / 2, badge.y + air * 2, code, code});
	struct box words = {badge.x + air, badge.y + badge.h - text - air, badge.w - 2 * air, text};
	draw_fill(v->pen.list, words, len(t, ROUND_CELL), hue(t, AMBER));
	struct label label = {
		.text = EXAMPLE, .role = TYPE_LABEL, .colour = hue(t, INK), .align = ALIGN_CENTRE, .lines = 1, .middle = true};
	label_draw(&v->pen, box_inset(words, len(t, LINE_HAIR)), &label);
}

/* Where the code stands, shown and said. */
static void draw_help(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	struct label label = {
		.text = T(v, "It is printed under the code, like 7F3K-2MQ9"), .role = TYPE_STRONG, .colour = hue(t, INK), .lines = 4};
	draw_fill(v->pen.list, room, len(t, ROUND_PANEL), hue(t, BAR));
	struct box inner = box_inset(room, len(t, SESSION_CARD_SIDE));
	if (t->portrait) {
		int badge = inner.h * 4 / 5, x = inner.x + badge + len(t, GAP_FAR);
		draw_badge(v, (struct box){inner.x, inner.y, badge, inner.h});
		label.middle = true;
		label_draw(&v->pen, (struct box){x, inner.y, inner.x + inner.w - x, inner.h}, &label);
		return;
	}
	label.align = ALIGN_CENTRE;
	struct box words = label_measure(&v->pen, inner, &label);
	int badge = inner.h - words.h - len(t, GAP_PARTS);
	badge = badge < len(t, TYPE_BADGE_HIGH) ? badge : len(t, TYPE_BADGE_HIGH);
	int y = inner.y + (inner.h - badge - words.h - len(t, GAP_PARTS)) / 2;
	draw_badge(v, (struct box){inner.x, y, inner.w, badge});
	label_draw(&v->pen, (struct box){inner.x, y + badge + len(t, GAP_PARTS), inner.w, 0}, &label);
}

static void draw_done(const struct view *v, struct box box) {
	bool whole = field_length(&mine(v->model)->code) == TYPED_MAX;
	button_draw(&v->pen, box,
		    &(struct button){.text = T(v, "Sign in"),
				     .action = TYPE_DONE,
				     .filled = whole,
				     .quiet = !whole, /* nothing can be done with half a code */
				     .colour = whole ? hue(v->pen.theme, TEAL) : 0});
}

/* The cells, and the keys below them. */
static void draw_typing(const struct view *v, struct box room) {
	const struct theme *t = v->pen.theme;
	struct box field = {room.x, room.y, room.w, len(t, TYPE_FIELD_HIGH)};
	field_draw_cells(&v->pen, field, &mine(v->model)->code, TYPED_MAX);
	int y = field.y + field.h + len(t, GAP_PARTS);
	draw_keys(v, (struct box){room.x, y, room.w, room.y + room.h - y});
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "Type the badge's code")), parts[2];
	int done = len(t, DONE_HIGH), gap = len(t, GAP_PARTS);
	if (t->portrait) {
		struct box foot = part_foot_done(v, room);
		int help = len(t, TYPE_HELP_HIGH_UPRIGHT), most = room.h / 4;
		help = help < most ? help : most;
		draw_help(v, (struct box){room.x, room.y, room.w, help});
		int y = room.y + help + gap;
		draw_typing(v, (struct box){room.x, y, room.w, foot.y - gap - y});
		draw_done(v, foot);
		return;
	}
	part_two(v, room, 0, parts);
	draw_typing(v, parts[0]);
	draw_help(v, (struct box){parts[1].x, parts[1].y, parts[1].w, parts[1].h - done - gap});
	draw_done(v, (struct box){parts[1].x, parts[1].y + parts[1].h - done, parts[1].w, done});
}

const struct screen screen_type = {
	.name = "type",
	.state = sizeof(struct type_code),
	.act = act,
	.typed = typed,
	.leave = leave,
	.draw = draw,
};
