/* Requests to a hub, sealed by somebody: a member, a stranger, who was retired. The first byte: who (by fuzz_key), and whether what is zero is
 * filled in. */
#include "fuzz/world.h"

#include <string.h>

#include "sync/respond.h"

#define RAW 0x80

static void check_answer(const struct replica *replica, const struct strbuf *request, const struct strbuf *answer, bool outsider) {
	struct err err = {0};
	struct strbuf text = {0};
	struct message m;
	struct public_key sender;
	struct hash asked = crypto_sha256(request->data, request->len);
	fuzz_assert(envelope_open(&replica->keys, (struct octets){answer->data, answer->len}, &sender, &text, &err));
	fuzz_assert(crypto_key_eq(&sender, &replica->signer.public_key));
	fuzz_assert(message_read(&text, &m, &err) && m.kind == MESSAGE_ANSWER && m.has_reply && crypto_hash_eq(&m.reply, &asked));
	fuzz_assert(!outsider || m.refuse_word != NULL);
	fuzz_assert(m.refuse_word == NULL || (m.run_count == 0 && m.have.count == 0 && m.lists.count == 0 && !m.has_digest));
	message_fini(&m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	const struct fuzz_world *w = fuzz_world();
	struct fuzz_file *f = fuzz_file_fresh();
	struct err err = {0};
	struct strbuf text = {0}, request = {0}, answer = {0};
	struct respond_note note;
	if (n == 0) {
		return 0;
	}
	enum fuzz_key who = (enum fuzz_key)((data[0] & 0x0F) % FUZZ_KEYS);
	if ((data[0] & RAW) == 0) {
		message_begin(&text, MESSAGE_REQUEST);
		fuzz_text((const char *)data + 1, n - 1, who, &text);
	} else {
		fuzz_expand((const char *)data + 1, n - 1, who, &text);
	}
	envelope_close(&f->replica.keys, &w->keys[who], (struct octets){strbuf_str(&text), text.len}, &request);
	bool outsider = who == FUZZ_RETIRED || who == FUZZ_OUTSIDER || who == FUZZ_INVITATION;
	if (respond(&f->replica, (struct octets){request.data, request.len}, &answer, &note, &err)) {
		check_answer(&f->replica, &request, &answer, outsider && memmem(text.data, text.len, "certificate", 11) == NULL);
	} else { /* the asker's fault; the file is never at a loss */
		fuzz_assert(err.kind == ERR_INPUT || err.kind == ERR_REFUSED || err.kind == ERR_VERSION);
		fuzz_assert(note.taken == 0);
	}
	if (note.taken != 0 || fuzz_proves(&text)) {
		fuzz_file_reset(f);
	}
	strbuf_fini(&text);
	strbuf_fini(&request);
	strbuf_fini(&answer);
	return 0;
}
