/* One record of a log: its text form and its hash. Pure.
 *
 * The hash of a record is SHA-256 over this text, every line ended by \n, so that an auditor can check a log with sha256sum:
 *
 *     turnout-record-1
 *     <hash of the record before, 64 hexadecimal digits; zeros for the first>
 *     <seq, decimal, from 1>
 *     <kind>
 *     <mono_ms, decimal>
 *     <utc_ms, decimal>
 *     <subject, or nothing>
 *     <SHA-256 of the body, 64 hexadecimal digits>
 *
 * The signature of a log's head is Ed25519 over "turnout-head-1\n<log>\n<seq>\n<hash>\n" in the same forms. */
#ifndef TURNOUT_STORE_LOG_RECORD_H
#define TURNOUT_STORE_LOG_RECORD_H

#include <stdint.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"

#define RECORD_BODY_MAX 49152 /* bytes of one body, 48 KiB */
#define RECORD_KIND_MAX 16    /* a-z and -, 1 to this many */
#define RECORD_SUBJECT_MAX 64 /* 0-9 a-f, or empty */
#define RECORD_SIGN_EVERY 64
#define RECORD_INT_MAX INT64_C(9007199254740991) /* integers < 2^53 */

struct record {
	uint64_t seq;
	const char *kind;
	struct mono_ms mono;
	struct utc_ms utc;
	const char *subject; /* "" when none */
	struct hash body_sha256;
};

/* The record's hash, given the one before it (NULL for the first record of a log). */
struct hash record_hash(const struct record *r, const struct hash *before);

/* Writes what is signed for a head; returns the length. `text` takes RECORD_HEAD_TEXT bytes. */
#define RECORD_HEAD_TEXT 200
size_t record_head_text(const struct hash *log, uint64_t seq, const struct hash *head, char text[RECORD_HEAD_TEXT]);

/* How people name a record: the beginning of its log and its place there, "1a2b3c4d:17". */
#define RECORD_REF_TEXT 40
void record_ref_text(const struct hash *log, uint64_t seq, char text[RECORD_REF_TEXT]);

/* Both within what a record may say: sums and differences of two cannot overflow then. */
bool record_times_ok(int64_t mono, int64_t utc);

/* Framing: times, kind, subject, size, one line of valid UTF-8 that begins an object. What the JSON says is judged by the views. */
bool record_check(const struct record *r, const char *body, struct err *err) TURNOUT_MUST_CHECK;

#endif
