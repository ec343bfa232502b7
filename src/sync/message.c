#include "sync/message.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

#define HEAD "turnout-exchange-"
#define VERSION "1"

static const char *const KINDS[] = {[MESSAGE_REQUEST] = "request", [MESSAGE_ANSWER] = "answer", [MESSAGE_STICK] = "stick"};
_Static_assert(COUNT_OF(KINDS) == MESSAGE_KIND_COUNT, "every kind has its word");

/* --- writing ----------------------------------------------------------------------------------------------------------------------- */

void message_begin(struct strbuf *out, enum message_kind kind) { strbuf_addf(out, HEAD VERSION "\t%s\n", KINDS[kind]); }

void message_put_hash(struct strbuf *out, const char *word, const struct hash *hash) {
	char hex[2 * HASH_LEN + 1];
	str_hex(hash->b, HASH_LEN, hex);
	strbuf_addf(out, "%s\t%s\n", word, hex);
}

void message_put_point(struct strbuf *out, const char *word, const struct head *point) {
	char log[2 * HASH_LEN + 1];
	char hash[2 * HASH_LEN + 1];
	str_hex(point->log.b, HASH_LEN, log);
	str_hex(point->hash.b, HASH_LEN, hash);
	strbuf_addf(out, "%s\t%s\t%" PRIu64 "\t%s\n", word, log, point->seq, hash);
}

static void put_span(struct strbuf *out, const struct span *span) {
	char from[2 * HASH_LEN + 1];
	char to[2 * HASH_LEN + 1] = "-";
	str_hex(span->from.b, HASH_LEN, from);
	if (!span->endless) {
		str_hex(span->to.b, HASH_LEN, to);
	}
	strbuf_addf(out, "\t%s\t%s", from, to);
}

void message_put_list(struct strbuf *out, const struct span *span) {
	static const struct hash first = {{0}};
	strbuf_adds(out, "list");
	if (!span->endless || !crypto_hash_eq(&span->from, &first)) {
		put_span(out, span);
	}
	strbuf_addc(out, '\n');
}

void message_put_part(struct strbuf *out, const struct message_part *part) {
	char digest[2 * HASH_LEN + 1];
	str_hex(part->digest.b, HASH_LEN, digest);
	strbuf_adds(out, "part");
	put_span(out, &part->span);
	strbuf_addf(out, "\t%s\n", digest);
}

void message_put_clock(struct strbuf *out, struct utc_ms now, bool sure) {
	strbuf_addf(out, "clock\t%" PRId64 "\t%d\n", now.v, sure ? 1 : 0);
}

void message_put_certificate(struct strbuf *out, const struct certificate *certificate) {
	char key[2 * KEY_LEN + 1];
	char signature[2 * SIG_LEN + 1];
	str_hex(certificate->invitation.b, KEY_LEN, key);
	str_hex(certificate->signature.b, SIG_LEN, signature);
	strbuf_addf(out, "certificate\t%s\t%s\n", key, signature);
}

void message_put_later(struct strbuf *out, const struct message_later *later) {
	char log[2 * HASH_LEN + 1];
	str_hex(later->log.b, HASH_LEN, log);
	strbuf_addf(out, "later\t%s\t%" PRId64 "\t%s\n", log, later->seconds, later->word);
}

void message_put_refusal(struct strbuf *out, const char *word, const char *sentence) {
	strbuf_addf(out, "refuse\t%s\t%s\n", word, sentence);
}

void message_put_piece(struct strbuf *out, char mark, const struct run *run) {
	char log[2 * HASH_LEN + 1];
	char author[2 * KEY_LEN + 1];
	char before[2 * HASH_LEN + 1];
	str_hex(run->log.b, HASH_LEN, log);
	str_hex(run->author.b, KEY_LEN, author);
	str_hex(run->before.b, HASH_LEN, before);
	strbuf_addf(out, "%c\t%s\t%s\t%" PRIu64 "\t%s\n", mark, log, author, run->from, before);
}

static void put_number(struct strbuf *out, int64_t value) {
	char digits[24];
	size_t at = sizeof digits;
	uint64_t left = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left != 0);
	if (value < 0) {
		digits[--at] = '-';
	}
	strbuf_add(out, digits + at, sizeof digits - at);
}

