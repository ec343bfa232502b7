/* The keys that this copy and this device hold: the organiser's, the station's, the event's sealing key, the invitation. */
#ifndef TURNOUT_STORE_LOG_KEYS_H
#define TURNOUT_STORE_LOG_KEYS_H

#include "base/crypto.h"
#include "base/err.h"
#include "store/file/terms.h"
#include "store/log/certificate.h"
#include "store/log/run.h"

/* The organiser's key, for badges and edits (of which editors write their own: store/view/roles.h). NULL with ERR_REFUSED and what to do
 * when EVENT.key is not beside the file. */
const struct key_pair *store_organiser_key(struct store *store, struct err *err) TURNOUT_MUST_CHECK;

/* This device's key as a station: of a store that only reads, where it has one already (store_has_station). */
bool store_has_station(const struct store *store);
const struct public_key *store_station(const struct store *store);
const struct key_pair *store_station_pair(const struct store *store);
/* The key that signs an author's log. Of the organiser only after store_organiser_key. */
const struct key_pair *key_of_author(const struct store *store, enum author author);

/* The event's sealing key, which every copy carries. ERR_REFUSED for a file whose personal data was purged: it exchanges no more. */
bool store_event_key(struct store *store, uint8_t key[CRYPTO_SEAL_KEY_LEN], struct err *err) TURNOUT_MUST_CHECK;
void store_run_event(const struct store *store, struct run_event *out);

/* The certificate of a key by the invitation that this copy carries; false when it carries none. */
bool store_certificate(struct store *store, const struct public_key *station, struct certificate *out);

#endif
