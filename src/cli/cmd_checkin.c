#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "badge/code.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/lines.h"
#include "cli/own_standing.h"
#include "cli/person_fields.h"
#include "scan/qr/decode.h"
#include "station/desk.h"
#include "station/muster.h"
#include "store/read/checkins.h"
#include "sync/rescue.h"

static const struct option_spec OPTIONS[] = {
	{"point", 0, "POINT",
	 "arrival (as without it); a session: its id, the beginning of it, or its title; \"room:NAME\", whose agenda is followed; "
	 "what is handed out (turnout rules); exit, \"exit:SESSION\" or \"exit:room:NAME\", where people leave"},
	{"although", 0, "REASON", "lets in, or hands out, although a rule says no; the reason is kept"},
	{"by", 0, "KEY", "who of the staff it was (turnout staff)"},
	{"at", 0, "TIME", "when it was, for lists from paper: 2026-05-14 10:30, in the event's zone, or with an offset"},
	{"image", 0, "FILE", "take the code from a picture; may be given several times"},
	{"group", 0, "KIND=NAME",
	 "everybody of an organisation, a community or a delegation who is not ticked off there yet: organisation=NAME"},
	{"dry-run", 0, NULL, "of a group: say what would be answered, change nothing"},
	{"walk-in", 0, "NAME", "somebody who is on no list: puts them there, with a short code of their own, and signs them in"},
	PERSON_FIELD_OPTIONS, /* of the walk-in */
	{0},
};

struct checkin_run {
	struct desk *desk;
	struct out *out;
	struct desk_scan scan; /* what all of them have in common */
	bool recorded;
};

/* The outcome, the name, the code. */
static void put_answer(const struct desk_answer *answer, const char *name, const char *code, size_t len, struct strbuf *to) {
	strbuf_adds(to, outcome_word(answer->outcome));
	strbuf_addc(to, '\t');
	escape_add(to, ESCAPE_CODE, name, strlen(name));
	strbuf_addc(to, '\t');
	escape_add(to, ESCAPE_CODE, code, len);
}

/* Invariant 1: the lines are written only after desk_take_together made the records durable. */
static bool take_turns(struct checkin_run *run, struct desk_turn *turns, size_t n, struct err *err) {
	size_t taken = desk_take_together(run->desk, turns, n, err);
	for (size_t i = 0; i < taken; i++) {
		struct desk_answer *answer = &turns[i].answer;
		const char *code = answer->code[0] ? answer->code : turns[i].scan.text;
		const char *name = answer->known ? person_text(&answer->person.person, PERSON_NAME) : "";
		put_answer(answer, name, code, answer->code[0] ? strlen(code) : turns[i].scan.len, &run->out->text);
		strbuf_addc(&run->out->text, '\n');
		run->recorded = run->recorded || answer->recorded;
		desk_answer_fini(answer);
	}
	struct err unsaid = {0};
	bool said = out_flush(run->out, &unsaid);
	if (taken == n && !said) {
		err_give(err, &unsaid);
	}
	return taken == n && said;
}

static bool take_code(struct checkin_run *run, const char *text, size_t len, struct err *err) {
	struct desk_turn turn = {.scan = run->scan};
	turn.scan.text = text;
	turn.scan.len = len;
	return take_turns(run, &turn, 1, err);
}

static bool take_walk_in(struct checkin_run *run, const struct args *args, struct err *err) {
	struct strbuf set = {0};
	struct desk_answer answer;
	struct desk_scan scan = run->scan;
	char aloud[CODE_ALOUD_MAX];
	scan.how = "walk-in";
	char *name = cli_text("the name", args_value(args, "walk-in"), PERSON_VALUE_MAX, err);
	bool ok = name != NULL && (name[0] != '\0' || err_set(err, ERR_USAGE, "the name is empty")) &&
		  person_fields_json(args, name, &set, err) && desk_walk_in(run->desk, set.data, &scan, &answer, err);
	if (ok) {
		code_read_aloud(answer.code, aloud);
		put_answer(&answer, name, answer.code, strlen(answer.code), &run->out->text);
		strbuf_addf(&run->out->text, "\t%s\n", aloud);
		run->recorded = true;
		desk_answer_fini(&answer);
	}
	free(name);
	strbuf_fini(&set);
	return ok && out_flush(run->out, err);
}

/* --- a group ----------------------------------------------------------------------------------------------------------------------- */

/* Like `turnout import --dry-run`: what would be said, and nothing is written. */
static bool say_group(struct checkin_run *run, const struct muster *muster, struct err *err) {
	for (size_t i = 0; i < muster->count; i++) {
		const struct muster_person *person = &muster->items[i];
		const struct desk_answer answer = {.outcome = person->outcome};
		put_answer(&answer, person->name, person->id, strlen(person->id), &run->out->text);
		strbuf_addc(&run->out->text, '\n');
	}
	return out_flush(run->out, err);
}

