#include "lib/craft.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/str.h"
#include "lib/testing.h"
#include "store/log/share.h"
#include "sync/replica_store.h"

static void put_certificate(const struct certificate *certificate, struct strbuf *body) {
	char invitation[2 * KEY_LEN + 1];
	char signature[2 * SIG_LEN + 1];
	str_hex(certificate->invitation.b, KEY_LEN, invitation);
	str_hex(certificate->signature.b, SIG_LEN, signature);
	strbuf_addf(body, ",\"certificate\":{\"invitation\":\"%s\",\"signature\":\"%s\"}", invitation, signature);
}

void craft_begin(struct craft *c, const struct key_pair *key, const struct craft_begin *begin, struct strbuf *text) {
	struct strbuf body = {0};
	char event[2 * HASH_LEN + 1];
	char hex[2 * KEY_LEN + 1];
	*c = (struct craft){.key = *key};
	str_hex(begin->event->b, HASH_LEN, event);
	str_hex(key->public_key.b, KEY_LEN, hex);
	strbuf_addf(&body, "{\"event\":\"%s\",\"key\":\"%s\",\"n\":%d", event, hex, begin->number);
	if (begin->certificate != NULL) {
		put_certificate(begin->certificate, &body);
	}
	strbuf_adds(&body, "}");
	/* The log's id is the hash of this record, and stands before it. */
	struct strbuf record = {0};
	craft_add(c, &(struct craft_record){.kind = "log", .subject = "", .body = body.data}, &record);
	c->log = c->head;
	struct craft empty = {.key = *key, .log = c->log};
	craft_piece(&empty, '>', text);
	strbuf_add(text, record.data, record.len);
	craft_sign(c, text);
	strbuf_fini(&record);
	strbuf_fini(&body);
}

struct craft_member craft_member_of(struct store *store) {
	struct craft_member m;
	crypto_key_new(&m.key);
	assert_true(store_certificate(store, &m.key.public_key, &m.certificate));
	return m;
}

void craft_join(struct craft *c, const struct craft_member *member, struct store *store, int number, struct strbuf *text) {
	struct craft_begin begin = {.event = store_event(store), .certificate = &member->certificate, .number = number};
	craft_begin(c, &member->key, &begin, text);
}

void craft_piece(const struct craft *c, char mark, struct strbuf *text) {
	struct run run = {.log = c->log, .author = c->key.public_key, .from = c->seq + 1, .before = c->head};
	message_put_piece(text, mark, &run);
}

void craft_add(struct craft *c, const struct craft_record *record, struct strbuf *text) {
	struct run_record r = {.kind = record->kind,
			       .mono_ms = (int64_t)c->seq * 1000,
			       .utc_ms = record->utc_ms,
			       .subject = record->subject,
			       .body = record->body,
			       .body_sha256 = record->gone};
	if (r.body != NULL) {
		r.body_sha256 = crypto_sha256(r.body, strlen(r.body));
	}
	message_put_record(text, &r);
	struct record hashed = {.seq = ++c->seq,
				.kind = r.kind,
				.mono = {r.mono_ms},
				.utc = {r.utc_ms},
				.subject = r.subject,
				.body_sha256 = r.body_sha256};
	c->head = record_hash(&hashed, c->seq == 1 ? NULL : &c->head);
}

void craft_sign(const struct craft *c, struct strbuf *text) {
	struct signature signature;
	char head[RECORD_HEAD_TEXT];
	size_t n = record_head_text(&c->log, c->seq, &c->head, head);
	key_pair_sign(&c->key, head, n, &signature);
	message_put_signature(text, &signature);
}

void craft_notes(struct craft *c, const char *word, size_t count, struct strbuf *text) {
	craft_piece(c, '>', text);
	for (size_t i = 0; i < count; i++) {
		char *body = xasprintf("{\"note\":\"%s %llu\"}", word, (unsigned long long)c->seq);
		craft_add(c, &(struct craft_record){.kind = "note", .subject = "", .body = body}, text);
		free(body);
	}
	craft_sign(c, text);
}

void craft_read(struct strbuf *text, struct message *out) {
	struct err err = {0};
	struct strbuf whole = {0};
	message_begin(&whole, MESSAGE_STICK);
	strbuf_add(&whole, text->data, text->len);
	strbuf_reset(text);
	assert_ok(message_read(&whole, out, &err));
}

void craft_give(struct store *store, struct strbuf *text) {
	struct err err = {0};
	struct message message;
	craft_read(text, &message);
	struct intake intake = {.runs = message.runs, .count = message.run_count};
	intake.fates = xcalloc(intake.count + 1, sizeof *intake.fates);
	assert_ok(replica_store_ops.take(store, &intake, &err));
	for (size_t i = 0; i < message.run_count; i++) {
		assert_false(intake.fates[i].wrong || intake.fates[i].failed || intake.fates[i].result.outcome > MERGE_KNOWN);
	}
	free(intake.fates);
	message_fini(&message);
}
