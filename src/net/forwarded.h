/* Who asked, where a proxy asks for others. Pure.
 *
 * A proxy writes whom it speaks for behind what was there already, so only what stands rightmost is its own word; what stands left of it anybody can
 * have written. So the list is read from the right: through proxies that were named, to the first who is none. From whom is no named proxy nothing is
 * believed. */
#ifndef TURNOUT_NET_FORWARDED_H
#define TURNOUT_NET_FORWARDED_H

#include "net/address.h"

struct forwarded {
	const char *x_forwarded_for; /* the header's values in their order, joined by commas; NULL or "" without one */
	const char *forwarded;       /* likewise, of RFC 7239 */
};

/* `peer` is whoever connected. Where both headers are there and do not say the same, one of them is not the proxy's: neither is believed. What is not
 * believed, or names nobody ("unknown", "_hidden"), makes it the nearest who is known, at the worst the peer. */
void forwarded_client(const struct address_ranges *proxies, const char *peer, const struct forwarded *headers,
		      char client[ADDRESS_TEXT_MAX]);

#endif
