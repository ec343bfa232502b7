/* What hands do at the kiosk, made into the model's messages: fingers, keyboards, switches, and scanners that type like one. */
#ifndef TURNOUT_KIOSK_HANDS_H
#define TURNOUT_KIOSK_HANDS_H

#include "kiosk/keys.h"
#include "kiosk/model.h"
#include "kiosk/sdl/input_sdl.h"
#include "kiosk/typing.h"

struct hands { /* with the first of these set and else zeroed it is ready for hands_open; for hands_fini */
	void (*send)(void *context, const struct msg *msg);
	void (*code)(void *context, const char *text, size_t n); /* a scanner typed it */
	void *context;

	struct focus *focus;           /* the model's; moved here */
	const struct draw_list *shown; /* what is on the screen, and that may be older than the model */
	struct typing typing;
	struct keys keys;
	struct pixel finger;         /* where it was last */
	struct draw_command pressed; /* what it touched first */
	uint16_t key_down;           /* holds an area as a finger does; 0: none does */
	bool mute_text;              /* the key that is down is a switch's: what it types is none */
	int64_t code_ms;             /* when a scanner typed last; 0: never */
};

/* The device's settings and the focus must outlive it. */
void hands_open(struct hands *hands, const struct device_settings *device, struct focus *focus);
void hands_fini(struct hands *hands);

/* A touch, a key, a text; false for another input. *ends: the keys that end a program in a window. */
bool hands_take(struct hands *hands, const struct input *in, const struct draw_list *shown, int64_t now_ms, bool *ends);
/* Time passes: what was held back is typed, one switch's ring goes on. */
void hands_pass(struct hands *hands, const struct draw_list *shown, int64_t now_ms);
/* When that is due next; INT64_MAX: never. */
int64_t hands_deadline(const struct hands *hands, int64_t now_ms);

#endif
