#include "store/log/run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "base/strbuf.h"

static bool of_event(const struct json *body, const struct public_key *author, const struct run_event *event) {
	char event_hex[2 * HASH_LEN + 1];
	char key_hex[2 * KEY_LEN + 1];
	str_hex(event->event.b, HASH_LEN, event_hex);
	str_hex(author->b, KEY_LEN, key_hex);
	return str_eq(json_get_text(body, "event"), event_hex) && str_eq(json_get_text(body, "key"), key_hex);
}

bool run_begins_log(const struct run_record *first, const struct hash *log, const struct public_key *author,
		    const struct run_event *event) {
	struct err ignored = {0};
	if (str_eq(first->kind, "genesis")) {
		return crypto_hash_eq(log, &event->event) && crypto_key_eq(author, &event->organiser);
	}
	struct json *body = json_parse(str_or_empty(first->body), strlen(str_or_empty(first->body)), &ignored);
	bool begins = str_eq(first->kind, "log") && of_event(body, author, event);
	json_free(body);
	return begins;
}

static bool check_body(const struct record *r, const struct run_record *from, struct err *err) {
	if (from->body == NULL) {
		return (r->subject[0] != '\0' && record_check(r, "{}", err)) || err_set(err, ERR_INPUT, "a body is missing");
	}
	return record_check(r, from->body, err);
}

static bool hash_records(struct run *run, struct err *err) {
	struct hash *hashes = run->hashes = xcalloc(run->count, sizeof *hashes);
	const struct hash *before = run->from == 1 ? NULL : &run->before;
	size_t bytes = 0;
	for (size_t i = 0; i < run->count; i++) {
		struct run_record *from = &run->records[i];
		struct record r = {
			.seq = run->from + i, .kind = from->kind, .mono = {from->mono_ms}, .utc = {from->utc_ms}, .subject = from->subject};
		size_t n = from->body == NULL ? 0 : strlen(from->body);
		bytes += n;
		if (!check_body(&r, from, err)) {
			return err_wrap(err, "record %" PRIu64, r.seq);
		}
		if (bytes > RUN_BYTES_MAX) {
			return err_set(err, ERR_INPUT, "a run is larger than %d bytes", RUN_BYTES_MAX);
		}
		if (from->body != NULL) {
			from->body_sha256 = crypto_sha256(from->body, n);
		}
		r.body_sha256 = from->body_sha256;
		hashes[i] = record_hash(&r, before);
		before = &hashes[i];
	}
	return true;
}

void run_fini(struct run *run) {
	free(run->hashes);
	run->hashes = NULL;
}

bool run_hash(struct run *run, const struct run_event *event, struct err *err) {
	if (run->hashes != NULL) {
		return true;
	}
	if (run->count == 0 || run->count > RUN_RECORDS_MAX || run->from == 0 || run->from > (uint64_t)RECORD_INT_MAX) {
		return err_set(err, ERR_INPUT, "a run of %zu records from %" PRIu64 " on cannot be", run->count, run->from);
	}
	bool ok = hash_records(run, err);
	if (ok && run->from == 1 &&
	    (!crypto_hash_eq(&run->hashes[0], &run->log) || !run_begins_log(&run->records[0], &run->log, &run->author, event))) {
		ok = err_set(err, ERR_INPUT, "its first record does not begin this log of this event");
	}
	if (!ok) {
		run_fini(run);
	}
	return ok;
}

void run_check_signature(struct run *run) {
	char text[RECORD_HEAD_TEXT];
	size_t n = record_head_text(&run->log, run->from + run->count - 1, &run->hashes[run->count - 1], text);
	run->signature_holds = run->signature_holds || public_key_verify(&run->author, text, n, &run->signature);
}

bool run_verify(struct run *run, const struct run_event *event, struct err *err) {
	if (!run_hash(run, event, err)) {
		return false;
	}
	run_check_signature(run);
	return run->signature_holds || err_set(err, ERR_INPUT, "the signature does not fit the records");
}