/* Without printf: records come by the hundred thousand. */
void message_put_record(struct strbuf *out, const struct run_record *record) {
	strbuf_adds(out, record->kind);
	strbuf_addc(out, '\t');
	put_number(out, record->mono_ms);
	strbuf_addc(out, '\t');
	put_number(out, record->utc_ms);
	strbuf_addc(out, '\t');
	strbuf_adds(out, record->subject);
	strbuf_addc(out, '\t');
	if (record->body != NULL) {
		strbuf_adds(out, record->body);
	} else {
		char hex[2 * HASH_LEN + 1];
		str_hex(record->body_sha256.b, HASH_LEN, hex);
		strbuf_adds(out, "-\t");
		strbuf_adds(out, hex);
	}
	strbuf_addc(out, '\n');
}

void message_put_signature(struct strbuf *out, const struct signature *signature) {
	char hex[2 * SIG_LEN + 1];
	str_hex(signature->b, SIG_LEN, hex);
	strbuf_addf(out, "=\t%s\n", hex);
}

/* --- reading ----------------------------------------------------------------------------------------------------------------------- */

/* A place in the text that is taken apart: fields end where their TAB or newline was. */
struct reader {
	struct message *out;
	char *at, *end;
	size_t line;
	struct message_run *run; /* open: its records follow; in out->runs */
	size_t first_record;     /* of it, in out->records */
	char *proof;             /* the text of the proof that the present line begins */
};

/* Cuts the next field off a line; NULL when there is none left. */
static char *field(char **line) {
	char *start = *line;
	if (start != NULL) {
		char *tab = strchr(start, '\t');
		*line = tab == NULL ? NULL : tab + 1;
		if (tab != NULL) {
			*tab = '\0';
		}
	}
	return start;
}

static bool take_octets(char **line, void *out, size_t n) {
	const char *hex = field(line);
	return hex != NULL && str_unhex(hex, out, n);
}

static bool take_number(char **line, int64_t *out) {
	const char *text = field(line);
	return text != NULL && str_to_i64(text, out);
}

static bool take_seq(char **line, uint64_t *out) {
	int64_t value = 0;
	bool ok = take_number(line, &value) && value >= 0 && value <= RECORD_INT_MAX;
	*out = (uint64_t)value;
	return ok;
}

static bool take_point(char **line, struct heads *list) {
	struct head point = {.seq = 0};
	if (!take_octets(line, point.log.b, HASH_LEN) || !take_seq(line, &point.seq) || !take_octets(line, point.hash.b, HASH_LEN)) {
		return false;
	}
	ARRAY_GROW(list, items);
	list->items[list->count++] = point;
	return true;
}

/* A part that is empty or lies backwards would never come to an end. */
static bool take_span(char **line, struct span *out) {
	*out = (struct span){.endless = false};
	if (!take_octets(line, out->from.b, HASH_LEN) || *line == NULL) {
		return false;
	}
	out->endless = str_eq(*line, "-") || str_starts(*line, "-\t");
	if (out->endless) {
		(void)field(line);
		return true;
	}
	return take_octets(line, out->to.b, HASH_LEN) && memcmp(out->from.b, out->to.b, HASH_LEN) < 0;
}

static bool take_list(struct message *out, char **line) {
	struct span span = SPAN_ALL;
	bool ok = *line == NULL || take_span(line, &span);
	spans_add(&out->lists, &span);
	return ok;
}

static bool take_part(struct message *out, char **line) {
	struct message_part part = {.digest = {{0}}};
	if (!take_span(line, &part.span) || !take_octets(line, part.digest.b, HASH_LEN)) {
		return false;
	}
	ARRAY_GROW(&out->parts, items);
	out->parts.items[out->parts.count++] = part;
	return true;
}

static bool take_later(struct message *out, char **line) {
	struct message_later later = {.seconds = 0};
	if (!take_octets(line, later.log.b, HASH_LEN) || !take_number(line, &later.seconds) || later.seconds < 0 ||
	    later.seconds > MESSAGE_LATER_MAX) {
		return false;
	}
	later.word = field(line);
	ARRAY_GROW(&out->later, items);
	out->later.items[out->later.count++] = later;
	return later.word != NULL;
}

