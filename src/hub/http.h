/* A small HTTP server: every request is answered by one pure function. (libmicrohttpd; one thread of its own.) */
#ifndef TURNOUT_HUB_HTTP_H
#define TURNOUT_HUB_HTTP_H

#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

struct http_answer {
	unsigned status;  /* 200, 404, … */
	const char *type; /* a literal */
	struct strbuf body;
};

/* Called in the server's thread; fills a zeroed answer. */
typedef void http_serve_fn(void *context, const char *method, const char *path, struct http_answer *answer);

struct http;

struct http_options {
	const char *address; /* IPv4 or IPv6, numeric */
	uint16_t port;       /* 0: any free one */
	http_serve_fn *serve;
	void *context;
};

/* ERR_SYSTEM when the address cannot be listened on. */
bool http_open(const struct http_options *options, struct http **out, struct err *err) TURNOUT_MUST_CHECK;
uint16_t http_port(const struct http *http);
/* Finishes what is being answered. NULL is fine. */
void http_close(struct http *http);

#endif
