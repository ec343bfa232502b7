/* A sign and what is said: beside each other, or upright below each other, in the middle of the room. */
#ifndef TURNOUT_KIOSK_SCREENS_SPOKEN_H
#define TURNOUT_KIOSK_SCREENS_SPOKEN_H

#include "kiosk/screens/view.h"

struct spoken {
	enum icon icon; /* in a disc of that colour */
	enum hue colour;
	const char *loud, *quiet;
	enum type_role role; /* of the loud words */
};
void part_spoken(const struct view *v, struct box room, const struct spoken *spoken);

#endif
