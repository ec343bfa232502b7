/* An HTTP/1.1 client that asks one thing at a time and says how it failed. (libcurl.)
 *
 * A connection is kept and used again. Redirects are not followed, only http and https are spoken, TLS 1.2 or newer, certificates are always
 * checked, and a proxy is used when the environment names one (http_proxy, https_proxy, all_proxy, no_proxy, as curl(1) does). Link-local
 * addresses take their zone as RFC 6874 writes it: http://[fe80::1%25eth0]:8080/. One thread uses a client; http_client_abort is for the others. */
#ifndef TURNOUT_NET_HTTP_CLIENT_H
#define TURNOUT_NET_HTTP_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

#define HTTP_CLIENT_BODY_MAX ((size_t)1024 * 1024)

enum http_client_result {
	HTTP_CLIENT_OK,          /* an answer came, with any status that is not listed below */
	HTTP_CLIENT_WRONG_URL,   /* trying again is of no use */
	HTTP_CLIENT_UNREACHABLE, /* no such name, no route, nobody listens there */
	HTTP_CLIENT_TIMED_OUT,
	HTTP_CLIENT_CUT,       /* broke off, or what came is no HTTP */
	HTTP_CLIENT_TLS,       /* the other side cannot prove who it is */
	HTTP_CLIENT_PORTAL,    /* a page of the network answered: a redirect, 511 (RFC 6585, 6), or HTML where octets were expected */
	HTTP_CLIENT_PROXY,     /* the proxy cannot be reached, or wants a password (407) */
	HTTP_CLIENT_TOO_LARGE, /* the answer is longer than wanted */
	HTTP_CLIENT_ABORTED,
};

struct http_client_answer { /* a zeroed struct is empty; http_client_answer_fini when done, whatever the result was */
	enum http_client_result result;
	unsigned status; /* 200, 404, …; 0 when none came */
	char type[128];  /* Content-Type; "" without one */
	/* What Retry-After asks for, -1 without one. Dates are not read: this box's clock may be wrong. */
	int64_t retry_after_s;
	bool clock_suspect; /* with HTTP_CLIENT_TLS: the certificate is not of this time, or this box's clock was never set */
	struct strbuf body;
};

void http_client_answer_fini(struct http_client_answer *answer);

struct http_client;

struct http_client_options {
	/* In these 0 takes what stands beside it. */
	int64_t connect_ms;  /* 5,000 to find and reach the other side */
	int64_t total_ms;    /* 60,000 for a request in all */
	int64_t stall_s;     /* 20 seconds in which next to nothing moved */
	size_t body_max;     /* HTTP_CLIENT_BODY_MAX: the longest answer */
	const char *ca_file; /* PEM: the certificates that are trusted instead of the system's; NULL: the system's */
	bool direct;         /* never through a proxy: for neighbours on the same network */
};

/* ERR_NOT_FOUND or ERR_SYSTEM when ca_file cannot be read. */
bool http_client_open(const struct http_client_options *options, struct http_client **out, struct err *err) TURNOUT_MUST_CHECK;
/* NULL is fine. */
void http_client_close(struct http_client *client);

/* True when answer->result is HTTP_CLIENT_OK. False: it tells what to do, and `err` says it in a sentence for whoever looks after the box:
 * ERR_USAGE for a wrong URL, ERR_INPUT for what is too large, ERR_REFUSED for a portal or a proxy's or TLS's no, else ERR_SYSTEM. The answer is
 * emptied first, so the same one can be used again and again. */
bool http_client_get(struct http_client *client, const char *url, struct http_client_answer *answer, struct err *err) TURNOUT_MUST_CHECK;
/* As that, with n bytes as application/octet-stream. */
bool http_client_post(struct http_client *client, const char *url, const void *body, size_t n, struct http_client_answer *answer,
		      struct err *err) TURNOUT_MUST_CHECK;

/* From any thread: what is under way and all that is asked later ends at once with HTTP_CLIENT_ABORTED. */
void http_client_abort(struct http_client *client);

#endif
