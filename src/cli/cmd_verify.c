#include "base/json.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "store/read/audit.h"

static const struct option_spec OPTIONS[] = {
	{"json", 0, NULL, "as JSON: logs, records, signatures, faults"},
	{0},
};

struct report {
	struct out *out;
	bool json;
	struct json_writer faults;
};

static void tell_fault(void *context, const char *sentence) {
	struct report *report = context;
	if (report->json) {
		json_put_text(&report->faults, NULL, sentence);
	} else {
		strbuf_addf(&report->out->text, "%s\n", sentence);
	}
}

static void summary(const struct audit *audit, const struct report *report) {
	char logs[CLI_COUNT_MAX];
	char records[CLI_COUNT_MAX];
	char signatures[CLI_COUNT_MAX];
	struct strbuf *to = &report->out->text;
	if (report->json) {
		struct json_writer w = {.out = to};
		report->out->exact = true;
		json_open(&w, NULL, '{');
		json_put_int(&w, "logs", audit->logs);
		json_put_int(&w, "records", audit->records);
		json_put_int(&w, "signatures", audit->signatures);
		json_put_raw(&w, "faults", strbuf_str(report->faults.out));
		json_close(&w, '}');
		strbuf_addc(to, '\n');
	} else if (audit->faults == 0) {
		strbuf_addf(to, "%s, %s, %s: no fault\n", cli_count(logs, audit->logs, "log", "logs"),
			    cli_count(records, audit->records, "record", "records"),
			    cli_count(signatures, audit->signatures, "signature", "signatures"));
	}
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct strbuf faults = {0};
	struct report report = {.out = out, .json = args_has(args, "json"), .faults = {.out = &faults}};
	struct audit audit = {0};
	struct store *store = cli_open(args, STORE_READ, err);
	json_open(&report.faults, NULL, '[');
	bool ok = store != NULL && audit_verify(store, &audit, tell_fault, &report, err);
	json_close(&report.faults, ']');
	if (ok) {
		char count[CLI_COUNT_MAX];
		summary(&audit, &report);
		ok = audit.faults == 0 || err_set(err, ERR_CORRUPT, "%s: %s", args_operand(args, 0),
						  cli_count(count, audit.faults, "fault was found", "faults were found"));
	}
	store_close(store);
	strbuf_fini(&faults);
	return ok;
}

const struct command cmd_verify = {
	.name = "verify",
	.summary = "checks every record: its hash, its place, its signatures; names what was changed, inserted or lost",
	.usage = "EVENT [--json]",
	.details = "Prints each fault in a line; status 1 when there is one. Writes nothing.",
	.operands = {"EVENT"},
	.options = OPTIONS,
	.exec = exec,
};
