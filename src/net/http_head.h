/* A request's head, looked at for what would let two programs on its way read it differently (RFC 9112, 6 and 11.2). Pure. */
#ifndef TURNOUT_NET_HTTP_HEAD_H
#define TURNOUT_NET_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

struct http_field { /* not NUL-terminated */
	const char *name;
	size_t name_len;
	const char *value;
	size_t value_len;
};

struct http_head { /* a zeroed struct is empty; http_head_fini when done */
	unsigned lengths, encodings, hosts;
	bool bad_field, bad_length, bad_encoding;
	struct strbuf x_forwarded_for, forwarded; /* their values, joined by commas (RFC 9110, 5.3) */
};

/* The next header in the order in which they came. */
void http_head_note(struct http_head *head, struct http_field field);
/* After the last one: what is wrong with the head, as a sentence, a literal; NULL when nothing is. `version`: "HTTP/1.1". */
const char *http_head_wrong(const struct http_head *head, const char *method, const char *version);
void http_head_fini(struct http_head *head);

#endif
