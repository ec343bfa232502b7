/* What the station says with sound. */
#ifndef TURNOUT_KIOSK_UI_CHIME_H
#define TURNOUT_KIOSK_UI_CHIME_H

enum chime { CHIME_WELCOME, CHIME_SOFT, CHIME_RISING, CHIME_LOW, CHIME_CALL, CHIME_COUNT };

#endif
