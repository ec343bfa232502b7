/* A new event, ready for its first import: the file, the organiser's key beside it, the settings that nobody chose, and a PIN for the
 * staff. */
#ifndef TURNOUT_OFFICE_PREPARE_H
#define TURNOUT_OFFICE_PREPARE_H

#include "base/err.h"

#define PREPARE_TIMEZONE "Europe/Kyiv"
#define PREPARE_LANGUAGES "uk,en"
#define PREPARE_PIN_LEN 6

struct prepare_wish {
	const char *title;     /* NULL: none yet, as with dates and place */
	const char *timezone;  /* IANA name; NULL: PREPARE_TIMEZONE */
	const char *languages; /* NULL: PREPARE_LANGUAGES */
	const char *dates, *place;
};

/* Makes the event file and its key file (store_create), and draws the PIN, which kiosks ask of the staff: tell it to the organiser. */
bool prepare_event(const char *path, const struct prepare_wish *wish, char pin[PREPARE_PIN_LEN + 1], struct err *err) TURNOUT_MUST_CHECK;

#endif
