#include "sync/pack.h"

#define CAP_MIN 1024 /* one run goes in whatever the cap is */

/* How much a text shrinks by packing is known only after it was packed: too large a message is built again with half the cap. */
bool pack_message(const struct replica *replica, pack_build_fn *build, void *context, struct strbuf *out, struct err *err) {
	struct strbuf text = {0};
	size_t begin = out->len;
	bool ok = false;
	for (size_t cap = replica->message_max != 0 ? replica->message_max : PACK_TEXT_MAX;; cap /= 2) {
		strbuf_reset(&text);
		strbuf_truncate(out, begin);
		ok = build(context, cap, &text, err);
		if (!ok) {
			break;
		}
		if (text.len <= ENVELOPE_TEXT_MAX) {
			envelope_close(&replica->keys, &replica->signer, (struct octets){text.data, text.len}, out);
			if (out->len - begin <= PACK_MAX || (cap <= CAP_MIN && out->len - begin <= ENVELOPE_MAX)) {
				break;
			}
		}
		if (cap <= CAP_MIN) {
			strbuf_truncate(out, begin);
			ok = err_set(err, ERR_INPUT, "the event has too many logs for one message");
			break;
		}
	}
	strbuf_fini(&text);
	return ok;
}
