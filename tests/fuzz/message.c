/* A message's text: read, written back, and read again it says the same. */
#include "fuzz/world.h"

#include <string.h>

#include "base/str.h"

static void write_points(const struct heads *points, const char *word, struct strbuf *out) {
	for (size_t i = 0; i < points->count; i++) {
		message_put_point(out, word, &points->items[i]);
	}
}

static void write_runs(const struct message *m, struct strbuf *out) {
	for (size_t i = 0; i < m->run_count; i++) {
		const struct run *run = &m->runs[i].run;
		if (!m->runs[i].follows) {
			message_put_piece(out, m->runs[i].proof ? '!' : '>', run);
		}
		for (size_t k = 0; k < run->count; k++) {
			message_put_record(out, &run->records[k]);
		}
		message_put_signature(out, &run->signature);
	}
}

static void write_message(const struct message *m, struct strbuf *out) {
	message_begin(out, m->kind);
	if (m->has_reply) {
		message_put_hash(out, "reply", &m->reply);
	}
	if (m->has_clock) {
		message_put_clock(out, m->clock, m->clock_sure);
	}
	if (m->has_digest) {
		message_put_hash(out, "digest", &m->digest);
	}
	for (size_t i = 0; i < m->lists.count; i++) {
		message_put_list(out, &m->lists.items[i]);
	}
	for (size_t i = 0; i < m->parts.count; i++) {
		message_put_part(out, &m->parts.items[i]);
	}
	for (size_t i = 0; i < m->later.count; i++) {
		message_put_later(out, &m->later.items[i]);
	}
	if (m->has_certificate) {
		message_put_certificate(out, &m->certificate);
	}
	if (m->refuse_word != NULL) {
		message_put_refusal(out, m->refuse_word, m->refuse_text);
	}
	write_points(&m->asks, "ask", out);
	write_points(&m->have, "have", out);
	write_runs(m, out);
}

static void check_texts(const struct message *m) {
	size_t records = 0;
	fuzz_assert((m->refuse_word == NULL) == (m->refuse_text == NULL));
	for (size_t i = 0; i < m->run_count; i++) {
		const struct message_run *r = &m->runs[i];
		fuzz_assert(r->run.count > 0 && r->run.count <= RUN_RECORDS_MAX && r->run.records != NULL);
		fuzz_assert(!r->follows || i > 0);
		fuzz_assert(r->proof == (r->text != NULL));
		for (size_t k = 0; k < r->run.count; k++) {
			fuzz_assert(r->run.records[k].kind != NULL && r->run.records[k].subject != NULL);
		}
		records += r->run.count;
	}
	fuzz_assert(records == m->records.count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	struct err err = {0};
	struct strbuf text = {0}, first = {0}, second = {0}, copy = {0};
	struct message m, again;
	fuzz_expand((const char *)data, n, FUZZ_MEMBER, &text);
	if (message_read(&text, &m, &err)) {
		check_texts(&m);
		write_message(&m, &first);
		strbuf_add(&copy, first.data, first.len);
		fuzz_assert(message_read(&copy, &again, &err));
		check_texts(&again);
		write_message(&again, &second);
		fuzz_assert(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
		message_fini(&again);
	} else {
		fuzz_assert(err.kind == ERR_INPUT || err.kind == ERR_VERSION);
	}
	message_fini(&m);
	strbuf_fini(&first);
	strbuf_fini(&second);
	strbuf_fini(&text);
	return 0;
}
