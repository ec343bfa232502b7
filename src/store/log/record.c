#include "store/log/record.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define TEXT_MAX 400

/* printf's work would be a third of a hash's time, and records are hashed by the hundred thousand. */
static char *put_text(char *at, const char *text, size_t max) {
	size_t n = strnlen(text, max); /* a damaged file may hold more; its hash is wrong then in any case */
	memcpy(at, text, n);
	at[n] = '\n';
	return at + n + 1;
}

static char *put_number(char *at, int64_t value) {
	char digits[24];
	size_t from = sizeof digits;
	uint64_t left = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
	digits[--from] = '\n';
	do {
		digits[--from] = (char)('0' + left % 10);
		left /= 10;
	} while (left != 0);
	if (value < 0) {
		digits[--from] = '-';
	}
	memcpy(at, digits + from, sizeof digits - from);
	return at + sizeof digits - from;
}

static char *put_hash(char *at, const struct hash *hash) {
	str_hex(hash->b, HASH_LEN, at);
	at[2 * HASH_LEN] = '\n';
	return at + 2 * HASH_LEN + 1;
}

struct hash record_hash(const struct record *r, const struct hash *before) {
	static const struct hash none = {{0}};
	char text[TEXT_MAX];
	char *at = put_text(text, "turnout-record-1", 16);
	at = put_hash(at, before ? before : &none);
	at = put_number(at, (int64_t)r->seq);
	at = put_text(at, r->kind, 2 * RECORD_KIND_MAX);
	at = put_number(at, r->mono.v);
	at = put_number(at, r->utc.v);
	at = put_text(at, r->subject, 2 * RECORD_SUBJECT_MAX);
	at = put_hash(at, &r->body_sha256);
	return crypto_sha256(text, (size_t)(at - text));
}

size_t record_head_text(const struct hash *log, uint64_t seq, const struct hash *head, char text[RECORD_HEAD_TEXT]) {
	char log_hex[2 * HASH_LEN + 1];
	char head_hex[2 * HASH_LEN + 1];
	str_hex(log->b, HASH_LEN, log_hex);
	str_hex(head->b, HASH_LEN, head_hex);
	return (size_t)snprintf(text, RECORD_HEAD_TEXT, "turnout-head-1\n%s\n%" PRIu64 "\n%s\n", log_hex, seq, head_hex);
}

static bool made_of(const char *text, size_t max, const char *allowed) {
	size_t n = strlen(text);
	return n <= max && strspn(text, allowed) == n;
}

bool record_times_ok(int64_t mono, int64_t utc) {
	return mono >= 0 && mono <= RECORD_INT_MAX && utc >= -RECORD_INT_MAX && utc <= RECORD_INT_MAX;
}

void record_ref_text(const struct hash *log, uint64_t seq, char text[RECORD_REF_TEXT]) {
	char hex[9];
	str_hex(log->b, 4, hex);
	snprintf(text, RECORD_REF_TEXT, "%s:%" PRIu64, hex, seq);
}

bool record_check(const struct record *r, const char *body, struct err *err) {
	if (r->kind[0] == '\0' || !made_of(r->kind, RECORD_KIND_MAX, "abcdefghijklmnopqrstuvwxyz-")) {
		return err_set(err, ERR_INPUT, "a record's kind is 1 to %d letters a-z", RECORD_KIND_MAX);
	}
	if (!made_of(r->subject, RECORD_SUBJECT_MAX, "0123456789abcdef")) {
		return err_set(err, ERR_INPUT, "a record's subject is a hexadecimal id");
	}
	if (!record_times_ok(r->mono.v, r->utc.v)) {
		return err_set(err, ERR_INPUT, "a record's times are beyond all years");
	}
	size_t n = strlen(body);
	if (n > RECORD_BODY_MAX) {
		return err_set(err, ERR_INPUT, "a record of %zu bytes is too large (%d at most)", n, RECORD_BODY_MAX);
	}
	/* A newline would end the record's line in a message (sync/message.h). */
	if (body[0] != '{' || memchr(body, '\n', n) != NULL || !utf8_valid(body, n, NULL)) {
		return err_set(err, ERR_INPUT, "a record's body is one line of UTF-8, a JSON object");
	}
	return true;
}
