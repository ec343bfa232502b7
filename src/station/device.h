/* What this device remembers about itself, whatever event it serves: its camera and how that hangs, its hand scanners, its label
 * printer, how its screen looks and is read, how loud it is.
 *
 * Kept in the file `device` of the state folder (store/log/identity.h), one "KEY = VALUE" a line. It is no part of any event and goes nowhere. */
#ifndef TURNOUT_STATION_DEVICE_H
#define TURNOUT_STATION_DEVICE_H

#include "base/err.h"
#include "base/strbuf.h"
#include "paper/printer.h"
#include "scan/camera/camera_list.h"
#include "scan/hand/framing.h"
#include "scan/image/turn.h"
#include "words/words.h"

#define DEVICE_KEY_MAX 16
#define DEVICE_VALUE_MAX 256

#define BRIGHTNESS_LEAST 20 /* per cent: darker, nobody would find the way back */

enum device_switches {
	SWITCHES_NONE,
	SWITCHES_ONE, /* the focus moves by itself, the key chooses */
	SWITCHES_TWO, /* one key moves it, the other chooses */
};

struct device_settings {
	char camera[CAMERA_ID_MAX]; /* the remembered one's id (scan/camera/camera_list.h); "": none */
	struct turn turn;
	struct framing scanner;
	char scanner_names[128];       /* keyboards whose name holds one of these words (commas between them) are scanners; "" */
	char serial[128];              /* "none", "auto" or a device's path */
	int serial_speed;              /* baud */
	bool large, high_contrast;     /* words and buttons; black on white, whatever the event's colours */
	bool low, longer, calm, aloud; /* as of struct access (kiosk/ui/access.h) */
	int panel_bottom_cm;           /* of the screen's lower edge above the floor; 0: unknown */
	enum device_switches switches;
	char switch_next[DEVICE_KEY_MAX], switch_choose[DEVICE_KEY_MAX]; /* names (station/key_name.h) */
	int switch_ms;                                                   /* how long the focus stands with one switch */
	char headset_key[DEVICE_KEY_MAX];                                /* reads the screen aloud, or stops it; "none" */
	char headset[128];              /* "auto" (the usual sound), "none", or a part of the sound device's name */
	char printer[PRINTER_NAME_MAX]; /* of labels: an ipp:// address or a queue of cupsd; "": none */
	enum label_size label;          /* that is in it */
	char language[WORDS_CODE_MAX];  /* that the screen begins with and returns to; "": as the event says */
	int brightness;                 /* of the panel, per cent of all it has; 0: left as the system has it */
	int loudness;                   /* of tones and speech, per cent; 0: silence */
	int screen_degrees;             /* clockwise, that the screen's picture is turned by: 0, 90, 180 or 270 */
};

void device_defaults(struct device_settings *out);

/* Sets the value that a key names. ERR_USAGE says which keys or values there are; then nothing was changed. */
bool device_set(struct device_settings *s, const char *key, const char *value, struct err *err) TURNOUT_MUST_CHECK;
/* Every key with its value and a line about it; `each` is called in the table's order. */
void device_each(const struct device_settings *s, void (*each)(void *context, const char *key, const char *value, const char *about),
		 void *context);

/* The defaults where nothing is kept. A line that cannot be understood is passed over and named in *warning ("" when all were good): a kiosk
 * starts in any case. */
void device_load(struct device_settings *out, char warning[ERR_TEXT_MAX]);
bool device_save(const struct device_settings *s, struct err *err) TURNOUT_MUST_CHECK;

struct device_change {
	char key[24], value[DEVICE_VALUE_MAX];
};
/* Changes what is kept, all of it or nothing, and leaves the rest as it stands in the file now: whoever else changes something at that moment, in this
 * program or in another, loses nothing. After true it is on disk. *warning as of device_load. */
bool device_keep(const struct device_change *changes, size_t count, char warning[ERR_TEXT_MAX], struct err *err) TURNOUT_MUST_CHECK;

#endif
