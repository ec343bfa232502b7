#include "store/log/certificate.h"

#include <stdio.h>

#include "base/str.h"

#define TEXT_MAX 200

static size_t signed_text(const struct hash *event, const struct public_key *station, char text[TEXT_MAX]) {
	char event_hex[2 * HASH_LEN + 1];
	char key_hex[2 * KEY_LEN + 1];
	str_hex(event->b, HASH_LEN, event_hex);
	str_hex(station->b, KEY_LEN, key_hex);
	return (size_t)snprintf(text, TEXT_MAX, "turnout-station-1\n%s\n%s\n", event_hex, key_hex);
}

void certificate_make(const struct key_pair *invitation, const struct hash *event, const struct public_key *station,
		      struct certificate *out) {
	char text[TEXT_MAX];
	size_t n = signed_text(event, station, text);
	out->invitation = invitation->public_key;
	key_pair_sign(invitation, text, n, &out->signature);
}

bool certificate_holds(const struct certificate *certificate, const struct hash *event, const struct public_key *station) {
	char text[TEXT_MAX];
	size_t n = signed_text(event, station, text);
	return public_key_verify(&certificate->invitation, text, n, &certificate->signature);
}
