#include "kiosk/workers/visitor.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/crypto.h"

struct visitor *visitor_new(void) {
	return xcalloc(1, sizeof(struct visitor));
}

void visitor_free(struct visitor *visitor) {
	if (visitor == NULL) {
		return;
	}
	crypto_wipe_text(visitor->set);
	crypto_wipe(visitor, sizeof *visitor);
	free(visitor);
}

void visitor_sign(struct visitor *visitor, enum signature_by by, const struct handwriting *hand) {
	visitor->signs = true;
	visitor->signature.by = by;
	visitor->signature.drawn = hand == NULL ? NULL : &visitor->hand;
	if (hand != NULL) {
		visitor->hand = *hand;
	}
}
