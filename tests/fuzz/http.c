/* Bytes that a client sends to the HTTP server, over loopback. */
#include "fuzz/world.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "net/http_server.h"

#define BODY_MAX 4096

static void serve(void *context, const struct http_request *request, struct http_answer *answer) {
	(void)context;
	fuzz_assert(request->path[0] == '/' && utf8_valid(request->path, strlen(request->path), NULL));
	fuzz_assert(request->query != NULL && strcmp(request->client, "127.0.0.1") == 0);
	fuzz_assert(request->body_len <= BODY_MAX && ((const char *)request->body)[request->body_len] == '\0');
	answer->status = 200;
	answer->type = "text/plain";
	strbuf_adds(&answer->body, request->method);
	strbuf_adds(&answer->body, request->path);
	strbuf_add(&answer->body, request->body, request->body_len);
	http_answer_header(answer, "X-Query", request->query);
}

static uint16_t the_port(void) {
	static struct http_server *server;
	struct http_server_options options = {
		.address = "127.0.0.1", .serve = serve, .body_max = BODY_MAX, .idle_s = 1, .request_s = 2, .connections_of_one = 200};
	struct err err = {0};
	if (server == NULL && !http_server_open(&options, &server, &err)) {
		fuzz_fail(__FILE__, __LINE__, err.text);
	}
	return http_server_port(server);
}

/* What the server makes of it comes at once or never: where it waits for more, nobody waits with it. */
#define ANSWER_US 4000

/* Sockets of inputs before may still be on their way out of the system's tables. */
static int connected(void) {
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(the_port()), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	for (int i = 0; i < 1000; i++) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);
		if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0) {
			return fd;
		}
		if (fd >= 0) {
			close(fd);
		}
		usleep(10000);
	}
	fuzz_fail(__FILE__, __LINE__, strerror(errno));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	struct linger at_once = {.l_onoff = 1}; /* a reset: no TIME_WAIT, ports would run out, and no connection waits for its idle time */
	struct timeval wait = {.tv_usec = ANSWER_US};
	char answer[4096];
	int fd = connected();
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	ssize_t got = send(fd, data, n, MSG_NOSIGNAL);
	while (got > 0) {
		got = recv(fd, answer, sizeof answer, 0);
	}
	close(fd);
	return 0;
}