/* Each by the ordinary way, as many together as wait for one sync of the disk. Whoever has no code in the answer is named by their id. */
static bool take_group(struct checkin_run *run, const struct muster *muster, struct err *err) {
	struct desk_turn *turns = xcalloc(DESK_TOGETHER_MAX, sizeof *turns);
	bool ok = true;
	for (size_t done = 0; ok && done < muster->count;) {
		size_t n = muster->count - done < DESK_TOGETHER_MAX ? muster->count - done : DESK_TOGETHER_MAX;
		for (size_t i = 0; i < n; i++) {
			const char *id = muster->items[done + i].id;
			turns[i] = (struct desk_turn){.scan = run->scan};
			turns[i].scan.person = turns[i].scan.text = id;
			turns[i].scan.len = strlen(id);
		}
		ok = take_turns(run, turns, n, err);
		done += n;
	}
	free(turns);
	return ok;
}

static bool serve_group(struct checkin_run *run, struct store *store, const struct args *args, struct err *err) {
	const char *text = args_value(args, "group"), *name = strchr(text, '=');
	char word[32] = "";
	struct muster muster = {.count = 0};
	if (name != NULL && (size_t)(name - text) < sizeof word) {
		memcpy(word, text, (size_t)(name - text));
	}
	struct muster_question question = {.store = store,
					   .desk = run->desk,
					   .now = run->scan.has_at ? run->scan.at : store_now(store),
					   .kind = group_kind_find(word)};
	if (name == NULL || question.kind == GROUP_KINDS || name[1] == '\0') {
		return err_set(err, ERR_USAGE, "--group is organisation=NAME, community=NAME or delegation=NAME, not \"%s\"", text);
	}
	if (!muster_load(&question, name + 1, &muster, err)) {
		return false;
	}
	bool ok = muster.people == 0          ? err_set(err, ERR_NOT_FOUND, "nobody on the roster has the %s \"%s\"", word, name + 1)
		  : args_has(args, "dry-run") ? say_group(run, &muster, err)
					      : take_group(run, &muster, err);
	muster_fini(&muster);
	return ok;
}

/* --- lines ------------------------------------------------------------------------------------------------------------------------- */

struct waiting {
	struct lines lines;
	struct desk_turn turns[DESK_TOGETHER_MAX];
	char *texts[DESK_TOGETHER_MAX];
	size_t count;
};

static void add_line(struct waiting *w, const struct desk_scan *scan, const char *line, size_t len) {
	char *text = xmalloc(len + 1);
	memcpy(text, line, len + 1);
	w->turns[w->count] = (struct desk_turn){.scan = *scan};
	w->turns[w->count].scan.text = w->texts[w->count] = text;
	w->turns[w->count++].scan.len = len;
}

/* All lines that wait are taken together; nobody waits for one that has not come yet. */
static bool take_waiting(struct checkin_run *run, struct waiting *w, bool *ended, struct err *err) {
	const char *line = NULL;
	size_t len = 0;
	bool ok = true;
	w->count = 0;
	do {
		ok = lines_next(&w->lines, &line, &len, err);
		*ended = line == NULL;
		if (!*ended && len != 0) {
			add_line(w, &run->scan, line, len);
		}
	} while (!*ended && w->count < DESK_TOGETHER_MAX && lines_waiting(&w->lines));
	ok = (w->count == 0 || take_turns(run, w->turns, w->count, err)) && ok;
	for (size_t i = 0; i < w->count; i++) {
		free(w->texts[i]);
	}
	return ok;
}

static bool take_stdin(struct checkin_run *run, struct err *err) {
	struct waiting *w = xcalloc(1, sizeof *w);
	bool ok = true, ended = false;
	w->lines.fd = STDIN_FILENO;
	while (ok && !ended) {
		ok = take_waiting(run, w, &ended, err);
	}
	free(w);
	return ok;
}

static bool take_image(struct checkin_run *run, const char *path, struct err *err) {
	struct image image;
	struct decode_result result;
	struct decoder *decoder = NULL;
	if (!image_load(path, &image, err)) {
		return false;
	}
	bool ok = decoder_open(&decoder, err);
	if (ok) {
		ok = decoder_scan(decoder, &image, &(struct decode_options){.max = 1}, &result) == 1
			     ? take_code(run, result.payload, result.len, err)
			     : err_set(err, ERR_INPUT, "%s: no QR code was found in it", path);
	}
	decoder_close(decoder);
	image_fini(&image);
	return ok;
}

static bool take_all(struct checkin_run *run, const struct args *args, struct err *err) {
	size_t cursor = 0;
	bool ok = true;
	for (size_t i = 1; ok && i < args->operand_count; i++) {
		const char *code = args_operand(args, i);
		ok = str_eq(code, "-") ? take_stdin(run, err) : take_code(run, code, strlen(code), err);
	}
	run->scan.how = run->scan.has_at ? "paper" : "camera";
	for (const char *path = args_next(args, "image", &cursor); ok && path != NULL; path = args_next(args, "image", &cursor)) {
		ok = take_image(run, path, err);
	}
	return ok;
}

