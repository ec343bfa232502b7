#include "kiosk/effects.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/crypto.h"

#define FIRST_CAP 8

/* What is outgrown is wiped as well: it is left in memory that others get. */
static void grow(struct effects *effects) {
	size_t cap = effects->cap == 0 ? FIRST_CAP : 2 * effects->cap;
	struct effect *items = xcalloc(cap, sizeof *items);
	if (effects->items != NULL) {
		memcpy(items, effects->items, effects->count * sizeof *items);
		crypto_wipe(effects->items, effects->cap * sizeof *items);
		free(effects->items);
	}
	effects->items = items;
	effects->cap = cap;
}

void effects_put(struct effects *effects, const struct effect *effect) {
	if (effects->count == effects->cap) {
		grow(effects);
	}
	effects->items[effects->count++] = *effect;
}

void effects_chime(struct effects *effects, enum chime chime) {
	effects_put(effects, &(struct effect){.kind = EFFECT_CHIME, .chime = chime});
}

/* What was asked of people, and whom staff sign in: wiped, too. */
static void forget(void *owned, size_t size) {
	if (owned != NULL) {
		crypto_wipe(owned, size);
		free(owned);
	}
}

void effects_reset(struct effects *effects) {
	for (size_t i = 0; i < effects->count; i++) {
		visitor_free(effects->items[i].visitor);
		forget(effects->items[i].deed, sizeof(struct deed));
		forget(effects->items[i].people, sizeof(struct people_question));
		forget(effects->items[i].group, sizeof(struct group_sign_in));
	}
	if (effects->count > 0) {
		crypto_wipe(effects->items, effects->count * sizeof *effects->items);
	}
	effects->count = 0;
}

void effects_fini(struct effects *effects) {
	effects_reset(effects);
	free(effects->items);
	*effects = (struct effects){0};
}
