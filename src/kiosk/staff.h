/* What staff do at the box, behind a PIN: part of the model, as pure as that. Others get there by keeping a finger on the status line of the first
 * screen. A badge that is read on these screens is not acted on. */
#ifndef TURNOUT_KIOSK_STAFF_H
#define TURNOUT_KIOSK_STAFF_H

#include "kiosk/workers/transports.h"
#include "scan/camera/camera_list.h"
#include "scan/image/turn.h"
#include "store/read/settings.h"

#define STAFF_HOLD_MS 2000
#define STAFF_HOLD_SHOWN_MS 300 /* a touch that only brushed it shows nothing */
#define STAFF_TRIES 3
#define STAFF_BARRED_MS 30000
#define STAFF_LOOK_MS 1000 /* which sticks there are is asked so often */
#define STAFF_READ_MS 2000 /* that a code was read stands so long */

enum stick_stage {
	STICK_CHOOSE,
	STICK_UNDER_WAY,
	STICK_TOLD, /* how it ended */
};

struct staff {
	int64_t held_ms; /* since when a finger is on the way in; 0: none is */
	char pin[STAFF_PIN_MAX + 1];
	int tries;         /* wrong ones */
	bool wrong;        /* the last one was, and nothing was typed since */
	int64_t barred_ms; /* until when no PIN is taken; 0: it is */
	struct {
		unsigned owed; /* bits of transports that have not told yet */
		bool told;     /* it was over once: */
		size_t sent, received;
	} round;
	enum stick_stage stick_stage;
	int64_t look_ms;            /* when sticks were last asked for */
	struct stick_message media; /* which there are */
	struct stick_message stick; /* the last step, or how it ended */
	bool looked;                /* `media` was told */
	bool clock_sure;            /* the machine's clock is synchronised */
	struct {
		struct camera_list list;
		bool looked;              /* `list` was told */
		char kept[CAMERA_ID_MAX]; /* the remembered one; "" */
		struct turn turn;
		int64_t read_ms; /* when a code was read to try it; 0: never */
	} camera;
};

struct model;
struct msg;
struct effects;

bool staff_is_screen(const struct model *m); /* behind the PIN */
/* The event's PIN; NULL when it has none that can be typed. */
const char *staff_pin(const struct model *m);
/* Seconds for which no PIN is taken; 0: it is. */
int staff_barred(const struct model *m);

void staff_act(struct model *m, const struct msg *msg, struct effects *effects);
void staff_typed(struct model *m, const char *text, size_t n, struct effects *effects);
void staff_take_round(struct model *m, enum transport transport, const struct sync_message *round);
void staff_take_stick(struct model *m, const struct stick_message *message, struct effects *effects);
void staff_take_cameras(struct model *m, const struct msg *msg);
/* A code that was read on the camera's screen: to try it, nobody is signed in. */
void staff_take_code(struct model *m, struct effects *effects);
void staff_pass_time(struct model *m, struct effects *effects);
/* As model_deadline. */
int64_t staff_deadline(const struct model *m);
/* Nobody is there any more, or somebody left: what was typed is wiped. */
void staff_leave(struct model *m);

#endif
