/* Signing with a finger: by whom the screen is opened. */
#ifndef TURNOUT_KIOSK_SCREENS_SIGN_H
#define TURNOUT_KIOSK_SCREENS_SIGN_H

#include <stdint.h>

struct model;
struct effects;

#define SIGN_ARRIVAL INT64_C(0) /* argument of SCREEN_SIGN: who was let in (model.h, `signer`) */
#define SIGN_WALKIN INT64_C(1)  /* whoever fills in the form, as its last page */

/* Staff said by their PIN that they sign for whom the screen is open for. */
void sign_for_them(struct model *m, struct effects *effects);

#endif
