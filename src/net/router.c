#include "net/router.h"

#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"

static bool takes_method(const struct route *route, const char *method) {
	return route->method == NULL || str_eq(route->method, method) || (str_eq(route->method, "GET") && str_eq(method, "HEAD"));
}

/* A '*' stands for one whole part of the path, which is not empty. */
static bool takes_path(const char *pattern, const char *path, struct route_values *values) {
	values->count = 0;
	while (*pattern != '\0' && *path != '\0') {
		size_t n = strcspn(path, "/");
		if (*pattern == '*' && n > 0 && values->count < ROUTE_VALUES_MAX) {
			values->items[values->count].text = path;
			values->items[values->count++].n = n;
			pattern++;
			path += n;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return *pattern == '\0' && *path == '\0';
}

/* Every method once, however many rows a path has. */
static void allow(struct strbuf *methods, const char *method) {
	if (strstr(strbuf_str(methods), method) == NULL) {
		strbuf_addf(methods, "%s%s%s", methods->len > 0 ? ", " : "", method, str_eq(method, "GET") ? ", HEAD" : "");
	}
}

void router_serve(const struct router *router, void *context, const struct http_request *request, struct http_answer *answer) {
	struct strbuf methods = {0};
	const char *otherwise = NULL;
	for (size_t i = 0; i < router->count; i++) {
		const struct route *route = &router->routes[i];
		struct route_values values;
		if (!takes_path(route->pattern, request->path, &values)) {
			continue;
		}
		if (takes_method(route, request->method)) {
			route->serve(context, request, &values, answer);
			strbuf_fini(&methods);
			return;
		}
		allow(&methods, route->method);
		otherwise = otherwise == NULL ? route->otherwise : otherwise;
	}
	if (methods.len > 0) {
		http_answer_header(answer, "Allow", strbuf_str(&methods));
		http_answer_say(answer, 405, otherwise);
	} else {
		http_answer_say(answer, 404, router->nothing);
	}
	strbuf_fini(&methods);
}
