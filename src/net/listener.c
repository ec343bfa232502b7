#include "net/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

union any_address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	struct sockaddr_storage storage;
};

/* The number of an interface by its name or number; 0 when there is none. */
static uint32_t zone_number(const char *zone) {
	uint32_t index = if_nametoindex(zone);
	int64_t number;
	if (index == 0 && str_to_i64(zone, &number) && number > 0 && number <= INT32_MAX) {
		index = (uint32_t)number;
	}
	return index;
}

static bool read_address(const char *text, uint16_t port, union any_address *out, socklen_t *len) {
	char host[ADDRESS_TEXT_MAX];
	memset(out, 0, sizeof *out);
	if (!str_copy(host, sizeof host, text)) {
		return false;
	}
	if (inet_pton(AF_INET, host, &out->four.sin_addr) == 1) {
		out->four.sin_family = AF_INET;
		out->four.sin_port = htons(port);
		*len = sizeof out->four;
		return true;
	}
	char *zone = strchr(host, '%');
	if (zone != NULL) {
		*zone++ = '\0';
		out->six.sin6_scope_id = zone_number(zone);
	}
	out->six.sin6_family = AF_INET6;
	out->six.sin6_port = htons(port);
	*len = sizeof out->six;
	return inet_pton(AF_INET6, host, &out->six.sin6_addr) == 1 && (zone == NULL || out->six.sin6_scope_id != 0);
}

static bool told(const char *address, uint16_t port, struct err *err) {
	switch (errno) {
	case EADDRINUSE:
		return err_set(err, ERR_BUSY, "port %u of %s is taken by another program; end that one or choose another port", port,
			       address);
	case EACCES: return err_set(err, ERR_REFUSED, "port %u may be listened on by the administrator only; choose one above 1023", port);
	case EADDRNOTAVAIL: return err_set(err, ERR_SYSTEM, "this machine does not have the address %s", address);
	default: return err_errno(err, "%s port %u cannot be listened on", address, port);
	}
}

bool listener_open(const char *address, uint16_t port, int *fd, struct err *err) {
	union any_address at;
	socklen_t len = 0;
	if (!read_address(address, port, &at, &len)) {
		return err_set(err, ERR_USAGE, "\"%s\" is no IP address", address);
	}
	/* "::" takes IPv4 clients too (as mapped addresses); any other IPv6 address takes its own only. */
	int on = 1, six_only = !(at.any.sa_family == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED(&at.six.sin6_addr));
	int s = socket(at.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s < 0) {
		return err_errno(err, "%s port %u cannot be listened on", address, port);
	}
	/* Else a server that is started again is refused its port for minutes (TIME_WAIT, tcp(7)). */
	bool ok = setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0;
	ok = ok && (at.any.sa_family == AF_INET || setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &six_only, sizeof six_only) == 0);
	ok = ok && bind(s, &at.any, len) == 0 && listen(s, SOMAXCONN) == 0;
	if (!ok) {
		ok = told(address, port, err);
		close(s);
		return ok;
	}
	*fd = s;
	return true;
}

uint16_t listener_port(int fd) {
	union any_address at;
	socklen_t len = sizeof at;
	memset(&at, 0, sizeof at);
	if (getsockname(fd, &at.any, &len) != 0) {
		return 0;
	}
	return at.any.sa_family == AF_INET ? ntohs(at.four.sin_port) : at.any.sa_family == AF_INET6 ? ntohs(at.six.sin6_port) : 0;
}

static void six_text(const struct sockaddr_in6 *six, char text[ADDRESS_TEXT_MAX]) {
	char zone[IF_NAMESIZE];
	if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr)) {
		inet_ntop(AF_INET, &six->sin6_addr.s6_addr[12], text, ADDRESS_TEXT_MAX);
		return;
	}
	inet_ntop(AF_INET6, &six->sin6_addr, text, ADDRESS_TEXT_MAX);
	if (six->sin6_scope_id != 0 && if_indextoname(six->sin6_scope_id, zone) != NULL) {
		size_t n = strlen(text);
		snprintf(text + n, ADDRESS_TEXT_MAX - n, "%%%s", zone);
	}
}

void address_text(const struct sockaddr *address, char text[ADDRESS_TEXT_MAX]) {
	text[0] = '\0';
	if (address->sa_family == AF_INET) {
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, text, ADDRESS_TEXT_MAX);
	} else if (address->sa_family == AF_INET6) {
		six_text((const struct sockaddr_in6 *)(const void *)address, text);
	}
}

static bool reachable(const struct ifaddrs *i) {
	if (i->ifa_addr == NULL || (i->ifa_flags & IFF_UP) == 0 || (i->ifa_flags & IFF_LOOPBACK) != 0) {
		return false;
	}
	if (i->ifa_addr->sa_family == AF_INET6) {
		const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)i->ifa_addr;
		return !IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr);
	}
	return i->ifa_addr->sa_family == AF_INET;
}

size_t listener_addresses(char out[][ADDRESS_TEXT_MAX], size_t cap) {
	struct ifaddrs *all = NULL;
	size_t n = 0;
	if (getifaddrs(&all) != 0) {
		return 0;
	}
	for (const struct ifaddrs *i = all; i != NULL && n < cap; i = i->ifa_next) {
		if (reachable(i)) {
			address_text(i->ifa_addr, out[n++]);
		}
	}
	freeifaddrs(all);
	return n;
}
