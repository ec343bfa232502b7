/* An HTTP/1.1 server: a request is data, one function makes the answer. (libmicrohttpd: epoll and a small pool of threads.)
 *
 * What a client may cost is bounded: the connections in all and from one address (net/doorkeeper.h: what is over is answered by 503 and Retry-After,
 * or closed), the bytes of a body, of a request's head (32 KiB, more is answered by 431 or 414), the time without a byte, and the time that one
 * request may take however it trickles. A request whose end could be read in two ways (both a length and chunks, two lengths; RFC 9112, 6), or that
 * is malformed otherwise, is answered by 400 and its connection closed: what follows it may be anybody's. A body that is too long is
 * answered by 413 and its connection closed: at once when the client asked first ("Expect: 100-continue"), else after up to
 * HTTP_SERVER_DRAIN_MAX bytes of it were read and thrown away, as a client that still writes seldom sees an answer; one that goes on is cut
 * off. Nothing of a request is kept after its answer. */
#ifndef TURNOUT_NET_HTTP_SERVER_H
#define TURNOUT_NET_HTTP_SERVER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "net/address.h"

#define HTTP_SERVER_BODY_MAX ((size_t)1024 * 1024)
#define HTTP_SERVER_DRAIN_MAX ((size_t)16 * 1024 * 1024)
#define HTTP_SERVER_CONNECTIONS 200
#define HTTP_SERVER_CONNECTIONS_OF_ONE 100
#define HTTP_SERVER_THREADS_MAX 64

/* All of it is the server's and good until the answer was made. */
struct http_request {
	const char *method; /* "GET", "POST", …; any word a client likes */
	const char *path;   /* begins with '/', percent-encoding taken off (RFC 3986, 2.1), valid UTF-8 */
	const char *query;  /* what stood behind '?', as it came; "" without one */
	const char *client; /* the address of whoever asks, numeric (net/listener.h); behind a proxy that was not named the proxy's */
	const char *authorization; /* that header, or NULL */
	const void *body;          /* body_len bytes and a NUL */
	size_t body_len;
	unsigned thread; /* the number of the thread that asks, from 0 to one less than the server's threads */
};

#define HTTP_ANSWER_HEADERS_MAX 6

struct http_header {
	const char *name; /* a literal */
	char value[256];
};

struct http_answer {
	unsigned status;  /* 200, 404, … */
	const char *type; /* a literal */
	struct strbuf body;
	struct http_header headers[HTTP_ANSWER_HEADERS_MAX]; /* more of them, filled by http_answer_header */
	size_t header_count;
	int64_t keep_back_ms; /* before it goes out; 0: at once. Its thread serves others meanwhile */
};

/* Adds a header to an answer; `name` is a literal. A value that does not fit or holds a line break is left out. */
void http_answer_header(struct http_answer *answer, const char *name, const char *value);

/* Puts a sentence into an answer, as plain text. */
void http_answer_say(struct http_answer *answer, unsigned status, const char *sentence);

/* Fills a zeroed answer. Called in one of the server's threads: with more than one, at the same time in several. While it works its thread
 * serves nobody else. HEAD comes as it is; the body of its answer is not sent. */
typedef void http_server_serve(void *context, const struct http_request *request, struct http_answer *answer);

struct http_server;

struct http_server_options {
	const char *address; /* see listener_open; not used with listen_fd */
	uint16_t port;       /* 0: any free one */
	int listen_fd;       /* > 0: a socket that listens already; the server's from then on, also when opening fails */
	http_server_serve *serve;
	void *context;
	/* PEM files, both or neither: with them the server speaks TLS only. The certificate's file holds those in between as well. */
	const char *certificate_file, *key_file;
	struct address_ranges proxies; /* whose word is taken for whom they ask for (net/forwarded.h); they have no limit of their own */
	/* In what follows 0 takes what stands beside it. */
	unsigned threads;            /* 1; at most HTTP_SERVER_THREADS_MAX */
	unsigned connections;        /* HTTP_SERVER_CONNECTIONS that are served, in all; see http_server_sockets */
	unsigned connections_of_one; /* HTTP_SERVER_CONNECTIONS_OF_ONE of them from one address, or from one /64 of IPv6 */
	size_t body_max;             /* HTTP_SERVER_BODY_MAX bytes */
	unsigned idle_s;             /* 15 seconds without a byte end a connection */
	unsigned request_s;          /* 60 seconds for a request to come in whole and be answered, and for the answer to be taken */
	unsigned stop_s;             /* 5 seconds are waited for at the end */
};

/* Errors as listener_open's; ERR_INPUT for PEM files that are none, ERR_SYSTEM for those that cannot be read. */
bool http_server_open(const struct http_server_options *options, struct http_server **out, struct err *err) TURNOUT_MUST_CHECK;
uint16_t http_server_port(const struct http_server *server);
/* The descriptors that a server with so many connections and threads may need at once. */
unsigned http_server_sockets(unsigned connections, unsigned threads);
/* Takes no further connections, ends those that wait, finishes what is being answered for at most stop_s, then cuts it off. A call of `serve`
 * that is under way is always waited for. NULL is fine. */
void http_server_close(struct http_server *server);

#endif
