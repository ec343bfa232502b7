/* How many wrong PINs were typed, in the state folder (store/log/identity.h): whoever switches a box off and on has no more tries for it. */
#ifndef TURNOUT_KIOSK_PIN_TRIES_H
#define TURNOUT_KIOSK_PIN_TRIES_H

int pin_tries_load(void); /* 0 where nothing is kept, or can be read */
/* 0 forgets them. Where it cannot be kept, that is logged. */
void pin_tries_save(int tries);

#endif
