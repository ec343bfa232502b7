#include "net/http_server.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/log_limit.h"
#include "base/str.h"
#include "base/utf8.h"
#include "net/doorkeeper.h"
#include "net/forwarded.h"
#include "net/guard.h"
#include "net/http_head.h"
#include "net/listener.h"

#define PEM_MAX ((size_t)256 * 1024)
#define STOP_LOOK_MS 5
#define OVER_MS 5000 /* for one too many to ask and to be told so */
#define OVER_RETRY_S "10"
#define OWN_SOCKETS 8         /* the listening one, and what starts and stops the server */
#define SOCKETS_OF_A_THREAD 4 /* its epoll and what wakes it */

struct http_server {
	struct http_server_options options; /* with the defaults filled in */
	int listen_fd;
	uint16_t port;
	struct MHD_Daemon *daemon;
	struct guard *guard;
	struct doorkeeper *doorkeeper;
	struct log_limit refusals;
	pthread_key_t thread_key; /* a thread's number + 1 */
	atomic_uint threads_seen;
	atomic_bool stopping;
	struct strbuf certificate, key; /* PEM */
	pthread_t opener;
	char complaint[256]; /* what the library said while it was started */
};

/* One request that comes in. */
struct call {
	char *uri; /* as it came; cut in two by begin() */
	char *query;
	struct strbuf body;
	size_t drained;
	char client[ADDRESS_TEXT_MAX];
	unsigned refusal; /* a status, when the request will not be served */
	const char *why;  /* with it: a literal; NULL: the body is too long */
	bool begun;
	bool served; /* `answer` is made, and waits */
	struct http_answer answer;
};

/* One connection. */
struct visitor {
	struct guard_entry *entry;
	struct doorkeeper_group *group;
	bool over; /* one too many: it is told so, and no more */
};

