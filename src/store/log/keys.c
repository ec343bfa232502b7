#include "store/log/keys.h"

#include <stdlib.h>

#include "store/file/meta.h"
#include "store/file/state.h"
#include "store/log/identity.h"

const struct key_pair *store_organiser_key(struct store *store, struct err *err) {
	if (!store->has_organiser_key) {
		char *path = xasprintf("%s.key", store->path);
		store->has_organiser_key = organiser_key_read(path, &store->event, &store->organiser_key, err);
		free(path);
		if (!store->has_organiser_key) {
			err->kind = ERR_REFUSED;
			err_wrap(err, "this needs the organiser's key (turnout key import EVENT FILE)");
			return NULL;
		}
		if (!crypto_key_eq(&store->organiser_key.public_key, &store->organiser)) {
			store->has_organiser_key = false;
			err_set(err, ERR_REFUSED, "the key file beside this event is not its organiser's");
			return NULL;
		}
	}
	return &store->organiser_key;
}

bool store_has_station(const struct store *store) { return store->identity != NULL; }

const struct key_pair *store_station_pair(const struct store *store) { return identity_station(store->identity); }

const struct public_key *store_station(const struct store *store) { return &store_station_pair(store)->public_key; }

const struct key_pair *key_of_author(const struct store *store, enum author author) {
	return author == AUTHOR_ORGANISER ? &store->organiser_key : store_station_pair(store);
}

bool store_event_key(struct store *store, uint8_t key[CRYPTO_SEAL_KEY_LEN], struct err *err) {
	if (store_is_purged(store)) {
		return err_set(err, ERR_REFUSED, "the personal data of this file was purged: it exchanges no more");
	}
	return meta_get_blob(store, "event_key", key, CRYPTO_SEAL_KEY_LEN) ||
	       err_set(err, ERR_REFUSED, "this copy of the event does not carry its sealing key; take a copy from the organiser");
}

void store_run_event(const struct store *store, struct run_event *out) {
	out->event = store->event;
	out->organiser = store->organiser;
}

bool store_certificate(struct store *store, const struct public_key *station, struct certificate *out) {
	uint8_t seed[KEY_LEN];
	struct key_pair invitation;
	bool ok = meta_get_blob(store, "invitation_seed", seed, sizeof seed);
	if (ok) {
		crypto_key_from_seed(&invitation, seed);
		certificate_make(&invitation, &store->event, station, out);
		crypto_wipe(&invitation, sizeof invitation);
	}
	crypto_wipe(seed, sizeof seed);
	return ok;
}
