/* The exchange over HTTP: POST /v1/exchange with an envelope, an envelope back. Both ends of the transport. */
#ifndef TURNOUT_SYNC_HTTP_TRANSPORT_H
#define TURNOUT_SYNC_HTTP_TRANSPORT_H

#include "net/http_client.h"
#include "net/http_server.h"
#include "sync/exchange.h"
#include "sync/fairness.h"
#include "sync/respond.h"

#define EXCHANGE_POSTED "an exchange is POSTed" /* to whoever does not */
#define EXCHANGE_PATH "/v1/exchange"
#define EXCHANGE_TYPE "application/octet-stream"

/* Makes requests of an exchange to the server at `base` ("http://10.0.0.2:8080") until it is done. `answer` is the last one: how it failed,
 * and how long to wait. ERR_REFUSED: the other side said no; ERR_INPUT: what came back is no answer of ours; else the transport failed, and the
 * exchange can be begun again. `client` is the caller's. `url` names the whole in errors. */
bool http_transport_run(struct exchange *x, struct http_client *client, const char *base, struct http_client_answer *answer,
			struct err *err) TURNOUT_MUST_CHECK;

/* Answers a request that was POSTed (the caller's router sees to it): 200 with an envelope (refusals too, when the request opened), 400 for what is no message of this event or does not open,
 * 403 for a signature that is not its sender's, 426 for a message of a newer version, 429 for who asks too much while others wait (fairness.h; the
 * answers are also kept back then), 503 when the replica failed. Others carry a sentence as text. `note` may be NULL. */
void http_transport_answer(const struct replica *replica, struct fairness *fairness, const struct http_request *request,
			   struct http_answer *answer, struct respond_note *note);

#endif