/* `at` is the chain that holds the record before the i-th; the walk ends at the first record that no chain holds. */
bool run_find_place(const struct run *run, const struct run_chains *chains, struct run_place *out, struct err *err) {
	const struct run_chain *at = NULL;
	size_t i = 0;
	*out = (struct run_place){.kind = PLACE_GAP};
	if (run->from > 1) {
		if (!chains->holder(chains->context, run->from - 1, &run->before, &at, err)) {
			return false;
		}
		if (at == NULL) {
			return true;
		}
	}
	while (i < run->count) {
		/* Nearly every run comes after the end of the only chain: nothing is there to be looked for. */
		bool beyond = chains->count == 0 || (chains->count == 1 && chains->items[0].last < run->from + i);
		const struct run_chain *next = NULL;
		if (!beyond && !chains->holder(chains->context, run->from + i, &run->hashes[i], &next, err)) {
			return false;
		}
		if (next == NULL) {
			*out = (struct run_place){.kind = PLACE_NEW, .chain = at, .first = i};
			return true;
		}
		at = next;
		i++;
	}
	*out = (struct run_place){.kind = PLACE_KNOWN, .chain = at};
	return true;
}

struct hash run_branch_key(const struct hash *log, const struct hash *first_hash) {
	char log_hex[2 * HASH_LEN + 1];
	char hash_hex[2 * HASH_LEN + 1];
	char text[200];
	str_hex(log->b, HASH_LEN, log_hex);
	str_hex(first_hash->b, HASH_LEN, hash_hex);
	int n = snprintf(text, sizeof text, "turnout-branch-1\n%s\n%s\n", log_hex, hash_hex);
	return crypto_sha256(text, (size_t)n);
}

void heads_fini(struct heads *heads) {
	free(heads->items);
	*heads = (struct heads){0};
}

void heads_copy(const struct heads *from, struct heads *to) {
	*to = (struct heads){.items = xcalloc(from->count + 1, sizeof *to->items), .count = from->count, .cap = from->count + 1};
	for (size_t i = 0; i < from->count; i++) {
		to->items[i] = from->items[i];
	}
}

int head_order(const struct head *a, const struct head *b) {
	int logs = memcmp(a->log.b, b->log.b, HASH_LEN);
	if (logs != 0) {
		return logs;
	}
	return a->seq != b->seq ? (a->seq > b->seq) - (a->seq < b->seq) : memcmp(a->hash.b, b->hash.b, HASH_LEN);
}

static int by_order(const void *a, const void *b) { return head_order(a, b); }

void heads_sort(struct heads *heads) {
	if (heads->count > 1) {
		qsort(heads->items, heads->count, sizeof *heads->items, by_order);
	}
}

struct hash heads_digest(const struct head *heads, size_t count) {
	struct strbuf all = {0};
	for (size_t i = 0; i < count; i++) {
		uint8_t seq[8];
		for (int k = 0; k < 8; k++) {
			seq[k] = (uint8_t)(heads[i].seq >> (56 - 8 * k));
		}
		strbuf_add(&all, heads[i].log.b, HASH_LEN);
		strbuf_add(&all, seq, sizeof seq);
		strbuf_add(&all, heads[i].hash.b, HASH_LEN);
	}
	struct hash digest = crypto_sha256(strbuf_str(&all), all.len);
	strbuf_fini(&all);
	return digest;
}

size_t heads_find(const struct heads *heads, const struct hash *log) {
	size_t low = 0, high = heads->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (memcmp(heads->items[middle].log.b, log->b, HASH_LEN) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

bool heads_equal(const struct heads *a, const struct heads *b) {
	bool equal = a->count == b->count;
	for (size_t i = 0; equal && i < a->count; i++) {
		equal = head_order(&a->items[i], &b->items[i]) == 0;
	}
	return equal;
}
