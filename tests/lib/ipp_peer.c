#include "lib/ipp_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"

#define REQUEST_MAX (4u << 20)
#define HELD_MAX 64

/* Operations and tags (RFC 8010, RFC 8011). */
enum { OP_PRINT_JOB = 2, OP_CANCEL_JOB = 8, OP_GET_JOB = 9, TAG_OPERATION = 1, TAG_JOB = 2, TAG_END = 3, TAG_PRINTER = 4 };
enum {
	VALUE_INTEGER = 0x21,
	VALUE_ENUM = 0x23,
	VALUE_RESOLUTION = 0x32,
	VALUE_KEYWORD = 0x44,
	VALUE_MIME = 0x49,
	VALUE_CHARSET = 0x47,
	VALUE_LANGUAGE = 0x48
};

struct ipp_peer {
	int listener, port;
	int held[HELD_MAX]; /* connections that are kept open without a word */
	size_t held_count;
	char name[64];
	pthread_t thread;
	atomic_int manner, jobs, cancelled;
	atomic_bool ending;
};

static void put16(struct strbuf *out, unsigned value) {
	strbuf_addc(out, (char)(value >> 8));
	strbuf_addc(out, (char)value);
}

static void put_value(struct strbuf *out, int tag, const char *name, const void *value, size_t n) {
	strbuf_addc(out, (char)tag);
	put16(out, (unsigned)strlen(name));
	strbuf_adds(out, name);
	put16(out, (unsigned)n);
	strbuf_add(out, value, n);
}
static void put_text(struct strbuf *out, int tag, const char *name, const char *text) { put_value(out, tag, name, text, strlen(text)); }
static void put_number(struct strbuf *out, int tag, const char *name, uint32_t n) {
	const uint8_t bytes[] = {(uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n};
	put_value(out, tag, name, bytes, sizeof bytes);
}

static void put_printer(const struct ipp_peer *p, struct strbuf *out) {
	static const uint8_t dpi[] = {0, 0, 0, 203, 0, 0, 0, 203, 3};
	strbuf_addc(out, TAG_PRINTER);
	put_number(out, VALUE_ENUM, "printer-state", atomic_load(&p->manner) == IPP_EMPTY ? 5 : 3);
	put_text(out, VALUE_KEYWORD, "printer-state-reasons", atomic_load(&p->manner) == IPP_EMPTY ? "media-empty-error" : "none");
	put_text(out, VALUE_KEYWORD, "media-ready", atomic_load(&p->manner) == IPP_OTHER_MEDIA ? "om_label_62x29mm" : "om_label_29x90mm");
	put_text(out, VALUE_MIME, "document-format-supported", "image/pwg-raster");
	put_value(out, VALUE_RESOLUTION, "pwg-raster-document-resolution-supported", dpi, sizeof dpi);
	put_text(out, VALUE_KEYWORD, "pwg-raster-document-type-supported", "black_1");
}

static void put_job(struct strbuf *out, uint32_t id, uint32_t state) {
	strbuf_addc(out, TAG_JOB);
	put_number(out, VALUE_INTEGER, "job-id", id);
	put_number(out, VALUE_ENUM, "job-state", state);
}

/* `request`: the IPP of it. */
static void answer_ipp(struct ipp_peer *p, const uint8_t *request, struct strbuf *out) {
	int op = request[2] << 8 | request[3], manner = atomic_load(&p->manner);
	bool refused = op == OP_PRINT_JOB && manner == IPP_REFUSES;
	strbuf_add(out, "\2\0", 2);
	put16(out, refused ? 0x0509 : 0); /* server-error-job-canceled */
	strbuf_add(out, request + 4, 4);
	strbuf_addc(out, TAG_OPERATION);
	put_text(out, VALUE_CHARSET, "attributes-charset", "utf-8");
	put_text(out, VALUE_LANGUAGE, "attributes-natural-language", "en");
	if (op == OP_PRINT_JOB && !refused) {
		put_job(out, (uint32_t)atomic_fetch_add(&p->jobs, 1) + 1, 3);
	} else if (op == OP_GET_JOB) {
		put_job(out, 1, manner == IPP_KEEPS ? 5 : 9);
	} else if (op == OP_CANCEL_JOB) {
		atomic_fetch_add(&p->cancelled, 1);
	} else if (!refused) {
		put_printer(p, out);
	}
	strbuf_addc(out, TAG_END);
}

/* --- the connection ------------------------------------------------------------------------------------------------------------------------ */

static bool wait_for(struct ipp_peer *p, int fd, short events) {
	struct pollfd poll_fd = {.fd = fd, .events = events};
	while (!atomic_load(&p->ending)) {
		if (poll(&poll_fd, 1, 50) > 0) {
			return true;
		}
	}
	return false;
}

static bool put_all(struct ipp_peer *p, int fd, const char *bytes, size_t n) {
	while (n > 0 && wait_for(p, fd, POLLOUT)) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent <= 0) {
			return false;
		}
		bytes += sent;
		n -= (size_t)sent;
	}
	return n == 0;
}

