#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/escape.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "scan/qr/decode.h"

#define CODES_MAX 256 /* in one picture */
#define BUDGET_MS_MAX 600000

static const struct option_spec OPTIONS[] = {
	{"all", 0, NULL, "every code in each picture, not the first alone, however long it takes"},
	{"budget-ms", 0, "N", "milliseconds of processor time for a picture: 33, with --all as many as it takes; 0 is as many, too"},
	{"raw", 0, NULL, "the bytes as they stand in the code, not the text that they mean"},
	{"stats", 0, NULL, "tell on stderr how long each picture took, and how it was read"},
	{0},
};

struct decode_run {
	struct decoder *decoder;
	struct decode_options options;
	bool stats, raw;
	struct out *out;
};

/* One symbol of a set is said to be one, on stderr: nobody should take its piece of text for the whole. */
static void put_result(const struct decode_run *run, const char *path, const struct decode_result *r) {
	struct strbuf *out = &run->out->text;
	if (r->parts != 0) {
		cli_say("%s: this is part %d of %d of a code that is spread over several symbols", path, r->part, r->parts);
	}
	escape_add(out, ESCAPE_CODE, path, strlen(path));
	strbuf_addc(out, '\t');
	escape_add(out, ESCAPE_CODE, run->raw ? r->raw : r->payload, run->raw ? r->raw_len : r->len);
	strbuf_addc(out, '\n');
}

static bool decode_one(const struct decode_run *run, const char *path, struct err *err) {
	struct image image;
	struct decode_result results[CODES_MAX];
	if (!image_load(path, &image, err)) {
		return false;
	}
	int64_t from = clock_thread_us();
	size_t count = decoder_scan(run->decoder, &image, &run->options, results);
	int64_t took = clock_thread_us() - from;
	for (size_t i = 0; i < count; i++) {
		put_result(run, path, &results[i]);
	}
	if (run->stats) {
		struct strbuf line = {0};
		escape_add(&line, ESCAPE_CODE, path, strlen(path));
		fprintf(stderr, "%s\t%.3f\t%s\n", strbuf_str(&line), (double)took / 1000, count != 0 ? results[0].stage : "-");
		strbuf_fini(&line);
	}
	image_fini(&image);
	return true;
}

static bool read_options(const struct args *args, struct decode_run *run, struct err *err) {
	const char *budget = args_value(args, "budget-ms");
	bool all = args_has(args, "all");
	int64_t ms = 0;
	run->stats = args_has(args, "stats");
	run->raw = args_has(args, "raw");
	run->options = (struct decode_options){.budget_us = all ? 0 : DECODE_BUDGET_US, .all = all, .max = all ? CODES_MAX : 1};
	if (budget != NULL) {
		if (!str_to_i64(budget, &ms) || ms < 0 || ms > BUDGET_MS_MAX) {
			return err_set(err, ERR_USAGE, "--budget-ms takes a number of milliseconds, 0 to %d", BUDGET_MS_MAX);
		}
		run->options.budget_us = ms * 1000;
	}
	return true;
}

/* A file that is no picture is said and passed over; the last such one is the command's own error. */
static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct decode_run run = {.out = out};
	struct err wrong = {0};
	if (!read_options(args, &run, err) || !decoder_open(&run.decoder, err)) {
		return false;
	}
	bool ok = true;
	for (size_t i = 0; ok && i < args->operand_count; i++) {
		struct err now = {0};
		if (!decode_one(&run, args_operand(args, i), &now)) {
			if (wrong.kind != ERR_NONE) {
				cli_say("%s", wrong.text);
			}
			wrong = now;
		}
		ok = out_flush(out, err);
	}
	decoder_close(run.decoder);
	if (ok && wrong.kind != ERR_NONE) {
		err_give(err, &wrong);
		ok = false;
	}
	return ok;
}

const struct command cmd_decode = {
	.name = "decode",
	.summary = "reads the QR codes in pictures",
	.usage = "IMAGE… [--all] [--budget-ms N] [--stats]",
	.details =
		"Takes PNG, JPEG, PGM and PPM. Prints the path, a tab and what the code says, one line a code, nothing where there is "
		"none;\n"
		"\\n \\t \\r \\\\ and other bytes that are no text (\\xHH) are escaped. Status 1 only when a file could not be read as "
		"a picture.\n\n"
		"--stats writes a line a picture to stderr: path, milliseconds of processor time for decoding alone, and the stage that\n"
		"read it or \"-\", with tabs between.",
	.operands = {"IMAGE"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
