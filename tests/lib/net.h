/* Bare TCP and certificates, for tests of what speaks over a network. */
#ifndef TURNOUT_TESTS_LIB_NET_H
#define TURNOUT_TESTS_LIB_NET_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/strbuf.h"
#include "lib/testing.h"

/* Longer than anything takes; waiting this long is failing. */
#define NET_LIMIT_MS 60000

/* Connects to 127.0.0.1. */
int net_connect(uint16_t port);
/* False when the other side has closed. Waits while it does not read. */
bool net_send(int fd, const void *data, size_t n);
bool net_say(int fd, const char *text);
/* Reads until the other side closes or resets; fails the test when it does not. */
void net_read_to_end(int fd, struct strbuf *out);
/* Reads until what came holds `part`; fails the test when it does not come. */
void net_read_until(int fd, const char *part, struct strbuf *out);
/* True when the other side has closed or reset, within ms. Nothing is read. */
bool net_closed(int fd, int ms);

/* A server that says the same to everybody, whatever is asked. */
struct net_fake {
	const void *says; /* `len` bytes after each request's head; NULL: never says anything */
	size_t len;
	bool keep; /* the connection stays open for further requests; else it is closed */
	/* the fixture's own */
	int listen_fd;
	uint16_t port;
	atomic_int connections;
	atomic_bool over;
	pthread_t thread;
};
void net_fake_open(struct net_fake *fake);
void net_fake_close(struct net_fake *fake);

/* Makes NAME.pem and NAME.key, self-signed, good for 127.0.0.1 and ::1 from `from` on for a year. `from`: "" for yesterday, or a date as
 * faketime(1) takes it. */
void net_certificate(const struct scratch *s, const char *name, const char *from);

#endif
