/* Enrolment, POST /v1/door (sync/enrolment.h says what is asked there): publishing an event, pairing codes, enrolling boxes. */
#ifndef TURNOUT_HUB_ENROLMENT_H
#define TURNOUT_HUB_ENROLMENT_H

#include "net/http_server.h"

#define HUB_CODE_MS (10 * 60 * 1000) /* how long a pairing code is good */
/* Wrong codes from one address (net/address.h's groups) in ten minutes, and a hundred times that from all; wrong tokens are counted likewise, apart from
 * codes. The same message again from the same address is counted once. A right token is always let in: it cannot be guessed, and whoever has it must
 * not be kept out by others who guess. */
#define HUB_TRIES 10

struct hub;

void hub_enrolment(struct hub *hub, const struct http_request *request, struct http_answer *answer);

#endif
