/* A hub: a store, a key of its own, and what it answers. Pure but for the store: a request in, an answer out.
 *
 * Invariants: a hub forwards and keeps; it writes no record. What it acknowledges is durable in its store. The administrator's token is kept as a
 * hash only; a pairing code is good once, for ten minutes, and who guesses one is stopped. Who has the token is always let in. */
#ifndef TURNOUT_HUB_HUB_H
#define TURNOUT_HUB_HUB_H

#include "hub/db.h"
#include "net/http_server.h"

struct hub;

/* Takes the store over, also when it fails. It answers everything by 503 until hub_begin. */
bool hub_open(const struct hub_db *db, struct hub **out, struct err *err) TURNOUT_MUST_CHECK;
/* At the very first start the administrator's token is made: its text goes to `token` (TOKEN_TEXT_MAX bytes), else that is "". It is told
 * this once, so this comes when nothing else can keep the hub from serving; from here on it serves. */
bool hub_begin(struct hub *hub, char *token, struct err *err) TURNOUT_MUST_CHECK;
void hub_close(struct hub *hub); /* NULL is fine */

/* What is being answered is broken off at the next chance; its askers are told to come again. */
void hub_end(struct hub *hub);

const struct public_key *hub_key(const struct hub *hub);

/* http_server_serve, with the hub as context; from several threads. */
void hub_serve(void *context, const struct http_request *request, struct http_answer *answer);

#endif
