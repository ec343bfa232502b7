#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"
#include "cli/admin_token.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/hub_common.h"
#include "paper/qr.h"

static const struct option_spec OPTIONS[] = {
	ADMIN_TOKEN_OPTIONS,
	{"json", 0, NULL, "as a JSON object, without the QR code"},
	HUB_URL_OPTIONS,
	{0},
};

/* Two rows of modules a line of text. Terminals are dark: what is light is what gets drawn. */
static bool put_qr(const char *text, struct strbuf *out, struct err *err) {
	static const char *const halves[2][2] = {{"\xE2\x96\x88", "\xE2\x96\x80"}, {"\xE2\x96\x84", " "}}; /* █ ▀ ▄ */
	struct qr_matrix *qr = xcalloc(1, sizeof *qr);
	bool ok = qr_encode(qr, text, strlen(text), QR_LEVEL_M, err);
	for (int y = -QR_QUIET; ok && y < qr->side + QR_QUIET; y += 2) {
		for (int x = -QR_QUIET; x < qr->side + QR_QUIET; x++) {
			strbuf_adds(out, halves[qr_dark(qr, x, y)][qr_dark(qr, x, y + 1)]);
		}
		strbuf_addc(out, '\n');
	}
	free(qr);
	return ok;
}

static bool tell_code(const struct args *args, const char *code, struct out *out, struct err *err) {
	const char *url = args_operand(args, 1);
	if (args_has(args, "json")) {
		struct json_writer w = {.out = &out->text};
		out->exact = true;
		json_open(&w, NULL, '{');
		json_put_text(&w, "url", url);
		json_put_text(&w, "code", code);
		json_put_int(&w, "minutes", 10);
		json_close(&w, '}');
		strbuf_addc(&out->text, '\n');
		return true;
	}
	strbuf_addf(&out->text, "%s\n\n", code);
	char *text = xasprintf("turnout-pair %s %s", url, code);
	bool ok = put_qr(text, &out->text, err);
	free(text);
	strbuf_addf(&out->text, "\nGood once, for ten minutes. On the new station: turnout enroll EVENT %s %s\n", url, code);
	return ok;
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct hub_token token = {{0}, {0}};
	struct hub_visit visit = {.url = args_operand(args, 1), .token = &token};
	struct enrolment_lines answer = {.count = 0};
	struct store *store = cli_open(args, STORE_READ, err);
	bool ok = store != NULL && admin_token(args, &token, err) && hub_visit_open(args, "pair", &visit, err);
	if (ok) {
		enrolment_put_octets(&visit.lines, "event", store_event(store)->b, HASH_LEN);
		ok = hub_visit_ask(&visit, &answer, err);
	}
	if (ok) {
		const char *code = enrolment_get(&answer, "code");
		ok = code != NULL ? tell_code(args, code, out, err) : err_set(err, ERR_INPUT, "the hub gave no code");
	}
	enrolment_lines_fini(&answer);
	hub_visit_fini(&visit);
	crypto_wipe(&token, sizeof token);
	store_close(store);
	return ok;
}

const struct command cmd_pair = {
	.name = "pair",
	.summary = "asks the hub for a one-time code with which a new station gets the event",
	.usage = "EVENT URL [--token-file FILE] [--json] [--ca FILE]",
	.details = "Prints the code, and as a QR code the words \"turnout-pair URL CODE\". Whoever uses it gets a whole copy of the "
		   "event.\n" ADMIN_TOKEN_HELP,
	.operands = {"EVENT", "URL"},
	.options = OPTIONS,
	.exec = exec,
};
