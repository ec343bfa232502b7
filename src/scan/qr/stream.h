/* In which order the bits and codewords of a symbol stand (ISO/IEC 18004:2015, 7.6 and 7.7.3). Pure. */
#ifndef TURNOUT_SCAN_QR_STREAM_H
#define TURNOUT_SCAN_QR_STREAM_H

#include "scan/qr/symbol.h"

/* Goes through the data modules in the order of their bits, `index` from 0 on: two columns at a time from the right, up and down in turns. Eight are a
 * codeword of the stream; a few at the end (remainder bits) belong to none. */
typedef void stream_bit_fn(void *context, int index, int x, int y);
void stream_each_bit(const struct symbol_map *map, stream_bit_fn *each, void *context);

/* How many codewords a block has, and where its codeword i stands in the stream. */
int stream_block_len(const struct symbol_blocks *blocks, int block);
int stream_place(const struct symbol_blocks *blocks, int block, int i);

#endif
