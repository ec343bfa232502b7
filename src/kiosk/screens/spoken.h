/* A sign and what is said: beside each other, or upright below each other, in the middle of the room. */
#ifndef TURNOUT_KIOSK_SCREENS_SPOKEN_H
#define TURNOUT_KIOSK_SCREENS_SPOKEN_H

#include "kiosk/screens/view.h"

struct spoken {
	void (*sign)(const struct view *v, struct box box); /* into the square box */
	const char *loud, *quiet;
	enum type_role role; /* of the loud words */
};
void part_spoken(const struct view *v, struct box room, const struct spoken *spoken);

/* Somebody who comes; and what ends a machine. */
void sign_person(const struct view *v, struct box box);
void sign_power(const struct view *v, struct box box);

#endif