static bool take_refusal(struct message *out, char **line) {
	out->refuse_word = field(line);
	out->refuse_text = field(line);
	return out->refuse_text != NULL;
}

static bool take_clock(struct message *out, char **line) {
	int64_t sure = 0;
	out->has_clock = take_number(line, &out->clock.v) && take_number(line, &sure) && record_times_ok(0, out->clock.v);
	out->clock_sure = sure == 1;
	return out->has_clock;
}

/* The array may move, so r->run is set anew; the records' array grows too, so runs get their records only in settle(). */
static struct message_run *add_run(struct reader *r) {
	struct message *out = r->out;
	if (out->run_count == out->run_cap) {
		out->run_cap = out->run_cap ? out->run_cap * 2 : 16;
		out->runs = xrealloc(out->runs, out->run_cap, sizeof *out->runs);
	}
	r->run = &out->runs[out->run_count++];
	*r->run = (struct message_run){.proof = false};
	r->first_record = out->records.count;
	return r->run;
}

/* A piece begins: the runs of one log. */
static bool open_piece(struct reader *r, bool proof, char **line) {
	if (r->run != NULL && r->run->proof) {
		return false; /* the proof before it has no end: its text would hold this piece too */
	}
	struct message_run *m = add_run(r);
	m->proof = proof;
	m->text = r->proof;
	r->proof = NULL;
	return take_octets(line, m->run.log.b, HASH_LEN) && take_octets(line, m->run.author.b, KEY_LEN) && take_seq(line, &m->run.from) &&
	       m->run.from > 0 && take_octets(line, m->run.before.b, HASH_LEN) && (!proof || m->text != NULL);
}

static bool take_record(struct reader *r, const char *kind, char **line) {
	struct run_record record = {.kind = kind};
	if (r->run == NULL || r->out->records.count - r->first_record >= RUN_RECORDS_MAX || !take_number(line, &record.mono_ms) ||
	    !take_number(line, &record.utc_ms)) {
		return false;
	}
	record.subject = field(line);
	if (record.subject == NULL || *line == NULL) {
		return false;
	}
	if (str_starts(*line, "-\t")) {
		*line += 2;
		if (!take_octets(line, record.body_sha256.b, HASH_LEN)) {
			return false;
		}
	} else {
		record.body = *line;
	}
	*line = NULL; /* tabs are the body's */
	ARRAY_GROW(&r->out->records, items);
	r->out->records.items[r->out->records.count++] = record;
	return true;
}

/* Closes the open run; of a piece another may follow, whose `before` is filled when this one's hashes are known. */
static bool close_run(struct reader *r, char **line) {
	struct message_run *m = r->run;
	if (m == NULL || r->out->records.count == r->first_record || !take_octets(line, m->run.signature.b, SIG_LEN)) {
		return false;
	}
	m->run.count = r->out->records.count - r->first_record;
	struct run before = m->run;
	bool proof = m->proof;
	r->run = NULL;
	if (!proof) {
		struct message_run *next = add_run(r);
		next->run = (struct run){.log = before.log, .author = before.author, .from = before.from + before.count};
		next->follows = true;
	}
	return true;
}

static bool take_line(struct reader *r, char *start) {
	struct message *out = r->out;
	char *line = start;
	const char *word = field(&line);
	if (str_eq(word, ">") || str_eq(word, "!")) {
		return open_piece(r, *word == '!', &line);
	}
	if (str_eq(word, "=")) {
		return close_run(r, &line);
	}
	/* Inside a run every other line is a record, whatever its first word: a kind may be named like one of the words below. */
	if (r->run != NULL) {
		return take_record(r, word, &line);
	}
	if (str_eq(word, "ask") || str_eq(word, "have")) {
		return take_point(&line, *word == 'a' ? &out->asks : &out->have);
	}
	if (str_eq(word, "reply")) {
		return out->has_reply = take_octets(&line, out->reply.b, HASH_LEN);
	}
	if (str_eq(word, "digest")) {
		return out->has_digest = take_octets(&line, out->digest.b, HASH_LEN);
	}
	if (str_eq(word, "certificate")) {
		return out->has_certificate = take_octets(&line, out->certificate.invitation.b, KEY_LEN) &&
					      take_octets(&line, out->certificate.signature.b, SIG_LEN);
	}
	if (str_eq(word, "refuse")) {
		return take_refusal(out, &line);
	}
	if (str_eq(word, "clock")) {
		return take_clock(out, &line);
	}
	if (str_eq(word, "later")) {
		return take_later(out, &line);
	}
	if (str_eq(word, "list")) {
		return take_list(out, &line);
	}
	if (str_eq(word, "part")) {
		return take_part(out, &line);
	}
	return true; /* a word of a newer version: what it means is optional, or the version would be another */
}

