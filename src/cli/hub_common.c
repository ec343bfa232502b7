#include "cli/hub_common.h"

#include "cli/common.h"
#include "sync/http_transport.h"
#include "sync/replica_store.h"

bool hub_visit_open(const struct args *args, const char *verb, struct hub_visit *out, struct err *err) {
	struct http_client_options options = {.ca_file = args_value(args, "ca")};
	*out = (struct hub_visit){.url = out->url, .token = out->token};
	if (!http_client_open(&options, &out->client, err) || !enrolment_hub_of_token(out->client, out->url, out->token, &out->hub, err)) {
		return false;
	}
	enrolment_put(&out->lines, "door", verb);
	enrolment_put_octets(&out->lines, "token", out->token->secret, sizeof out->token->secret);
	return true;
}

void hub_visit_fini(struct hub_visit *visit) {
	http_client_close(visit->client);
	if (visit->lines.data != NULL) {
		crypto_wipe(visit->lines.data, visit->lines.len);
	}
	strbuf_fini(&visit->lines);
}

bool hub_visit_ask(struct hub_visit *visit, struct enrolment_lines *answer, struct err *err) {
	struct enrolment_question question = {.url = visit->url, .hub = &visit->hub, .lines = &visit->lines};
	return enrolment_ask(visit->client, &question, answer, err);
}

bool hub_exchange(struct store *store, struct http_client *client, const char *url, struct out *out, struct err *err) {
	struct replica replica;
	struct http_client_answer answer = {.status = 0};
	struct exchange_report report;
	char text[2][CLI_COUNT_MAX];
	if (!replica_of_store(store, &replica, err)) {
		return false;
	}
	struct exchange *x = exchange_open(&replica);
	bool ok = http_transport_run(x, client, url, &answer, err);
	exchange_report(x, &report);
	exchange_close(x);
	http_client_answer_fini(&answer);
	replica_fini(&replica);
	if (ok) {
		strbuf_addf(&out->text, "sent %s, received %s\n", cli_count(text[0], (int64_t)report.sent, "record", "records"),
			    cli_count(text[1], (int64_t)report.received, "record", "records"));
	}
	return ok;
}
