/* Addresses as text, put into groups and ranges. Pure.
 *
 * Who has one IPv6 address has its whole /64 (RFC 4291, 2.5.4), so there what is counted is counted for all of it; IPv4 is counted by the address.
 * IPv4 written as IPv6 (::ffff:192.0.2.1: RFC 4291, 2.5.5.2) is IPv4 everywhere. */
#ifndef TURNOUT_NET_ADDRESS_H
#define TURNOUT_NET_ADDRESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "net/listener.h"

/* Makes the group that an address (as address_text writes it) is counted in: "192.0.2.1", "2001:db8::/64". Link-local addresses, which a neighbour
 * has one of, and what is no address stay as they are. */
void address_group(const char *address, char group[ADDRESS_TEXT_MAX]);

/* Writes an address as address_text would, so that each has one spelling only. False when it is none; a zone is none of others' business. */
bool address_normal(const char *text, char out[ADDRESS_TEXT_MAX]);

struct address_range {
	uint8_t bytes[16]; /* IPv6; of IPv4 the mapped one */
	unsigned bits;     /* of them that count */
};

/* "192.0.2.1", "10.0.0.0/8", "2001:db8::/32". ERR_USAGE; all of the world is no range. */
bool address_range_parse(const char *text, struct address_range *out, struct err *err) TURNOUT_MUST_CHECK;

#define ADDRESS_RANGES_MAX 32
struct address_ranges { /* a zeroed struct holds none */
	struct address_range items[ADDRESS_RANGES_MAX];
	size_t count;
};
bool address_ranges_hold(const struct address_ranges *ranges, const char *address);

#endif
