#include <string.h>

#include "cli/commands.h"
#include "cli/common.h"
#include "scan/decode.h"

#define CODES_MAX 256 /* in one picture */

static const struct option_spec OPTIONS[] = {
	{"all", 0, NULL, "every code in each picture, not the first alone"},
	{0},
};

struct decode_run {
	struct decoder *decoder;
	size_t max;
	struct out *out;
};

static bool decode_one(const struct decode_run *run, const char *path, struct err *err) {
	struct image image;
	struct decode_result results[CODES_MAX];
	if (!image_load(path, &image, err)) {
		return false;
	}
	size_t count = decoder_scan(run->decoder, &image, results, run->max);
	for (size_t i = 0; i < count; i++) {
		decode_escape(path, strlen(path), &run->out->text);
		strbuf_addc(&run->out->text, '\t');
		decode_escape(results[i].payload, results[i].len, &run->out->text);
		strbuf_addc(&run->out->text, '\n');
	}
	image_fini(&image);
	return true;
}

/* A file that is no picture is said and passed over; the last such one is the command's own error. */
static bool exec(const struct args *args, struct out *out, struct err *err) {
	struct decode_run run = {.max = args_has(args, "all") ? CODES_MAX : 1, .out = out};
	struct err wrong = {0};
	if (!decoder_open(&run.decoder, err)) {
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
		*err = wrong;
		ok = false;
	}
	return ok;
}

const struct command cmd_decode = {
	.name = "decode",
	.summary = "reads the QR codes in pictures",
	.usage = "IMAGE… [--all]",
	.details = "Takes PNG, JPEG, PGM and PPM. Prints the path, a tab and what the code says, one line a code, nothing where there is "
		   "none;\n"
		   "\\n \\t \\r \\\\ and other bytes that are no text (\\xHH) are escaped. Status 1 only when a file could not be read as "
		   "a picture.",
	.operands = {"IMAGE"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
