#include "base/file.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/hub_common.h"
#include "store/create.h"

static const struct option_spec OPTIONS[] = {HUB_URL_OPTIONS, {0}};

struct enrolling {
	const struct args *args;
	struct pair_code code;
	struct store *store; /* the file that is there already, or was made; NULL: there is none yet */
	struct http_client *client;
	struct store_origin origin;
};

/* Uses the code up for the event's keys. A hub leaves it good when the file that is there is of another event. */
static bool ask_for_event(struct enrolling *e, struct err *err) {
	struct public_key hub;
	struct enrolment_lines answer = {.count = 0};
	struct strbuf lines = {0};
	const char *url = args_operand(e->args, 1);
	if (!enrolment_hub_of_code(e->client, url, &e->code, &hub, err)) {
		return false;
	}
	enrolment_put(&lines, "door", "enroll");
	enrolment_put_octets(&lines, "code", e->code.secret, sizeof e->code.secret);
	if (e->store != NULL) {
		enrolment_put_octets(&lines, "event", store_event(e->store)->b, HASH_LEN);
	}
	struct enrolment_question question = {.url = url, .hub = &hub, .lines = &lines};
	bool ok = enrolment_ask(e->client, &question, &answer, err) && enrolment_get_origin(&answer, &e->origin, err);
	enrolment_lines_fini(&answer);
	crypto_wipe(lines.data, lines.len);
	strbuf_fini(&lines);
	return ok;
}

/* A code is good once: before it is used up it has to be certain that there will be a file. */
static bool prepare_file(struct enrolling *e, struct err *err) {
	const char *path = args_operand(e->args, 0);
	bool ok = true;
	if (file_exists(path) && !file_is_dir(path)) {
		e->store = cli_open(e->args, STORE_WRITE, err);
		ok = e->store != NULL;
	} else {
		ok = store_adopt_try(path, err);
	}
	return ok || err_wrap(err, "the code was not used");
}

/* The file of the event: a new one, or the one that is there, when it is of the same event (a hub from before this program does not look). */
static bool take_event(struct enrolling *e, struct err *err) {
	const char *path = args_operand(e->args, 0);
	if (e->store == NULL) {
		e->store = store_adopt(path, &e->origin, err) ? cli_open(e->args, STORE_WRITE, err) : NULL;
		return e->store != NULL;
	}
	return crypto_hash_eq(store_event(e->store), &e->origin.event) ||
	       err_set(err, ERR_REFUSED, "%s is another event than the code is for; give the name of a new file", path);
}

/* The organiser sees the box on the list of stations before it signs anybody in. What the hub has of this device comes first: it may have written before, into
 * another copy. */
static bool exchange(const struct enrolling *e, const char *url, struct out *out, struct err *err) {
	bool begun = false;
	return hub_exchange(e->store, e->client, url, out, err) && store_introduce(e->store, &begun, err) &&
	       (!begun || hub_exchange(e->store, e->client, url, out, err));
}

/* A code is read out, and typed, in groups: each may be an argument of its own. */
static bool read_code(const struct args *args, struct pair_code *code, struct err *err) {
	struct strbuf text = {0};
	for (size_t i = 2; i < args->operand_count; i++) {
		strbuf_addf(&text, "%s ", args_operand(args, i));
	}
	bool ok = pair_code_parse(strbuf_str(&text), code, err);
	crypto_wipe(text.data, text.len);
	strbuf_fini(&text);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct http_client_options options = {.ca_file = args_value(args, "ca")};
	struct enrolling e = {.args = args};
	const char *path = args_operand(args, 0), *url = args_operand(args, 1);
	bool ok = crypto_init(err) && read_code(args, &e.code, err) && prepare_file(&e, err) &&
		  http_client_open(&options, &e.client, err) && ask_for_event(&e, err) && take_event(&e, err);
	if (ok && !exchange(&e, url, out, err)) {
		ok = err_wrap(err, "enrolled, but not everything came; \"turnout sync %s %s\" goes on", path, url);
	}
	http_client_close(e.client);
	store_close(e.store);
	crypto_wipe(&e, sizeof e);
	if (ok) {
		strbuf_addf(&out->text, "enrolled: %s is a station of this event\n", path);
	}
	return ok;
}

const struct command cmd_enroll = {
	.name = "enroll",
	.summary = "makes this box a station of an event, by a pairing code",
	.usage = "EVENT URL CODE [--ca FILE]",
	.details = "EVENT is the file to make; a copy of the same event that is there already is brought up to date instead.\n"
		   "CODE is what \"turnout pair\" printed, with dashes, spaces or neither, in capitals or not. The box is a station at "
		   "once: it\n"
		   "is on the organiser's list (turnout station EVENT list) before it signs anybody in.",
	.operands = {"EVENT", "URL", "CODE"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
