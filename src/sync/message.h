/* What two sides of an exchange say to each other: lines of text inside an envelope. Pure.
 *
 *     turnout-exchange-1 TAB request | answer | stick
 *     reply TAB sha256                            of the request's whole envelope (answers)
 *     clock TAB utc_ms TAB 0 | 1                  the sender's clock; 1: it is synchronised
 *     digest TAB sha256                           heads_digest of everything the sender holds
 *     list [TAB log TAB log | -]                  request: say what you have, of logs from the one on, below the other (-: to the last;
 *                                                 without them: of all) · answer: the "have" lines of these are all there are
 *     part TAB log TAB log | - TAB sha256         answer: heads_digest of what the sender holds of these: too many to be listed
 *     certificate TAB invitation TAB signature    by which an unknown station belongs to the event
 *     ask TAB log TAB seq TAB sha256              send what comes after this record (seq 0: from the beginning)
 *     have TAB log TAB seq TAB sha256             the sender holds this record and all before it, durably
 *     later TAB log TAB seconds TAB word          answers: no more of this log is taken now; in so many seconds it is worth trying again
 *     refuse TAB word TAB sentence                answers: why nothing was taken
 *     > TAB log TAB author TAB from TAB before    runs of a log follow: lines of records, each run closed by its signature
 *     ! TAB log TAB author TAB from TAB before    the same, one run: the proof of an erasure
 *     kind TAB mono_ms TAB utc_ms TAB subject TAB body             a record; an erased one ends with "-" TAB body_sha256
 *     = TAB signature                             of the record before
 *
 * Runs come last. Hashes, keys and signatures are lower-case hexadecimal, numbers decimal. Hashes of records are not sent: the receiver computes them. */
#ifndef TURNOUT_SYNC_MESSAGE_H
#define TURNOUT_SYNC_MESSAGE_H

#include "base/clock.h"
#include "store/log/certificate.h"
#include "store/log/run.h"
#include "sync/span.h"

enum message_kind { MESSAGE_REQUEST, MESSAGE_ANSWER, MESSAGE_STICK, MESSAGE_KIND_COUNT };

struct message_run {
	struct run run;
	bool proof;
	bool follows; /* directly after the one before in the list: run.before is filled once that one's hashes are known */
	char *text;   /* of a proof: as it came, to be kept and passed on */
};

struct message_part {
	struct span span;
	struct hash digest;
};

struct message_later {
	struct hash log;
	int64_t seconds;  /* 0 to MESSAGE_LATER_MAX */
	const char *word; /* MESSAGE_PACED, MESSAGE_SURPLUS, or another */
};
#define MESSAGE_LATER_MAX (24 * 60 * 60)
#define MESSAGE_PACED "paced"     /* its author brought more than is taken in a day */
#define MESSAGE_SURPLUS "surplus" /* the log has more branches than are kept */

struct message { /* for message_fini; texts live in `text` */
	enum message_kind kind;
	bool has_reply, has_clock, clock_sure, has_digest, has_certificate;
	struct hash reply, digest;
	struct utc_ms clock;
	struct certificate certificate;
	const char *refuse_word, *refuse_text; /* NULL: not refused */
	struct heads asks, have;               /* log, seq and hash are filled */
	struct spans lists;
	struct {
		struct message_later *items;
		size_t count, cap;
	} later;
	struct {
		struct message_part *items;
		size_t count, cap;
	} parts;
	struct message_run *runs;
	size_t run_count, run_cap;
	struct strbuf text;
	struct {
		struct run_record *items;
		size_t count, cap;
	} records;
};

/* Reads a text; it becomes the message's (and is freed with it, also after an error). ERR_INPUT names the line; ERR_VERSION. */
bool message_read(struct strbuf *text, struct message *out, struct err *err) TURNOUT_MUST_CHECK;
void message_fini(struct message *message);
/* A list of everything is asked for, or told. */
bool message_lists_all(const struct message *message);

/* Writing: each appends its line. */
void message_begin(struct strbuf *out, enum message_kind kind);
void message_put_hash(struct strbuf *out, const char *word, const struct hash *hash);   /* "reply", "digest" */
void message_put_point(struct strbuf *out, const char *word, const struct head *point); /* "ask", "have" */
void message_put_list(struct strbuf *out, const struct span *span);
void message_put_part(struct strbuf *out, const struct message_part *part);
void message_put_clock(struct strbuf *out, struct utc_ms now, bool sure);
void message_put_certificate(struct strbuf *out, const struct certificate *certificate);
void message_put_later(struct strbuf *out, const struct message_later *later);
void message_put_refusal(struct strbuf *out, const char *word, const char *sentence);
void message_put_piece(struct strbuf *out, char mark, const struct run *run); /* '>' or '!': log, author, from, before */
void message_put_record(struct strbuf *out, const struct run_record *record);
void message_put_signature(struct strbuf *out, const struct signature *signature);

#endif
