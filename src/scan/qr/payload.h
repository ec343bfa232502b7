/* What the data codewords of a symbol say (ISO/IEC 18004:2015, 7.4): segments of digits, letters, bytes and kanji put together. Pure. */
#ifndef TURNOUT_SCAN_QR_PAYLOAD_H
#define TURNOUT_SCAN_QR_PAYLOAD_H

#include "base/strbuf.h"
#include "scan/qr/codewords.h"

/* A run of bytes in one character set. */
struct payload_piece {
	size_t from; /* in `bytes`, to the next piece's */
	int eci;     /* AIM ECI assignment (26 is UTF-8, 20 Shift JIS); -1: the symbol names none */
	bool kanji, hanzi;
};

struct payload {
	struct strbuf bytes; /* kanji segments as Shift JIS, hanzi as GB 2312, bytes as they stand */
	struct {
		struct payload_piece *items;
		size_t count, cap;
	} pieces;
	int part, parts; /* it is one symbol of a set (Structured Append): which, from 1, of how many; 0 of 0: it stands for itself */
};

/* False when the codewords are no text of segments. The payload is empty before; it is for payload_fini in any case. */
bool payload_read(const struct corrected *symbol, struct payload *out);
/* The payload of another reader, who tells the bytes alone. */
void payload_of_bytes(const char *bytes, size_t len, struct payload *out);
/* Appends the text that is meant, as UTF-8 (valid but where there are zero bytes, which no text holds): each piece by its own character set. Bytes of no named set are UTF-8 where they can be, else
 * ISO 8859-1, as the standard has it (7.3.5); but for those that read as Shift JIS, as which QR codes began (JIS X 0510:1999). A byte order
 * mark at the beginning and one line's end behind the text are no part of it: they are writers' slips. */
void payload_text(const struct payload *payload, struct strbuf *out);
void payload_fini(struct payload *payload);

#endif
