#include <stdlib.h>

#include "base/str.h"
#include "cli/admin_token.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/hub_common.h"
#include "store/create.h"
#include "store/read/settings.h"
#include "store/view/roles.h"
#include "store/write/enrolment.h"

static const struct option_spec OPTIONS[] = {
	ADMIN_TOKEN_OPTIONS,
	HUB_URL_OPTIONS,
	{0},
};

/* Gives the hub the event's keys. */
static bool give_keys(struct store *store, struct hub_visit *visit, struct err *err) {
	struct store_origin origin;
	struct enrolment_lines answer;
	struct signature signature;
	char text[PUBLISH_TEXT_MAX];
	const struct key_pair *organiser = store_organiser_key(store, err);
	if (organiser == NULL || !store_origin(store, &origin, err)) {
		return false;
	}
	size_t n = enrolment_publish_text(&origin.event, &visit->hub, text);
	key_pair_sign(organiser, text, n, &signature);
	enrolment_put_origin(&visit->lines, &origin);
	enrolment_put_octets(&visit->lines, "signature", signature.b, SIG_LEN);
	crypto_wipe(&origin, sizeof origin);
	bool ok = hub_visit_ask(visit, &answer, err);
	enrolment_lines_fini(&answer);
	return ok;
}

/* Names the hub a keeper, and tells all stations where it is; nothing when both is so already. */
static bool name_hub(struct store *store, const struct hub_visit *visit, struct err *err) {
	bool keeper = false;
	char *known = setting_get(store, "hub");
	bool same = str_eq(known, visit->url);
	free(known);
	if (!role_is_keeper(store, &visit->hub, &keeper, err)) {
		return false;
	}
	return (keeper && same) || (store_begin(store, err) && cli_end(store,
								       (keeper || role_give(store, &visit->hub, "hub", "", err)) &&
									       (same || setting_put(store, "hub", visit->url, err)),
								       err));
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct hub_token token = {{0}, {0}};
	struct hub_visit visit = {.url = args_operand(args, 1), .token = &token};
	struct store *store = cli_open(args, STORE_WRITE, err);
	bool ok = store != NULL && store_organiser_key(store, err) != NULL && setting_check("hub", args_operand(args, 1), err) &&
		  admin_token(args, &token, err) && hub_visit_open(args, "publish", &visit, err) && give_keys(store, &visit, err) &&
		  name_hub(store, &visit, err) && hub_exchange(store, visit.client, visit.url, out, err);
	hub_visit_fini(&visit);
	crypto_wipe(&token, sizeof token);
	store_close(store);
	if (ok) {
		strbuf_addf(&out->text, "published at %s; stations that hold the event send there from their next exchange on\n",
			    args_operand(args, 1));
	}
	return ok;
}

const struct command cmd_publish = {
	.name = "publish",
	.summary = "puts the event on a hub, which keeps it and gives each station what it lacks",
	.usage = "EVENT URL [--token-file FILE] [--ca FILE]",
	.details =
		"The hub gets the event's sealing key and its invitation for stations, not the organiser's key: it cannot edit anything.\n"
		"Again is harmless, also at a second hub. Needs the organiser's key.\n" ADMIN_TOKEN_HELP,
	.operands = {"EVENT", "URL"},
	.options = OPTIONS,
	.exec = exec,
};
