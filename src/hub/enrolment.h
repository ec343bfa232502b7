/* Enrolment, POST /v1/door (sync/enrolment.h says what is asked there): publishing an event, pairing codes, enrolling boxes. */
#ifndef TURNOUT_HUB_ENROLMENT_H
#define TURNOUT_HUB_ENROLMENT_H

#include "net/http_server.h"

#define HUB_CODE_MS (10 * 60 * 1000) /* how long a pairing code is good */
#define HUB_TRIES 10                 /* wrong codes or tokens from one address in ten minutes, and a hundred times that from all */

struct hub;

void hub_enrolment(struct hub *hub, const struct http_request *request, struct http_answer *answer);

#endif
