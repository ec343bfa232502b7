#include "lib/net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "net/listener.h"

int net_connect(uint16_t port) {
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)(void *)&at, sizeof at), 0);
	return fd;
}

bool net_send(int fd, const void *data, size_t n) {
	for (const char *at = data; n > 0;) {
		ssize_t sent = send(fd, at, n, MSG_NOSIGNAL);
		if (sent <= 0) {
			return false;
		}
		at += sent;
		n -= (size_t)sent;
	}
	return true;
}

bool net_say(int fd, const char *text) { return net_send(fd, text, strlen(text)); }

/* What came within the limit: > 0 bytes, 0 the end. */
static ssize_t read_some(int fd, char *bytes, size_t cap) {
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	if (poll(&ready, 1, NET_LIMIT_MS) != 1) {
		fail_msg("the other side neither says anything nor closes");
	}
	ssize_t n = recv(fd, bytes, cap, 0);
	return n > 0 ? n : 0;
}

void net_read_to_end(int fd, struct strbuf *out) {
	char bytes[16384];
	for (ssize_t n; (n = read_some(fd, bytes, sizeof bytes)) > 0;) {
		strbuf_add(out, bytes, (size_t)n);
	}
}

void net_read_until(int fd, const char *part, struct strbuf *out) {
	char bytes[1024];
	while (strstr(strbuf_str(out), part) == NULL) {
		ssize_t n = read_some(fd, bytes, sizeof bytes);
		if (n == 0) {
			fail_msg("closed before \"%s\" came; what came: %s", part, strbuf_str(out));
		}
		strbuf_add(out, bytes, (size_t)n);
	}
}

bool net_closed(int fd, int ms) {
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	char byte;
	return poll(&ready, 1, ms) == 1 && recv(fd, &byte, 1, MSG_PEEK) <= 0;
}

/* --- the fake server ---------------------------------------------------------------------------------------------------------------- */

/* Waits until the socket has something; false when the server is closed meanwhile. */
static bool wait_input(struct net_fake *fake, int fd) {
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	while (!atomic_load(&fake->over)) {
		if (poll(&ready, 1, 20) == 1) {
			return true;
		}
	}
	return false;
}

static void speak(struct net_fake *fake, int fd) {
	struct strbuf asked = {0};
	char bytes[4096];
	while (wait_input(fake, fd)) {
		ssize_t n = recv(fd, bytes, sizeof bytes, 0);
		if (n <= 0) {
			break;
		}
		strbuf_add(&asked, bytes, (size_t)n);
		if (fake->says == NULL || strstr(strbuf_str(&asked), "\r\n\r\n") == NULL) {
			continue;
		}
		strbuf_reset(&asked);
		if (!net_send(fd, fake->says, fake->len) || !fake->keep) {
			break;
		}
	}
	strbuf_fini(&asked);
}

static void *run(void *argument) {
	struct net_fake *fake = argument;
	while (wait_input(fake, fake->listen_fd)) {
		int fd = accept(fake->listen_fd, NULL, NULL);
		if (fd >= 0) {
			atomic_fetch_add(&fake->connections, 1);
			speak(fake, fd);
			close(fd);
		}
	}
	return NULL;
}

void net_fake_open(struct net_fake *fake) {
	struct err err = {0};
	atomic_init(&fake->connections, 0);
	atomic_init(&fake->over, false);
	assert_ok(listener_open("127.0.0.1", 0, &fake->listen_fd, &err));
	fake->port = listener_port(fake->listen_fd);
	assert_int_equal(pthread_create(&fake->thread, NULL, run, fake), 0);
}

void net_fake_close(struct net_fake *fake) {
	atomic_store(&fake->over, true);
	pthread_join(fake->thread, NULL);
	close(fake->listen_fd);
}

void net_certificate(const struct scratch *s, const char *name, const char *from) {
	const char *wrapper = from[0] != '\0' ? "faketime -f '" : "", *end = from[0] != '\0' ? "' " : "";
	char *command = xasprintf("cd %s && %s%s%sopenssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %s.key "
				  "-out %s.pem -days 365 -subj /CN=turnout-test -addext subjectAltName=IP:127.0.0.1,IP:::1 2>%s.log",
				  s->folder, wrapper, from, end, name, name, name);
	if (system(command) != 0) {
		fail_msg("this did not work: %s", command);
	}
	free(command);
}
