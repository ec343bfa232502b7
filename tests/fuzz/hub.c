/* A whole hub over a folder: requests by method, path and body. The first byte chooses path and method, the second who speaks; what is at the door is
 * boxed, what is an exchange is sealed. Wrong tries are not counted, so that the door stays open. */
#include "fuzz/world.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "hub/db_files.h"
#include "hub/hub.h"
#include "sync/enrolment.h"
#include "sync/http_transport.h"

#define RAW 0x80

struct fuzz_hub {
	struct hub_db files;
	struct hub *hub;
	struct replica replica; /* keys of the event */
	char token[TOKEN_TEXT_MAX];
};

static bool no_tries(void *self, const char *who, int64_t window, int add, int64_t *count, struct err *err) {
	(void)self;
	(void)who;
	(void)window;
	(void)add;
	(void)err;
	*count = 0;
	return true;
}

static struct fuzz_hub *open_hub(void) {
	static struct hub_db_ops ops;
	const struct fuzz_world *w = fuzz_world();
	struct fuzz_hub *h = xcalloc(1, sizeof *h);
	struct err err = {0};
	char *folder = file_join(w->folder, "hub");
	if (!hub_db_files_open(folder, NULL, &h->files, &err) || !h->files.ops->add(h->files.self, &w->origin, &err)) {
		fuzz_fail(__FILE__, __LINE__, err.text);
	}
	ops = *h->files.ops;
	ops.tries = no_tries;
	h->files.ops = &ops;
	if (!hub_open(&h->files, &h->hub, &err) || !hub_begin(h->hub, h->token, &err)) {
		fuzz_fail(__FILE__, __LINE__, err.text);
	}
	free(folder);
	return h;
}

static struct fuzz_hub *the_hub(void) {
	static struct fuzz_hub *hub;
	if (hub == NULL) {
		hub = open_hub();
	}
	return hub;
}

/* The right token and a key for the answer, as every request at the door has them. */
static void box(const struct fuzz_hub *h, struct octets said, struct strbuf *body) {
	struct strbuf text = {0};
	enrolment_put_octets(&text, "reply-to", fuzz_world()->keys[FUZZ_MEMBER].public_key.b, KEY_LEN);
	enrolment_put(&text, "token", h->token + 17);
	strbuf_add(&text, said.data, said.n);
	fuzz_assert(enrolment_close(hub_key(h->hub), &text, body));
	strbuf_fini(&text);
}

static void seal(struct octets said, enum fuzz_key who, struct strbuf *body) {
	const struct fuzz_world *w = fuzz_world();
	struct envelope_keys keys = {.event = w->origin.event};
	struct strbuf text = {0};
	memcpy(keys.seal, w->origin.event_key, sizeof keys.seal);
	message_begin(&text, MESSAGE_REQUEST);
	fuzz_text(said.data, said.n, who, &text);
	envelope_close(&keys, &w->keys[who], (struct octets){text.data, text.len}, body);
	strbuf_fini(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
	static const char *const paths[] = {EXCHANGE_PATH, ENROLMENT_PATH, HUB_PATH, "/healthz", "/metrics", "/"};
	static const char *const methods[] = {"POST", "GET", "HEAD", "DELETE"};
	struct fuzz_hub *h = the_hub();
	struct strbuf body = {0};
	struct http_answer answer = {.status = 0};
	if (n < 2) {
		return 0;
	}
	size_t path = (data[0] & 0x0F) % COUNT_OF(paths);
	enum fuzz_key who = (enum fuzz_key)((data[1] & 0x0F) % FUZZ_KEYS);
	struct octets said = {data + 2, n - 2};
	struct strbuf expanded = {0};
	if ((data[1] & RAW) != 0) {
		strbuf_add(&body, said.data, said.n);
	} else if (path == 1) {
		fuzz_expand((const char *)data + 2, n - 2, who, &expanded);
		box(h, (struct octets){strbuf_str(&expanded), expanded.len}, &body);
	} else {
		seal(said, who, &body);
	}
	struct http_request request = {.method = methods[(data[0] >> 4) % COUNT_OF(methods)],
				       .path = paths[path],
				       .query = "",
				       .client = "192.0.2.1",
				       .body = strbuf_str(&body),
				       .body_len = body.len};
	hub_serve(h->hub, &request, &answer);
	fuzz_assert(answer.status >= 200 && answer.status < 503 && answer.status != 500 && answer.type != NULL);
	strbuf_fini(&answer.body);
	strbuf_fini(&body);
	strbuf_fini(&expanded);
	return 0;
}