static bool take_head(struct message *out, char *line, struct err *err) {
	const char *head = field(&line);
	if (!str_starts(head, HEAD)) {
		return err_set(err, ERR_INPUT, "a message begins otherwise");
	}
	if (!str_eq(head + strlen(HEAD), VERSION)) {
		return err_set(err, ERR_VERSION, "a newer Turnout sent this (\"%.40s\"); install the newer one here", head);
	}
	const char *word = field(&line);
	for (int kind = 0; kind < MESSAGE_KIND_COUNT; kind++) {
		if (str_eq(word, KINDS[kind])) {
			out->kind = (enum message_kind)kind;
			return true;
		}
	}
	return err_set(err, ERR_INPUT, "a message is of no known kind");
}

/* Drops the run that was opened for what might have followed, and gives every run its records, whose array does not move any more. */
static bool settle(struct reader *r) {
	struct message *out = r->out;
	size_t kept = 0;
	size_t record = 0;
	if (out->records.count != 0 && r->run != NULL && out->records.count != r->first_record) {
		return false; /* the last run was never closed */
	}
	for (size_t i = 0; i < out->run_count; i++) {
		struct message_run *m = &out->runs[i];
		if (m->run.count == 0) {
			free(m->text);
			continue;
		}
		m->run.records = out->records.items + record;
		record += m->run.count;
		out->runs[kept++] = *m;
	}
	out->run_count = kept;
	return record == out->records.count;
}

/* The text of a proof up to its signature, before it is taken apart. */
static void keep_proof(struct reader *r, const char *line) {
	const char *close = strstr(line, "\n=\t");
	const char *end = close == NULL ? NULL : strchr(close + 1, '\n');
	free(r->proof);
	r->proof = end == NULL ? NULL : xstrndup(line, (size_t)(end + 1 - line));
}

static bool read_lines(struct reader *r, struct err *err) {
	struct message *out = r->out;
	while (r->at < r->end) {
		char *line = r->at;
		char *newline = memchr(line, '\n', (size_t)(r->end - line));
		r->line++;
		r->at = newline + 1;
		if (str_starts(line, "!\t")) {
			keep_proof(r, line);
		}
		*newline = '\0';
		if (r->line == 1 && !take_head(out, line, err)) {
			return false;
		}
		if (r->line > 1 && !take_line(r, line)) {
			return err_set(err, ERR_INPUT, "line %zu of a message cannot be", r->line);
		}
	}
	return settle(r) || err_set(err, ERR_INPUT, "a message ends inside a run");
}

bool message_read(struct strbuf *text, struct message *out, struct err *err) {
	*out = (struct message){.text = *text};
	*text = (struct strbuf){0};
	struct reader r = {.out = out, .at = out->text.data, .line = 0};
	if (out->text.len == 0 || out->text.data[out->text.len - 1] != '\n' || memchr(out->text.data, '\0', out->text.len) != NULL) {
		return err_set(err, ERR_INPUT, "a message is no text, or cut short");
	}
	r.end = out->text.data + out->text.len;
	bool ok = read_lines(&r, err);
	free(r.proof);
	return ok;
}

bool message_lists_all(const struct message *message) {
	static const struct hash first = {{0}};
	return message->lists.count == 1 && message->lists.items[0].endless && crypto_hash_eq(&message->lists.items[0].from, &first);
}

void message_fini(struct message *message) {
	for (size_t i = 0; i < message->run_count; i++) {
		free(message->runs[i].text);
		run_fini(&message->runs[i].run);
	}
	free(message->runs);
	free(message->records.items);
	heads_fini(&message->asks);
	heads_fini(&message->have);
	spans_fini(&message->lists);
	free(message->parts.items);
	free(message->later.items);
	strbuf_fini(&message->text);
	*message = (struct message){0};
}
