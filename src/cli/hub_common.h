/* What the commands share that ask a hub before, or without, being a member of an event there. */
#ifndef TURNOUT_CLI_HUB_COMMON_H
#define TURNOUT_CLI_HUB_COMMON_H

#include "cli/args.h"
#include "report/out.h"
#include "store/store.h"
#include "sync/enrolment_client.h"

/* As an administrator: a client, the hub's key, and the begun lines of a question with the token in them. For hub_visit_fini. */
struct hub_visit {
	const char *url; /* to be filled before, like: */
	const struct hub_token *token;
	struct http_client *client;
	struct public_key hub;
	struct strbuf lines;
};
bool hub_visit_open(const struct args *args, const char *verb, struct hub_visit *out, struct err *err) TURNOUT_MUST_CHECK;
void hub_visit_fini(struct hub_visit *visit);
bool hub_visit_ask(struct hub_visit *visit, struct enrolment_lines *answer, struct err *err) TURNOUT_MUST_CHECK;

/* One whole exchange with the hub, told in `out`. */
bool hub_exchange(struct store *store, struct http_client *client, const char *url, struct out *out, struct err *err) TURNOUT_MUST_CHECK;

#define HUB_URL_OPTIONS \
	{ "ca", 0, "FILE", "PEM: trust these certificates instead of the system's" }

#endif