static bool read_time(const struct args *args, const struct store *store, struct desk_scan *scan, struct err *err) {
	const char *text = args_value(args, "at");
	int offset_min = 0;
	scan->has_at = text != NULL;
	scan->how = text ? "paper" : "staff";
	int64_t day = 0;
	if (text != NULL && tz_parse_date(text, &day)) {
		return err_set(err, ERR_USAGE, "--at needs a time of day too, like %s 10:30", text);
	}
	return text == NULL || tz_parse(store_tz(store), text, &scan->at, &offset_min) ||
	       err_set(err, ERR_USAGE, "--at is a time like 2026-05-14 10:30, not \"%s\"", text);
}

/* Codes, or one walk-in with their fields. */
static bool check_args(const struct args *args, struct err *err) {
	size_t walk_ins = 0;
	bool codes = args->operand_count >= 2 || args_has(args, "image");
	for (size_t i = 0; i < args->count; i++) {
		walk_ins += str_eq(args->given[i].option->name, "walk-in") ? 1 : 0;
	}
	if (walk_ins > 1 || (walk_ins == 1 && codes)) {
		return err_set(err, ERR_USAGE, "--walk-in signs in one person, and no codes beside them");
	}
	if (args_has(args, "group") && (walk_ins > 0 || codes)) {
		return err_set(err, ERR_USAGE, "--group signs in a group, and nobody beside them");
	}
	if (args_has(args, "dry-run") && !args_has(args, "group")) {
		return err_set(err, ERR_USAGE, "--dry-run belongs to --group");
	}
	for (size_t i = 0; i < args->count && walk_ins == 0; i++) {
		const char *option = args->given[i].option->name;
		if (person_field_find(option) != PERSON_FIELD_COUNT || str_eq(option, "custom")) {
			return err_set(err, ERR_USAGE, "--%s belongs to --walk-in", option);
		}
	}
	return codes || walk_ins == 1 || args_has(args, "group") ||
	       err_set(err, ERR_USAGE, "no CODE was given (\"-\" reads codes from standard input)");
}

/* Who reads codes from standard input stays for long, and borrows nothing from a kiosk. */
static bool open_file(const struct args *args, struct cli_file *file, struct err *err) {
	for (size_t i = 1; i < args->operand_count; i++) {
		if (str_eq(args_operand(args, i), "-")) {
			file->store = cli_open(args, STORE_WRITE, err);
			return file->store != NULL;
		}
	}
	return cli_file_open(args, file, err);
}

static bool exec(const struct args *args, struct out *out, struct err *err) {
	const char *point = args_value(args, "point");
	if (!check_args(args, err)) {
		return false;
	}
	struct cli_file file = {0};
	struct checkin_run run = {.out = out};
	bool ok = open_file(args, &file, err) && read_time(args, file.store, &run.scan, err);
	if (ok) {
		run.scan.by = args_value(args, "by");
		run.scan.although = args_value(args, "although");
		run.desk = desk_open(file.store, point ? point : POINT_ARRIVAL, err);
		ok = run.desk != NULL && (args_has(args, "walk-in") ? take_walk_in(&run, args, err)
					  : args_has(args, "group") ? serve_group(&run, file.store, args, err)
								    : take_all(&run, args, err));
	}
	if (!ok && err->kind == ERR_GONE) {
		rescue_keep(file.store, err);
	}
	struct err unknown = {0};
	if (run.recorded && !own_standing_say(file.store, &unknown)) {
		cli_say("warning: whether this box's check-ins count could not be found out: %s", unknown.text);
	}
	desk_close(run.desk);
	cli_file_close(&file);
	return ok;
}

const struct command cmd_checkin = {
	.name = "checkin",
	.summary = "signs people in by the codes of their badges",
	.usage = "EVENT CODE… [--point POINT] [--at TIME]\nEVENT - [--point POINT] [--at TIME]      codes on standard input, one a line\n"
		 "EVENT --image FILE [--point POINT] [--at TIME]\n"
		 "EVENT --group KIND=NAME [--dry-run] [--point POINT] [--by KEY]\n"
		 "EVENT --walk-in NAME [--FIELD TEXT]… [--point POINT] [--at TIME]",
	.details = "Prints one line a code as soon as it is safely on disk: outcome TAB name TAB code. Lines that wait on standard input\n"
		   "(256 at most) are written to disk together. The outcome is one of accepted duplicate\n"
		   "late unverified unknown revoked wrong-day wrong-event full not-a-badge not-expected closed given used-up not-entitled "
		   "left. Status 0 when all were taken, "
		   "whatever the "
		   "outcomes.\n"
		   "Of a line everything from a carriage return on is dropped, empty lines are passed over; a line longer than 4096 bytes\n"
		   "is no badge, and what is beyond them is not looked at. Of a walk-in the line has a fourth part: the code's short form, "
		   "to be\n"
		   "written on a badge and read aloud. The fields are those of `turnout person add`.\n"
		   "Of a group (organisation=, community= or delegation=NAME, in any spelling that differs by capitals and signs alone) "
		   "those\n"
		   "are signed in who are not in yet; where people leave, those who are still inside; where something is handed out, those "
		   "who\n"
		   "did not have it. Their lines have their ids in place of codes; with --dry-run they say what would be answered.",
	.operands = {"EVENT"},
	.more = true,
	.options = OPTIONS,
	.exec = exec,
};
