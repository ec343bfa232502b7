#include "kiosk/effects.h"

#include <stdlib.h>

#include "base/alloc.h"

void effects_put(struct effects *effects, const struct effect *effect) {
	ARRAY_GROW(effects, items);
	effects->items[effects->count++] = *effect;
}

void effects_chime(struct effects *effects, enum chime chime) {
	effects_put(effects, &(struct effect){.kind = EFFECT_CHIME, .chime = chime});
}

void effects_reset(struct effects *effects) {
	for (size_t i = 0; i < effects->count; i++) {
		visitor_free(effects->items[i].visitor);
	}
	effects->count = 0;
}

void effects_fini(struct effects *effects) {
	effects_reset(effects);
	free(effects->items);
	*effects = (struct effects){0};
}
