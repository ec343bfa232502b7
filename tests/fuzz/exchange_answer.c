/* Answers of a peer to the asking side, one after the other (parts end with a byte 0x1E), each with the right "reply". The first byte: who answers
 * (by fuzz_key), and whether they speak to a file that has something to give. */
#include "fuzz/world.h"

#include "sync/exchange.h"

#define RAW 0x80

static bool next_answer(struct exchange *x, const struct fuzz_file *f, enum fuzz_key who, bool raw, struct octets part, bool *proves) {
	struct err err = {0};
	struct strbuf request = {0}, text = {0}, answer = {0};
	bool ok = exchange_request(x, &request, &err);
	bool asked = ok && exchange_state(x) == EXCHANGE_ASKED;
	if (asked) {
		struct hash reply = crypto_sha256(request.data, request.len);
		message_begin(&text, MESSAGE_ANSWER);
		if (!raw) {
			message_put_hash(&text, "reply", &reply);
		}
		fuzz_text(part.data, part.n, who, &text);
		*proves = *proves || fuzz_proves(&text);
		envelope_close(&f->replica.keys, &fuzz_world()->keys[who], (struct octets){text.data, text.len}, &answer);
		ok = exchange_answer(x, (struct octets){answer.data, answer.len}, &err);
	}
	fuzz_assert(ok || err.kind == ERR_INPUT || err.kind == ERR_REFUSED || err.kind == ERR_VERSION);
	fuzz_assert(!ok || !asked || exchange_state(x) == EXCHANGE_READY);
	strbuf_fini(&request);
	strbuf_fini(&text);
	strbuf_fini(&answer);
	return ok && asked;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	struct fuzz_file *f = fuzz_file_fresh();
	struct exchange_report report;
	struct octets part;
	if (n == 0) {
		return 0;
	}
	enum fuzz_key who = (enum fuzz_key)((data[0] & 0x0F) % FUZZ_KEYS);
	bool raw = (data[0] & RAW) != 0;
	bool proves = false;
	struct exchange *x = exchange_open(&f->replica);
	data++;
	n--;
	while (fuzz_part(&data, &n, &part) && next_answer(x, f, who, raw, part, &proves)) {
	}
	exchange_report(x, &report);
	bool kept = report.keeper && exchange_state(x) == EXCHANGE_DONE; /* a keeper's word */
	exchange_close(x);
	if (report.received != 0 || kept || proves) {
		fuzz_file_reset(f);
	}
	return 0;
}
