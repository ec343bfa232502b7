/* "ADDRESS:PORT" as people write where a server listens. Pure. */
#ifndef TURNOUT_NET_LISTEN_ADDRESS_H
#define TURNOUT_NET_LISTEN_ADDRESS_H

#include <stdint.h>

#include "base/err.h"

#define LISTEN_ADDRESS_MAX 64

struct listen_address {
	char address[LISTEN_ADDRESS_MAX]; /* numeric, without brackets; of a bare ":8080" it is "::" */
	uint16_t port;
};

/* "127.0.0.1:8080", "[::1]:8080", "[fe80::1%eth0]:8080", ":8080". Whether the address can be listened on is found out by doing so.
 * ERR_USAGE. */
bool listen_address_parse(const char *text, struct listen_address *out, struct err *err) TURNOUT_MUST_CHECK;

/* "http://127.0.0.1:8080"; `url` takes LISTEN_URL_MAX bytes. */
#define LISTEN_URL_MAX (LISTEN_ADDRESS_MAX + 32)
void listen_address_url(const struct listen_address *address, const char *scheme, char url[LISTEN_URL_MAX]);

#endif
