/* The certificate by which a station's key belongs to an event: the invitation's Ed25519 signature over "turnout-station-1\n<event>\n<key>\n",
 * both in hexadecimal. Pure. */
#ifndef TURNOUT_STORE_LOG_CERTIFICATE_H
#define TURNOUT_STORE_LOG_CERTIFICATE_H

#include "base/crypto.h"

struct certificate {
	struct public_key invitation;
	struct signature signature;
};

void certificate_make(const struct key_pair *invitation, const struct hash *event, const struct public_key *station,
		      struct certificate *out);
bool certificate_holds(const struct certificate *certificate, const struct hash *event,
		       const struct public_key *station) TURNOUT_MUST_CHECK;

#endif
