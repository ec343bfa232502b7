/* Files that belong to the event (logos), in parts small enough for a record. The thing of a part is "SHA256/PART", in hexadecimal and from 0: whoever adds
 * a file twice, or on two laptops, writes the same thing. Its members are "parts", a number, and "data", base64. */
#ifndef TURNOUT_STORE_VIEW_ASSET_H
#define TURNOUT_STORE_VIEW_ASSET_H

struct store_view;

#define ASSET_PART_BYTES 24576 /* 32 KiB as base64 */
#define ASSET_PARTS_MAX 64

extern const struct store_view view_asset;

#endif