/* Set by on_connection before anything else is called for a connection. */
static struct visitor *visitor_of(struct MHD_Connection *connection) {
	return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static struct guard_entry *entry_of(struct MHD_Connection *connection) { return visitor_of(connection)->entry; }

static const char *header_of(struct MHD_Connection *connection, const char *name) {
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* Takes the percent-encoding off in place. False unless the result is a path of valid UTF-8 without NUL. */
static bool decode_path(char *path) {
	char *to = path;
	if (*path != '/') {
		return false;
	}
	for (const char *from = path; *from != '\0';) {
		char byte = *from++;
		if (byte == '%') {
			char digits[3] = {from[0], from[0] == '\0' ? '\0' : from[1], '\0'};
			if (!str_unhex(digits, &byte, 1) || byte == '\0') {
				return false;
			}
			from += 2;
		}
		*to++ = byte;
	}
	*to = '\0';
	return utf8_valid(path, (size_t)(to - path), NULL);
}

/* A thread gets its number with its first request; the library starts and keeps its own threads. 0 in the key means: none yet. */
static unsigned thread_number(struct http_server *server) {
	uintptr_t number = (uintptr_t)pthread_getspecific(server->thread_key);
	if (number == 0) {
		number = atomic_fetch_add(&server->threads_seen, 1) + 1;
		pthread_setspecific(server->thread_key, (void *)number);
	}
	return (unsigned)number - 1;
}

static enum MHD_Result send_answer(struct http_server *server, struct MHD_Connection *connection, struct http_answer *answer, bool last) {
	size_t len = answer->body.len;
	struct MHD_Response *response = MHD_create_response_from_buffer(len, strbuf_detach(&answer->body), MHD_RESPMEM_MUST_FREE);
	if (response == NULL) {
		return MHD_NO;
	}
	if (answer->type != NULL) {
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
	}
	MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	for (size_t i = 0; i < answer->header_count; i++) {
		MHD_add_response_header(response, answer->headers[i].name, answer->headers[i].value);
	}
	if (last || atomic_load(&server->stopping)) {
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
	}
	/* From here the client has its time anew, to take the answer. */
	guard_answer(server->guard, entry_of(connection), visitor_of(connection)->over ? OVER_MS : 0);
	enum MHD_Result sent = MHD_queue_response(connection, answer->status, response);
	MHD_destroy_response(response);
	return sent;
}

static void peer_of(struct MHD_Connection *connection, char peer[ADDRESS_TEXT_MAX]) {
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	peer[0] = '\0';
	if (info != NULL && info->client_addr != NULL) {
		address_text(info->client_addr, peer);
	}
}

static enum MHD_Result refuse(struct http_server *server, struct MHD_Connection *connection, struct call *call) {
	struct http_answer answer = {.status = call->refusal, .type = "text/plain; charset=utf-8"};
	if (call->why == NULL) {
		strbuf_addf(&answer.body, "the body is longer than the %zu bytes that are taken here\n", server->options.body_max);
	} else {
		strbuf_addf(&answer.body, "%s\n", call->why);
	}
	if (call->refusal == MHD_HTTP_SERVICE_UNAVAILABLE) {
		http_answer_header(&answer, "Retry-After", OVER_RETRY_S);
	}
	log_limit_warn(&server->refusals, "refused %s: %.*s", call->client, (int)answer.body.len - 1, answer.body.data);
	return send_answer(server, connection, &answer, true);
}

static enum MHD_Result note_header(void *context, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value,
				   size_t value_len) {
	(void)kind;
	http_head_note(context, (struct http_field){name, name_len, value_len == 0 ? "" : value, value_len});
	return MHD_YES;
}

/* Reads the head. True when the request may be read further; else call->refusal is to be answered at once. */
static bool read_head(struct http_server *server, struct MHD_Connection *connection, struct call *call, const char *method,
		      const char *version) {
	struct http_head head = {0};
	char peer[ADDRESS_TEXT_MAX];
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, note_header, &head);
	peer_of(connection, peer);
	struct forwarded forwarded = {strbuf_str(&head.x_forwarded_for), strbuf_str(&head.forwarded)};
	forwarded_client(&server->options.proxies, peer, &forwarded, call->client);
	call->why = http_head_wrong(&head, method, version);
	call->refusal = call->why != NULL ? MHD_HTTP_BAD_REQUEST : 0;
	if (visitor_of(connection)->over) {
		call->why = "there are too many connections now; try again later";
		call->refusal = MHD_HTTP_SERVICE_UNAVAILABLE;
	}
	http_head_fini(&head);
	return call->refusal == 0;
}

/* The head has come, nothing of the body yet. */
static enum MHD_Result begin(struct http_server *server, struct MHD_Connection *connection, struct call *call, const char *method,
			     const char *version) {
	int64_t declared = 0;
	const char *length = header_of(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
	call->begun = true;
	call->query = strchr(call->uri, '?');
	if (call->query != NULL) {
		*call->query++ = '\0';
	}
	if (!read_head(server, connection, call, method, version)) {
		return refuse(server, connection, call);
	}
	/* Digits, as read_head saw: what cannot be read is too large a number. */
	if (length != NULL && (!str_to_i64(length, &declared) || (uint64_t)declared > server->options.body_max)) {
		call->refusal = MHD_HTTP_CONTENT_TOO_LARGE;
	} else if (!decode_path(call->uri)) {
		call->refusal = MHD_HTTP_BAD_REQUEST;
		call->why = "the path of this request cannot be read";
	}
	bool waits = header_of(connection, MHD_HTTP_HEADER_EXPECT) != NULL;
	/* declared is 0 where the length is no number of ours: then it is not known how much would have to be drained. */
	bool endless = call->refusal == MHD_HTTP_CONTENT_TOO_LARGE && (declared == 0 || (uint64_t)declared > HTTP_SERVER_DRAIN_MAX);
	return call->refusal != 0 && (waits || endless) ? refuse(server, connection, call) : MHD_YES;
}

/* Bytes of the body. */
static enum MHD_Result take(struct http_server *server, struct call *call, const char *data, size_t n) {
	/* A chunked body declares no length: it is met here. */
	if (call->refusal == 0 && n > server->options.body_max - call->body.len) {
		call->refusal = MHD_HTTP_CONTENT_TOO_LARGE;
		call->drained = call->body.len;
		strbuf_fini(&call->body);
	}
	if (call->refusal != 0) {
		call->drained += n;
		return call->drained <= HTTP_SERVER_DRAIN_MAX ? MHD_YES : MHD_NO;
	}
	strbuf_add(&call->body, data, n);
	return MHD_YES;
}

static void go_on(void *context) { MHD_resume_connection(context); }

/* The library asks `handle` once more when the connection goes on. */
static enum MHD_Result keep_back(struct http_server *server, struct MHD_Connection *connection, struct call *call) {
	MHD_suspend_connection(connection);
	if (!guard_keep_back(server->guard, entry_of(connection), call->answer.keep_back_ms, go_on, connection)) {
		MHD_resume_connection(connection);
	}
	return MHD_YES;
}

static enum MHD_Result serve(struct http_server *server, struct MHD_Connection *connection, struct call *call, const char *method) {
	struct http_request request = {.method = method,
				       .path = call->uri,
				       .query = str_or_empty(call->query),
				       .client = call->client,
				       .authorization = header_of(connection, MHD_HTTP_HEADER_AUTHORIZATION),
				       .body = strbuf_str(&call->body),
				       .body_len = call->body.len,
				       .thread = thread_number(server)};
	server->options.serve(server->options.context, &request, &call->answer);
	strbuf_fini(&call->body);
	call->served = true;
	return call->answer.keep_back_ms > 0 ? keep_back(server, connection, call) : send_answer(server, connection, &call->answer, false);
}

/* libmicrohttpd's handler: once for the head, then for pieces of the body, then once more, and yet once
 * more when the answer was kept back. MHD_NO cuts the connection. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
			      const char *upload, size_t *upload_size, void **state) {
	(void)url;
	struct http_server *server = context;
	struct call *call = *state;
	if (call == NULL) {
		return MHD_NO;
	}
	if (!call->begun) {
		return begin(server, connection, call, method, version);
	}
	if (*upload_size > 0) {
		size_t n = *upload_size;
		*upload_size = 0;
		return take(server, call, upload, n);
	}
	if (call->served) {
		return send_answer(server, connection, &call->answer, false);
	}
	return call->refusal != 0 ? refuse(server, connection, call) : serve(server, connection, call, method);
}

/* The first line of a request has come. */
static void *on_uri(void *context, const char *uri, struct MHD_Connection *connection) {
	struct http_server *server = context;
	struct call *call = xcalloc(1, sizeof *call);
	call->uri = xstrdup(uri);
	guard_begin(server->guard, entry_of(connection));
	return call;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode how) {
	(void)how;
	struct http_server *server = context;
	struct call *call = *state;
	if (call != NULL) {
		strbuf_fini(&call->body);
		strbuf_fini(&call->answer.body);
		free(call->uri);
		free(call);
		*state = NULL;
	}
	guard_end(server->guard, entry_of(connection));
}

static struct visitor *visitor_open(struct http_server *server, struct MHD_Connection *connection) {
	struct visitor *visitor = xcalloc(1, sizeof *visitor);
	/* Taken at once: from libmicrohttpd 1.0 on the next question overwrites the answer to this one. */
	int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	char peer[ADDRESS_TEXT_MAX];
	peer_of(connection, peer);
	visitor->group = doorkeeper_enter(server->doorkeeper, peer, &visitor->over);
	visitor->entry = guard_add(server->guard, fd, visitor->over ? OVER_MS : 0);
	return visitor;
}

static void on_connection(void *context, struct MHD_Connection *connection, void **kept, enum MHD_ConnectionNotificationCode what) {
	struct http_server *server = context;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*kept = visitor_open(server, connection);
	} else {
		struct visitor *visitor = *kept;
		guard_remove(server->guard, visitor->entry);
		doorkeeper_leave(server->doorkeeper, visitor->group);
		free(visitor);
		*kept = NULL;
	}
	log_limit_look(&server->refusals);
}

static enum MHD_Result on_accept(void *context, const struct sockaddr *address, socklen_t len) {
	struct http_server *server = context;
	char peer[ADDRESS_TEXT_MAX];
	(void)len;
	address_text(address, peer);
	return !atomic_load(&server->stopping) && doorkeeper_admits(server->doorkeeper, peer) ? MHD_YES : MHD_NO;
}

/* The library undoes percent-encoding by itself, without a word about mistakes; see decode_path. */
static size_t leave_as_it_is(void *context, struct MHD_Connection *connection, char *text) {
	(void)context;
	(void)connection;
	return strlen(text);
}

static void on_log(void *context, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
static void on_log(void *context, const char *fmt, va_list ap) {
	struct http_server *server = context;
	/* Of a running server it is noise about what clients do wrong. */
	if (pthread_equal(pthread_self(), server->opener) && server->complaint[0] == '\0') {
		vsnprintf(server->complaint, sizeof server->complaint, fmt, ap);
		str_trim(server->complaint);
	}
}

static bool read_pem(const char *path, const char *wanted, struct strbuf *out, struct err *err) {
	if (!file_read(path, PEM_MAX, out, err)) {
		return false;
	}
	if (strlen(strbuf_str(out)) != out->len || strstr(strbuf_str(out), "-----BEGIN ") == NULL ||
	    strstr(strbuf_str(out), wanted) == NULL) {
		return err_set(err, ERR_INPUT, "%s holds no %s in PEM form (a text with \"-----BEGIN\" lines)", path,
			       str_eq(wanted, "CERTIFICATE-----") ? "certificate" : "private key");
	}
	return true;
}

static bool read_tls(struct http_server *server, struct err *err) {
	const char *certificate = server->options.certificate_file, *key = server->options.key_file;
	if (certificate == NULL && key == NULL) {
		return true;
	}
	if (certificate == NULL || key == NULL) {
		return err_set(err, ERR_USAGE, "a certificate and its private key are given together or not at all");
	}
	return read_pem(certificate, "CERTIFICATE-----", &server->certificate, err) && read_pem(key, "PRIVATE KEY-----", &server->key, err);
}

static bool start(struct http_server *server, struct err *err) {
	const struct http_server_options *o = &server->options;
	bool tls = o->key_file != NULL;
	unsigned flags = MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
			 (tls ? MHD_USE_TLS : 0);
	/* Each thread has its share of them. on_accept counts before the library does, so nobody waits for a place where others have some left. */
	unsigned connections = o->connections + DOORKEEPER_SPARE(o->connections) + o->threads;
	struct MHD_OptionItem more[4] = {{MHD_OPTION_END, 0, NULL}};
	size_t n = 0;
	if (o->threads > 1) {
		more[n++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, o->threads, NULL};
	}
	if (tls) {
		more[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, server->certificate.data};
		more[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, server->key.data};
	}
	more[n] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
	/* The library's from here on: it closes the socket when it cannot start, and when it stops. */
	int listen_fd = server->listen_fd;
	server->listen_fd = -1;
	server->daemon = MHD_start_daemon(flags, server->port, on_accept, server, handle, server, MHD_OPTION_EXTERNAL_LOGGER, on_log,
					  server, MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_CONNECTION_LIMIT, connections,
					  MHD_OPTION_CONNECTION_TIMEOUT, o->idle_s, MHD_OPTION_STRICT_FOR_CLIENT, 1,
					  MHD_OPTION_UNESCAPE_CALLBACK, leave_as_it_is, server, MHD_OPTION_URI_LOG_CALLBACK, on_uri, server,
					  MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
					  server, MHD_OPTION_ARRAY, more, MHD_OPTION_END);
	if (server->daemon == NULL && tls) {
		return err_set(err, ERR_INPUT, "the certificate %s and the key %s cannot be used together: %s", o->certificate_file,
			       o->key_file, server->complaint);
	}
	return server->daemon != NULL || err_set(err, ERR_SYSTEM, "the server cannot be started: %s", server->complaint);
}

unsigned http_server_sockets(unsigned connections, unsigned threads) {
	return connections + DOORKEEPER_SPARE(connections) + (1 + SOCKETS_OF_A_THREAD) * threads + OWN_SOCKETS;
}

static unsigned or_else(unsigned value, unsigned otherwise) { return value != 0 ? value : otherwise; }

static struct http_server_options with_defaults(const struct http_server_options *given) {
	struct http_server_options o = *given;
	o.threads = or_else(o.threads, 1);
	o.threads = o.threads < HTTP_SERVER_THREADS_MAX ? o.threads : HTTP_SERVER_THREADS_MAX;
	o.connections = or_else(o.connections, HTTP_SERVER_CONNECTIONS);
	o.connections_of_one = or_else(o.connections_of_one, HTTP_SERVER_CONNECTIONS_OF_ONE);
	o.idle_s = or_else(o.idle_s, 15);
	o.request_s = or_else(o.request_s, 60);
	o.stop_s = or_else(o.stop_s, 5);
	o.body_max = o.body_max != 0 ? o.body_max : HTTP_SERVER_BODY_MAX;
	return o;
}

bool http_server_open(const struct http_server_options *options, struct http_server **out, struct err *err) {
	struct http_server *server = xcalloc(1, sizeof *server);
	server->options = with_defaults(options);
	server->opener = pthread_self();
	server->listen_fd = options->listen_fd > 0 ? options->listen_fd : -1;
	atomic_init(&server->threads_seen, 0);
	atomic_init(&server->stopping, false);
	if (pthread_key_create(&server->thread_key, NULL) != 0) {
		if (server->listen_fd >= 0) {
			close(server->listen_fd);
		}
		free(server);
		return err_set(err, ERR_SYSTEM, "this process has too many servers open");
	}
	log_limit_init(&server->refusals, "http", "requests that were refused");
	server->doorkeeper = doorkeeper_open(
		&(struct doorkeeper_options){server->options.connections, server->options.connections_of_one, &server->options.proxies});
	struct guard_options times = {.request_ms = (int64_t)server->options.request_s * 1000,
				      .idle_ms = (int64_t)server->options.idle_s * 1000};
	bool ok = read_tls(server, err);
	ok = ok && (server->listen_fd >= 0 || listener_open(options->address, options->port, &server->listen_fd, err));
	server->port = ok ? listener_port(server->listen_fd) : 0;
	if (!ok || !guard_open(&times, &server->guard, err) || !start(server, err)) {
		http_server_close(server);
		return false;
	}
	*out = server;
	return true;
}

uint16_t http_server_port(const struct http_server *server) { return server->port; }

void http_server_close(struct http_server *server) {
	if (server == NULL) {
		return;
	}
	/* MHD_quiesce_daemon would close the listening socket now, but races with its own threads in 0.9.75; on_accept turns clients away. */
	atomic_store(&server->stopping, true);
	if (server->daemon != NULL) {
		guard_let_go(server->guard); /* the library cannot be stopped while it has connections that wait */
		int64_t end = clock_mono().v + (int64_t)server->options.stop_s * 1000;
		while (guard_cut_idle(server->guard) > 0 && clock_mono().v < end) {
			clock_sleep_ms(STOP_LOOK_MS);
		}
		MHD_stop_daemon(server->daemon);
	}
	if (server->listen_fd >= 0) {
		close(server->listen_fd);
	}
	guard_close(server->guard);
	doorkeeper_close(server->doorkeeper);
	log_limit_fini(&server->refusals);
	pthread_key_delete(server->thread_key);
	if (server->key.data != NULL) {
		crypto_wipe(server->key.data, server->key.cap);
	}
	strbuf_fini(&server->key);
	strbuf_fini(&server->certificate);
	free(server);
}

void http_answer_header(struct http_answer *answer, const char *name, const char *value) {
	if (answer->header_count == HTTP_ANSWER_HEADERS_MAX || strpbrk(value, "\r\n") != NULL) {
		return;
	}
	struct http_header *h = &answer->headers[answer->header_count];
	h->name = name;
	answer->header_count += str_copy(h->value, sizeof h->value, value);
}

void http_answer_say(struct http_answer *answer, unsigned status, const char *sentence) {
	answer->status = status;
	answer->type = "text/plain; charset=utf-8";
	strbuf_reset(&answer->body);
	strbuf_addf(&answer->body, "%s\n", sentence);
}
