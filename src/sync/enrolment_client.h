/* Knocking at a hub's door (sync/enrolment.h). */
#ifndef TURNOUT_SYNC_ENROLMENT_CLIENT_H
#define TURNOUT_SYNC_ENROLMENT_CLIENT_H

#include "net/http_client.h"
#include "sync/enrolment.h"

/* Asks a hub for its key. Whether it is the right one is for the token's or code's fingerprint to tell. */
bool enrolment_hub_key(struct http_client *client, const char *url, struct public_key *out, struct err *err) TURNOUT_MUST_CHECK;

/* The hub's key, checked against what a token or a code says: ERR_REFUSED when another answers at that address. */
bool enrolment_hub_of_token(struct http_client *client, const char *url, const struct hub_token *token, struct public_key *out,
			    struct err *err) TURNOUT_MUST_CHECK;
bool enrolment_hub_of_code(struct http_client *client, const char *url, const struct pair_code *code, struct public_key *out,
			   struct err *err) TURNOUT_MUST_CHECK;

/* Says the lines (without reply-to), and reads the answer: true for "ok". ERR_REFUSED with the hub's sentence for "no", ERR_BUSY for "wait". */
struct enrolment_question {
	const char *url;
	const struct public_key *hub;
	const struct strbuf *lines;
};
bool enrolment_ask(struct http_client *client, const struct enrolment_question *question, struct enrolment_lines *answer,
		   struct err *err) TURNOUT_MUST_CHECK;

#endif
