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

static void draw_keys(const struct view *v, struct box room) {
	static const char characters[] = "1234567890ABCDEFGHJKMNPQRSTVWXYZ";
	struct key keys[sizeof characters];
	int count = keyboard_characters(characters, TYPE_KEY, keys);
	keys[count++] = (struct key){.kind = KEY_ERASE, .action = TYPE_ERASE};
	struct keyboard keyboard = {.keys = keys,
				    .count = count,
				    .columns = v->pen.theme->portrait ? 6 : 11,
				    .gap = TYPE_KEY_GAP,
				    .high = TYPE_KEY_HIGH,
				    .last_fills = true};
	keyboard_draw(&v->pen, room, &keyboard);
}

static void draw(const struct view *v) {
	const struct theme *t = v->pen.theme;
	struct box room = part_head(v, T(v, "Type the badge's code"));
	struct label label = {
		.text = T(v, "It is printed under the code, like 7F3K-2MQ9"), .role = TYPE_BODY, .colour = hue(t, MUTED), .lines = 2};
	struct box used = label_draw(&v->pen, (struct box){room.x, room.y, room.w, 0}, &label);
	struct box field = box_below(room, used, len(t, GAP_CLOSE));
	field.h = len(t, TYPE_FIELD_HIGH);
	field_draw_cells(&v->pen, field, &mine(v->model)->code, TYPED_MAX);
	struct box done = part_foot_done(v, room);
	int y = field.y + field.h + len(t, GAP_PARTS);
	draw_keys(v, (struct box){room.x, y, room.w, done.y - len(t, GAP_CLOSE) - y});
	bool whole = field_length(&mine(v->model)->code) == TYPED_MAX;
	button_draw(&v->pen, done,
		    &(struct button){
			    .text = T(v, "Sign in"), .action = TYPE_DONE, .filled = true, .colour = whole ? hue(t, TEAL) : hue(t, MUTED)});
}

const struct screen screen_type = {
	.name = "type",
	.state = sizeof(struct type_code),
	.act = act,
	.typed = typed,
	.leave = leave,
	.draw = draw,
};
