/* Making event files: new ones, and those that an exchange will fill. */
#ifndef TURNOUT_STORE_CREATE_H
#define TURNOUT_STORE_CREATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"

struct store;

/* Makes a new event file with its organiser's key file EVENT.key beside it. ERR_REFUSED when one of them exists; values are checked like
 * settings (store/read/settings.h). */
struct store_settings {
	const char *title;     /* may be "" */
	const char *timezone;  /* IANA name */
	const char *languages; /* "uk,en" */
	const char *dates;     /* as the setting takes them; may be NULL, as may `place` */
	const char *place;
	const char *staff_pin; /* may be NULL: there is none */
};
bool store_create(const char *path, const struct store_settings *settings, struct err *err) TURNOUT_MUST_CHECK;

/* Makes a file for an event that exists elsewhere: it holds no record yet, an exchange fills it. ERR_REFUSED when the file exists. */
struct store_origin {
	struct hash event;
	struct public_key organiser;
	uint8_t event_key[KEY_LEN];
	bool has_invitation;
	uint8_t invitation_seed[KEY_LEN];
};
bool store_adopt(const char *path, const struct store_origin *origin, struct err *err) TURNOUT_MUST_CHECK;
/* Whether there could be such a file: makes one and takes it away again. */
bool store_adopt_try(const char *path, struct err *err) TURNOUT_MUST_CHECK;
/* What such a file would be made of. ERR_REFUSED when this copy lacks its keys. Wipe it afterwards. */
bool store_origin(struct store *store, struct store_origin *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
