/* Signing with a finger, by those who have the PIN. */
#ifndef TURNOUT_KIOSK_SCREENS_SIGN_H
#define TURNOUT_KIOSK_SCREENS_SIGN_H

struct model;
struct effects;

/* Staff said by their PIN that they sign for whom the screen is open for. */
void sign_for_them(struct model *m, struct effects *effects);

#endif
