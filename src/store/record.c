#include "store/record.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define TEXT_MAX 400

struct hash record_hash(const struct record *r, const struct hash *before) {
	char before_hex[2 * HASH_LEN + 1];
	char body_hex[2 * HASH_LEN + 1];
	static const struct hash none = {{0}};
	str_hex(before ? before->b : none.b, HASH_LEN, before_hex);
	str_hex(r->body_sha256.b, HASH_LEN, body_hex);
	char text[TEXT_MAX];
	int n = snprintf(text, sizeof text, "turnout-record-1\n%s\n%" PRIu64 "\n%s\n%" PRId64 "\n%" PRId64 "\n%s\n%s\n", before_hex, r->seq,
			 r->kind, r->mono.v, r->utc.v, r->subject, body_hex);
	return crypto_sha256(text, (size_t)n);
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
	if (body[0] != '{' || memchr(body, '\n', n) != NULL || !utf8_valid(body, n, NULL)) {
		return err_set(err, ERR_INPUT, "a record's body is one line of UTF-8, a JSON object");
	}
	return true;
}
