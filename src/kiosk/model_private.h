/* What the files of the model share. */
#ifndef TURNOUT_KIOSK_MODEL_PRIVATE_H
#define TURNOUT_KIOSK_MODEL_PRIVATE_H

#include "kiosk/model.h"

void model_put_effect(struct effects *effects, struct effect effect);
void model_chime(struct effects *effects, enum chime which);
/* The first screen, in the station's language. */
void model_go_home(struct model *m);

#endif
