/* Which function answers a request: a table of rows, each a method and the pattern of a path. */
#ifndef TURNOUT_NET_ROUTER_H
#define TURNOUT_NET_ROUTER_H

#include "net/http_server.h"

#define ROUTE_VALUES_MAX 4

/* What stood in a path where its pattern has "*", in order. */
struct route_values {
	struct {
		const char *text; /* not ended by a NUL */
		size_t n;
	} items[ROUTE_VALUES_MAX];
	size_t count;
};

typedef void route_serve(void *context, const struct http_request *request, const struct route_values *values, struct http_answer *answer);

struct route {
	const char *method;  /* "GET" (HEAD comes along), "POST", …; NULL: any */
	const char *pattern; /* "/v1/exchange"; "*" takes a segment that is not empty, at most ROUTE_VALUES_MAX of them */
	route_serve *serve;
	const char *otherwise; /* the sentence of a 405 for other methods */
};

struct router {
	const struct route *routes; /* the first that fits is taken */
	size_t count;
	const char *nothing; /* the sentence of a 404 */
};

/* Answers by the row that fits; 405 with the methods there are in "Allow" when only the method does not, else 404. */
void router_serve(const struct router *router, void *context, const struct http_request *request, struct http_answer *answer);

#endif
