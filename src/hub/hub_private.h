/* What the files of a hub share. */
#ifndef TURNOUT_HUB_HUB_PRIVATE_H
#define TURNOUT_HUB_HUB_PRIVATE_H

#include <stdatomic.h>

#include "hub/hub.h"

struct hub {
	struct hub_db db;
	struct key_pair key;
	struct hash token; /* SHA-256 of the token's secret */
	uint8_t pair_fingerprint[5];
	struct {
		atomic_llong exchanges, refused, failed, taken, given, enrolled, denied;
	} counts; /* since the start */
};

/* hub/door.c: POST /v1/door. */
void hub_enrolment(struct hub *hub, const struct http_request *request, struct http_answer *answer);
/* hub/metrics.c: GET /metrics. */
void hub_metrics(struct hub *hub, struct http_answer *answer);

#endif
