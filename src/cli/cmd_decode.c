#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "import/encoding.h"
#include "scan/qr/decode.h"

#define CODES_MAX 256 /* in one picture */
#define BUDGET_MS_MAX 600000

static const struct option_spec OPTIONS[] = {
	{"all", 0, NULL, "every code in each picture, not the first alone, however long it takes"},
	{"budget-ms", 0, "N", "milliseconds of processor time for a picture: 33, with --all as many as it takes; 0 is as many, too"},
	{"stats", 0, NULL, "tell on stderr how long each picture took, and how it was read"},
	{0},
};

struct decode_run {
	struct decoder *decoder;
	struct decode_options options;
	bool stats;
	struct out *out;
};

static bool is_between(unsigned char c, unsigned char low, unsigned char high) { return c >= low && c <= high; }

/* Half-width katakana alone: one of their letters has a mark of voicing behind it, and no other has. Such bytes are capital letters elsewhere, which do
 * not stand so. */
static bool reads_as_katakana(const char *bytes, size_t len) {
	unsigned char before = 0;
	bool marked = false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];
		bool takes_mark = is_between(before, 0xCA, 0xCE) || (c == 0xDE && (is_between(before, 0xB6, 0xC4) || before == 0xB3));
		if (c >= 0x80 && (!is_between(c, 0xA1, 0xDF) || (c >= 0xDE && !takes_mark))) {
			return false;
		}
		marked = marked || c >= 0xDE;
		before = c;
	}
	return marked;
}

/* Whether bytes read as Shift JIS (JIS X 0208, appendix 1): kana and the commonest kanji begin with 0x81 to 0x9F, which no text in an alphabet of one
 * byte a letter is full of; what else there is may not prevail. */
static bool reads_as_shift_jis(const char *bytes, size_t len) {
	size_t sure = 0;
	size_t other = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];
		unsigned char next = i + 1 < len ? (unsigned char)bytes[i + 1] : 0;
		if ((is_between(c, 0x81, 0x9F) || is_between(c, 0xE0, 0xFC)) && is_between(next, 0x40, 0xFC) && next != 0x7F) {
			sure += c <= 0x9F;
			other += c > 0x9F;
			i++;
		} else {
			other += c >= 0x80;
		}
	}
	return (sure > 0 && sure >= other) || reads_as_katakana(bytes, len);
}

/* Text that is no UTF-8 and says so, or reads as the Japanese set that codes were first made for, is brought into UTF-8. Else its bytes are shown. */
static void put_payload(const struct decode_result *r, struct strbuf *out) {
	static const char *const names[] = {
		[DECODE_BYTES] = "CP932", [DECODE_LATIN1] = "ISO-8859-1", [DECODE_SHIFT_JIS] = "CP932", [DECODE_GB2312] = "GB18030"};
	const char *name = r->charset < COUNT_OF(names) ? names[r->charset] : NULL;
	struct strbuf text = {0};
	struct err ignored = {0};
	char used[ENCODING_NAME_MAX];
	bool keeps = utf8_valid(r->payload, r->len, NULL) || (r->charset == DECODE_BYTES && !reads_as_shift_jis(r->payload, r->len));
	if (!keeps && name != NULL && encoding_to_utf8(r->payload, r->len, name, &text, used, &ignored)) {
		decode_escape(text.data, text.len, out);
	} else {
		decode_escape(r->payload, r->len, out);
	}
	strbuf_fini(&text);
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
		decode_escape(path, strlen(path), &run->out->text);
		strbuf_addc(&run->out->text, '\t');
		put_payload(&results[i], &run->out->text);
		strbuf_addc(&run->out->text, '\n');
	}
	if (run->stats) {
		struct strbuf line = {0};
		decode_escape(path, strlen(path), &line);
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
