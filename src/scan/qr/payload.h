/* What the data codewords of a symbol say (ISO/IEC 18004:2015, 7.4): segments of digits, letters, bytes and kanji put together. Pure. */
#ifndef TURNOUT_SCAN_QR_PAYLOAD_H
#define TURNOUT_SCAN_QR_PAYLOAD_H

#include "base/strbuf.h"
#include "scan/qr/codewords.h"

struct payload {
	struct strbuf bytes; /* kanji segments as Shift JIS, hanzi as GB 2312, bytes as they stand */
	int eci;             /* the character set that the symbol names first (AIM ECI assignment: 26 is UTF-8, 20 Shift JIS); -1: none */
	bool kanji, hanzi;   /* there are such segments: Shift JIS, GB 2312 */
};

/* False when the codewords are no text of segments. The payload is empty before; it is for payload_fini in any case. */
bool payload_read(const struct corrected *symbol, struct payload *out);
void payload_fini(struct payload *payload);

#endif
