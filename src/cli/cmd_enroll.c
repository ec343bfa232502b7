#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/hub_common.h"
#include "store/create.h"

static const struct option_spec OPTIONS[] = {HUB_URL_OPTIONS, {0}};

/* Uses the code up for the event's keys. */
static bool ask_for_event(struct http_client *client, const struct args *args, struct store_origin *out, struct err *err) {
	struct pair_code code;
	struct public_key hub;
	struct enrolment_lines answer = {.count = 0};
	struct strbuf lines = {0};
	const char *url = args_operand(args, 1);
	if (!pair_code_parse(args_operand(args, 2), &code, err) || !enrolment_hub_of_code(client, url, &code, &hub, err)) {
		return false;
	}
	enrolment_put(&lines, "door", "enroll");
	enrolment_put_octets(&lines, "code", code.secret, sizeof code.secret);
	struct enrolment_question question = {.url = url, .hub = &hub, .lines = &lines};
	bool ok = enrolment_ask(client, &question, &answer, err) && enrolment_get_origin(&answer, out, err);
	enrolment_lines_fini(&answer);
	crypto_wipe(lines.data, lines.len);
	strbuf_fini(&lines);
	return ok;
}

/* A code is good once: before it is used up it has to be certain that there will be a file. *store NULL: it is a new one. */
static bool prepare_file(const struct args *args, struct store **store, struct err *err) {
	const char *path = args_operand(args, 0);
	*store = NULL;
	if (file_exists(path)) {
		*store = cli_open(args, STORE_WRITE, err);
		return *store != NULL;
	}
	char *folder = xstrndup(path, (size_t)(file_base_name(path) - path));
	bool ok = access(folder[0] == '\0' ? "." : folder, W_OK) == 0 || err_errno(err, "no file can be made in the folder of %s", path);
	free(folder);
	return ok;
}

/* The file of the event: a new one, or the one that is there, when it is of the same event. */
static bool take_event(const struct args *args, const struct store_origin *origin, struct store **store, struct err *err) {
	const char *path = args_operand(args, 0);
	if (*store == NULL) {
		*store = store_adopt(path, origin, err) ? cli_open(args, STORE_WRITE, err) : NULL;
		return *store != NULL;
	}
	return crypto_hash_eq(store_event(*store), &origin->event) ||
	       err_set(err, ERR_REFUSED, "%s is another event than the code is for; give the name of a new file", path);
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct http_client_options options = {.ca_file = args_value(args, "ca")};
	struct http_client *client = NULL;
	struct store_origin origin;
	struct store *store = NULL;
	bool ok = crypto_init(err) && prepare_file(args, &store, err) && http_client_open(&options, &client, err) &&
		  ask_for_event(client, args, &origin, err) && take_event(args, &origin, &store, err);
	if (ok && !hub_exchange(store, client, args_operand(args, 1), out, err)) {
		ok = err_wrap(err, "enrolled, but not everything came; \"turnout sync %s %s\" goes on", args_operand(args, 0),
			      args_operand(args, 1));
	}
	http_client_close(client);
	store_close(store);
	crypto_wipe(&origin, sizeof origin);
	if (ok) {
		strbuf_addf(&out->text, "enrolled: %s is a station of this event\n", args_operand(args, 0));
	}
	return ok;
}

const struct command cmd_enroll = {
	.name = "enroll",
	.summary = "makes this box a station of an event, by a pairing code",
	.usage = "EVENT URL CODE [--ca FILE]",
	.details = "EVENT is the file to make; a copy of the same event that is there already is brought up to date instead.\n"
		   "CODE is what \"turnout pair\" printed.",
	.operands = {"EVENT", "URL", "CODE"},
	.options = OPTIONS,
	.exec = exec,
};