static void reply(struct ipp_peer *p, int fd, const char *head, const char *body, size_t n) {
	char *text = xasprintf("%s\r\nContent-Length: %zu\r\n\r\n", head, n);
	bool open = put_all(p, fd, text, strlen(text));
	size_t piece = atomic_load(&p->manner) == IPP_DRIPS ? 5 : n;
	for (size_t at = 0; open && at < n; at += piece) {
		size_t some = n - at < piece ? n - at : piece;
		open = put_all(p, fd, body + at, some);
		if (some < n) {
			clock_sleep_ms(1);
		}
	}
	free(text);
}

static void never_end(struct ipp_peer *p, int fd) {
	static const char head[] =
		"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: 2000000000\r\n\r\n\2\0\0\0\0\0\0\1\4";
	struct strbuf attribute = {0};
	put_text(&attribute, VALUE_KEYWORD, "media-ready", "om_label_29x90mm");
	bool open = put_all(p, fd, head, sizeof head - 1);
	while (open && !atomic_load(&p->ending)) {
		open = put_all(p, fd, attribute.data, attribute.len);
	}
	strbuf_fini(&attribute);
}

/* Reads one request's head and body; the place of its IPP, 0 when the connection ended. */
static size_t take_request(struct ipp_peer *p, int fd, struct strbuf *in) {
	size_t body = 0, length = 0;
	bool continued = false;
	strbuf_reset(in);
	for (;;) {
		char bytes[8192];
		if (body == 0 && in->len > 0 && strstr(in->data, "\r\n\r\n") != NULL) {
			body = (size_t)(strstr(in->data, "\r\n\r\n") - in->data) + 4;
			const char *at = strcasestr(in->data, "content-length:");
			length = at == NULL ? 0 : (size_t)strtoul(at + strlen("content-length:"), NULL, 10);
			if (strcasestr(in->data, "100-continue") != NULL && !continued) {
				continued = true;
				put_all(p, fd, "HTTP/1.1 100 Continue\r\n\r\n", 25);
			}
		}
		if (body != 0 && in->len >= body + length && length >= 8) {
			return body;
		}
		if (!wait_for(p, fd, POLLIN) || in->len > REQUEST_MAX) {
			return 0;
		}
		ssize_t n = recv(fd, bytes, sizeof bytes, 0);
		if (n <= 0) {
			return 0;
		}
		strbuf_add(in, bytes, (size_t)n);
	}
}

static void serve_good(struct ipp_peer *p, int fd) {
	struct strbuf in = {0}, out = {0};
	size_t body;
	while ((body = take_request(p, fd, &in)) != 0) {
		strbuf_reset(&out);
		answer_ipp(p, (const uint8_t *)in.data + body, &out);
		if (in.data[body + 3] == OP_PRINT_JOB && atomic_load(&p->manner) == IPP_FORGETS) {
			break;
		}
		reply(p, fd, "HTTP/1.1 200 OK\r\nContent-Type: application/ipp", out.data, out.len);
	}
	strbuf_fini(&in);
	strbuf_fini(&out);
}

