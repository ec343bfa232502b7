#include "kiosk/hands.h"

/* Whoever types goes on in the field; the ring is there again with the next Tab. */
static void type_text(void *context, const char *text, size_t n) {
	struct hands *h = context;
	h->focus->on = h->focus->on && (h->keys.switches != SWITCHES_NONE || text[0] == '\b');
	h->send(h->context, &(struct msg){.kind = MSG_TYPED, .text = text, .n = n});
}

static void type_scanned(void *context, const char *text, size_t n) {
	struct hands *h = context;
	h->code_ms = h->typing.wedge.last_ms;
	h->code(h->context, text, n);
}

void hands_open(struct hands *h, const struct device_settings *device, struct focus *focus) {
	keys_init(&h->keys, device);
	h->focus = focus;
	h->typing = (struct typing){.framing = &device->scanner, .code = type_scanned, .text = type_text, .context = h};
}

void hands_fini(struct hands *h) { typing_fini(&h->typing); }

/* --- fingers --------------------------------------------------------------------------------------------------------------------------- */

static void send_finger(struct hands *h, enum finger phase, struct pixel at) {
	h->finger = at;
	h->send(h->context,
		&(struct msg){
			.kind = MSG_FINGER, .phase = phase, .x = at.x, .y = at.y, .action = h->pressed.action, .area = h->pressed.box});
}

/* The action says which screen drew it. `touch` NULL: nothing that does anything. */
static void press(struct hands *h, const struct draw_command *touch, struct pixel at) {
	const void *owner = h->shown->owner;
	h->pressed = touch == NULL ? (struct draw_command){.action = ACTION_NONE} : *touch; /* drawing may free the list's own */
	send_finger(h, FINGER_DOWN, at);
	if (touch == NULL) {
		h->send(h->context, &(struct msg){.kind = MSG_TOUCH});
	} else {
		struct msg msg = {.kind = MSG_ACTION, .action = h->pressed.action, .argument = h->pressed.argument, .screen = owner};
		h->send(h->context, &msg);
	}
}

static void take_touch(struct hands *h, struct pixel at) {
	h->focus->on = h->focus->on && h->keys.switches != SWITCHES_NONE; /* whoever has a finger needs no ring */
	press(h, draw_touch_at(h->shown, at), at);
}

/* --- keys ------------------------------------------------------------------------------------------------------------------------------ */

static void press_with_key(struct hands *h, uint16_t usage) {
	const struct draw_command *area = focus_find(h->shown, h->focus);
	if (area != NULL) {
		h->key_down = usage;
		press(h, area, (struct pixel){area->box.x + area->box.w / 2, area->box.y + area->box.h / 2});
	}
}

static void send_action(struct hands *h, int action) { h->send(h->context, &(struct msg){.kind = MSG_ACTION, .action = action}); }

/* What a scanner sends behind a code is no hand's. True: a program in a window ends. */
static bool take_plain_key(struct hands *h, const struct input *in, int64_t now_ms) {
	struct key_stroke stroke = {
		.usage = in->usage, .shift = in->shift, .control = in->control, .alt = in->alt, .gui = in->gui, .repeated = in->repeated};
	bool scanners = h->code_ms != 0 && now_ms - h->code_ms <= WEDGE_GAP_MS;
	switch (scanners ? KEY_NOTHING : keys_press(&h->keys, &stroke, h->shown, h->focus)) {
	case KEY_NOTHING: break;
	case KEY_FOCUS:
	case KEY_WENT_IN: h->send(h->context, &(struct msg){.kind = MSG_HANDS}); break;
	case KEY_PRESS_AREA: press_with_key(h, in->usage); break;
	case KEY_LINE: type_text(h, "\n", 1); break;
	case KEY_ERASE_LETTER: type_text(h, "\b", 1); break;
	case KEY_GO_BACK: send_action(h, ACTION_BACK); break;
	case KEY_READ_ALOUD: send_action(h, ACTION_ALOUD); break;
	case KEY_END_PROGRAM: return true;
	}
	return false;
}

static bool take_key(struct hands *h, const struct input *in, int64_t now_ms) {
	struct wedge_key key = {.usage = in->usage,
				.pressed = in->pressed,
				.repeated = in->repeated,
				.shift = in->shift,
				.control = in->control,
				.alt = in->alt,
				.caps_lock = in->caps_lock,
				.time_ms = now_ms};
	/* A switch is pressed on its own; the same key within a code is a scanner's. */
	bool is_switch = keys_is_switch(&h->keys, in->usage) && !wedge_holds(&h->typing.wedge, now_ms);
	h->mute_text = in->pressed ? is_switch : h->mute_text;
	if (!in->pressed && in->usage == h->key_down) {
		h->key_down = 0;
		send_finger(h, FINGER_UP, h->finger);
	}
	return (is_switch || !typing_key(&h->typing, &key)) && in->pressed && take_plain_key(h, in, now_ms);
}

bool hands_take(struct hands *h, const struct input *in, const struct draw_list *shown, int64_t now_ms, bool *ends) {
	struct pixel at = {in->x, in->y};
	h->shown = shown;
	*ends = false;
	switch (in->kind) {
	case INPUT_TOUCH: take_touch(h, at); return true;
	case INPUT_MOVE: send_finger(h, FINGER_MOVE, at); return true;
	case INPUT_RELEASE: send_finger(h, FINGER_UP, at); return true;
	case INPUT_KEY: *ends = take_key(h, in, now_ms); return true;
	case INPUT_TEXT:
		if (!h->mute_text) {
			typing_text(&h->typing, in->text, now_ms);
		}
		return true;
	default: return false;
	}
}

void hands_pass(struct hands *h, const struct draw_list *shown, int64_t now_ms) {
	typing_pass(&h->typing, now_ms);
	keys_pass(&h->keys, now_ms, shown, h->focus);
}

int64_t hands_deadline(const struct hands *h, int64_t now_ms) {
	int64_t typed = typing_deadline(&h->typing, now_ms), steps = keys_deadline(&h->keys, h->focus);
	return typed < steps ? typed : steps;
}
