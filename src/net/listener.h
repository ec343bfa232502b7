/* TCP sockets that listen, and addresses as text. */
#ifndef TURNOUT_NET_LISTENER_H
#define TURNOUT_NET_LISTENER_H

#include <stdint.h>
#include <sys/socket.h>

#include "base/err.h"

/* Long enough for an IPv6 address, '%' and the name of an interface. */
#define ADDRESS_TEXT_MAX 64

/* Binds and listens, non-blocking. The address is numeric, IPv4 or IPv6, with a zone where it is link-local ("fe80::1%eth0"); "::" takes
 * IPv4 as well. Port 0 is any free one. ERR_USAGE when the text is no address, ERR_BUSY when another program has the port, ERR_REFUSED
 * when only the administrator may, else ERR_SYSTEM. */
bool listener_open(const char *address, uint16_t port, int *fd, struct err *err) TURNOUT_MUST_CHECK;

/* The addresses by which others on the network may reach this machine now, numeric: not loopback's, and not IPv6's link-local ones, which need a
 * zone that is the other side's to know. Returns how many, at most `cap`. */
#define LISTENER_ADDRESSES_MAX 16
size_t listener_addresses(char out[][ADDRESS_TEXT_MAX], size_t cap);

/* The port a socket is bound to; 0 when it has none. */
uint16_t listener_port(int fd);

/* Numeric, without the port: "192.0.2.1", "2001:db8::1", "fe80::1%eth0"; IPv4 that came over an IPv6 socket (RFC 4291, 2.5.5.2) as IPv4;
 * "" for other kinds. */
void address_text(const struct sockaddr *address, char text[ADDRESS_TEXT_MAX]);

#endif
