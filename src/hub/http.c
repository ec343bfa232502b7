#include "hub/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define CONNECTIONS_MAX 200
#define IDLE_SECONDS 15

struct http {
	struct MHD_Daemon *daemon;
	http_serve_fn *serve;
	void *context;
};

/* libmicrohttpd's handler. Called first without the request's body, which no path of ours takes. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
			      const char *upload, size_t *upload_size, void **state) {
	(void)version;
	(void)upload;
	static const char begun; /* only its address is used */
	struct http *http = context;
	if (*state == NULL) {
		*state = (void *)(uintptr_t)&begun;
		return MHD_YES;
	}
	if (*upload_size > 0) {
		*upload_size = 0; /* thrown away */
		return MHD_YES;
	}
	struct http_answer answer = {0};
	http->serve(http->context, method, path, &answer);
	struct MHD_Response *response =
		MHD_create_response_from_buffer(answer.body.len, (void *)(uintptr_t)strbuf_str(&answer.body), MHD_RESPMEM_MUST_COPY);
	enum MHD_Result sent = MHD_NO;
	if (response != NULL) {
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer.type);
		MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
		sent = MHD_queue_response(connection, answer.status, response);
		MHD_destroy_response(response);
	}
	strbuf_fini(&answer.body);
	return sent;
}

static bool read_address(const struct http_options *o, struct sockaddr_storage *out, bool *v6) {
	struct sockaddr_in *four = (struct sockaddr_in *)(void *)out;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)out;
	memset(out, 0, sizeof *out);
	if (inet_pton(AF_INET, o->address, &four->sin_addr) == 1) {
		four->sin_family = AF_INET;
		four->sin_port = htons(o->port);
		return true;
	}
	if (inet_pton(AF_INET6, o->address, &six->sin6_addr) == 1) {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons(o->port);
		*v6 = true;
		return true;
	}
	return false;
}

bool http_open(const struct http_options *options, struct http **out, struct err *err) {
	struct sockaddr_storage address;
	bool v6 = false;
	if (!read_address(options, &address, &v6)) {
		return err_set(err, ERR_USAGE, "\"%s\" is no IP address", options->address);
	}
	struct http *http = xcalloc(1, sizeof *http);
	http->serve = options->serve;
	http->context = options->context;
	unsigned flags = MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | (v6 ? MHD_USE_IPv6 : 0);
	errno = 0;
	http->daemon = MHD_start_daemon(flags, options->port, NULL, NULL, handle, http, MHD_OPTION_SOCK_ADDR, &address,
					MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
					(unsigned)IDLE_SECONDS, MHD_OPTION_END);
	if (http->daemon == NULL) {
		free(http);
		return err_errno(err, "%s port %u cannot be listened on", options->address, options->port);
	}
	*out = http;
	return true;
}

uint16_t http_port(const struct http *http) {
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
	return info == NULL ? 0 : info->port;
}

void http_close(struct http *http) {
	if (http != NULL) {
		MHD_stop_daemon(http->daemon);
		free(http);
	}
}