static void serve(struct ipp_peer *p, int fd) {
	static const char page[] = "<html>login</html>", no_ipp[] = "\2\0\0\0\0\0\0\1\4\x44\xff\xff whatever";
	struct strbuf in = {0};
	int manner = atomic_load(&p->manner);
	if (manner == IPP_HANGS || manner == IPP_STALLS) {
		if (manner == IPP_STALLS) {
			put_all(p, fd, "HTTP/1.1 200 O", 14);
		}
		p->held[p->held_count++] = fd;
		return;
	}
	if (manner == IPP_CLOSES || manner == IPP_RUBBISH) {
		if (manner == IPP_RUBBISH) {
			put_all(p, fd, "\xff\xfe\0\0rubbish\n\n", 13);
		}
		close(fd);
		return;
	}
	if (manner >= IPP_PAGE && manner <= IPP_ELSEWHERE && take_request(p, fd, &in) != 0) {
		switch (manner) {
		case IPP_PAGE: reply(p, fd, "HTTP/1.1 200 OK\r\nContent-Type: text/html", page, sizeof page - 1); break;
		case IPP_NO_IPP: reply(p, fd, "HTTP/1.1 200 OK\r\nContent-Type: application/ipp", no_ipp, sizeof no_ipp - 1); break;
		case IPP_ENDLESS: never_end(p, fd); break;
		case IPP_PASSWORD: reply(p, fd, "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"", "", 0); break;
		default: reply(p, fd, "HTTP/1.1 404 Not Found", "", 0); break;
		}
	} else if (manner < IPP_PAGE || manner > IPP_ELSEWHERE) {
		serve_good(p, fd);
	}
	strbuf_fini(&in);
	close(fd);
}

static void *run(void *context) {
	struct ipp_peer *p = context;
	while (wait_for(p, p->listener, POLLIN)) {
		int fd = accept(p->listener, NULL, NULL);
		if (fd >= 0 && p->held_count < HELD_MAX) {
			serve(p, fd);
		}
	}
	return NULL;
}

struct ipp_peer *ipp_peer_open_at(enum ipp_manner manner, int port) {
	struct ipp_peer *p = xcalloc(1, sizeof *p);
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof at;
	int yes = 1;
	p->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(p->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (p->listener < 0 || bind(p->listener, (struct sockaddr *)&at, sizeof at) != 0 || listen(p->listener, 16) != 0 ||
	    getsockname(p->listener, (struct sockaddr *)&at, &n) != 0) {
		abort();
	}
	p->port = ntohs(at.sin_port);
	snprintf(p->name, sizeof p->name, "ipp://127.0.0.1:%d/ipp/print", p->port);
	atomic_store(&p->manner, (int)manner);
	if (pthread_create(&p->thread, NULL, run, p) != 0) {
		abort();
	}
	return p;
}

struct ipp_peer *ipp_peer_open(enum ipp_manner manner) {
	return ipp_peer_open_at(manner, 0);
}

void ipp_peer_close(struct ipp_peer *p) {
	atomic_store(&p->ending, true);
	pthread_join(p->thread, NULL);
	for (size_t i = 0; i < p->held_count; i++) {
		close(p->held[i]);
	}
	close(p->listener);
	free(p);
}

void ipp_peer_become(struct ipp_peer *p, enum ipp_manner manner) { atomic_store(&p->manner, (int)manner); }
const char *ipp_peer_name(const struct ipp_peer *p) { return p->name; }
int ipp_peer_port(const struct ipp_peer *p) { return p->port; }
int ipp_peer_jobs(const struct ipp_peer *p) { return atomic_load(&p->jobs); }
int ipp_peer_cancelled(const struct ipp_peer *p) { return atomic_load(&p->cancelled); }
