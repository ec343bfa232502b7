#include "sync/enrolment_client.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/str.h"

#define TRIES 3

static char *url_of(const char *base, const char *path) {
	size_t n = strlen(base);
	while (n > 0 && base[n - 1] == '/') {
		n--;
	}
	return xasprintf("%.*s%s", (int)n, base, path);
}

bool enrolment_hub_key(struct http_client *client, const char *url, struct public_key *out, struct err *err) {
	struct http_client_answer answer = {.status = 0};
	struct err none = {0};
	char *at = url_of(url, HUB_PATH);
	bool ok = http_client_get(client, at, &answer, err);
	if (ok) {
		struct json *said = json_parse(strbuf_str(&answer.body), answer.body.len, &none);
		const char *hex = json_get_text(said, "key");
		ok = (answer.status == 200 && hex != NULL && str_unhex(hex, out->b, KEY_LEN)) ||
		     err_set(err, ERR_REFUSED, "%s is no hub of Turnout (it answered %u)", url, answer.status);
		json_free(said);
	}
	http_client_answer_fini(&answer);
	free(at);
	return ok;
}

static bool another(const char *url, const char *what, struct err *err) {
	return err_set(err, ERR_REFUSED, "another hub answers at %s than the one that made this %s, or the %s was mistyped", url, what,
		       what);
}

bool enrolment_hub_of_token(struct http_client *client, const char *url, const struct hub_token *token, struct public_key *out,
			    struct err *err) {
	uint8_t fingerprint[8];
	if (!enrolment_hub_key(client, url, out, err)) {
		return false;
	}
	hub_token_fingerprint(out, fingerprint);
	return memcmp(fingerprint, token->fingerprint, sizeof fingerprint) == 0 || another(url, "token", err);
}

bool enrolment_hub_of_code(struct http_client *client, const char *url, const struct pair_code *code, struct public_key *out,
			   struct err *err) {
	uint8_t fingerprint[5];
	return enrolment_hub_key(client, url, out, err) && pair_code_fingerprint(out, fingerprint, err) &&
	       (memcmp(fingerprint, code->fingerprint, sizeof fingerprint) == 0 || another(url, "code", err));
}

static bool read_answer(const struct key_pair *reply_to, const struct strbuf *request, const struct http_client_answer *http,
			struct enrolment_lines *answer, struct err *err) {
	struct hash asked = crypto_sha256(request->data, request->len);
	struct hash reply;
	if (http->status != 200) {
		char sentence[200];
		str_copy(sentence, sizeof sentence, strbuf_str(&http->body));
		sentence[strcspn(sentence, "\r\n")] = '\0';
		return err_set(err, http->status >= 500 ? ERR_BUSY : ERR_REFUSED, "it answered %u: %s", http->status, sentence);
	}
	if (!enrolment_open(reply_to, (struct octets){http->body.data, http->body.len}, answer, err)) {
		return false;
	}
	if (!enrolment_get_octets(answer, "reply", reply.b, HASH_LEN) || !crypto_hash_eq(&reply, &asked)) {
		return err_set(err, ERR_INPUT, "what came back is not the answer to what was asked");
	}
	const char *how = enrolment_get(answer, "door");
	const char *sentence = str_or_empty(enrolment_get(answer, "say"));
	return str_eq(how, "ok") || err_set(err, str_eq(how, "wait") ? ERR_BUSY : ERR_REFUSED, "the hub says: %s", sentence);
}

/* The same request again when the line broke off: a code that was used up by it is good for it once more. */
static bool post(struct http_client *client, const char *url, const struct strbuf *request, struct http_client_answer *http,
		 struct err *err) {
	for (int i = 1;; i++) {
		if (http_client_post(client, url, request->data, request->len, http, err)) {
			return true;
		}
		if (i == TRIES || (http->result != HTTP_CLIENT_CUT && http->result != HTTP_CLIENT_TIMED_OUT)) {
			return false;
		}
	}
}

bool enrolment_ask(struct http_client *client, const struct enrolment_question *question, struct enrolment_lines *answer, struct err *err) {
	struct key_pair reply_to;
	struct strbuf text = {0}, request = {0};
	struct http_client_answer http = {.status = 0};
	char *url = url_of(question->url, ENROLMENT_PATH);
	*answer = (struct enrolment_lines){.count = 0};
	crypto_key_new(&reply_to);
	strbuf_add(&text, question->lines->data, question->lines->len);
	enrolment_put_octets(&text, "reply-to", reply_to.public_key.b, KEY_LEN);
	bool ok = enrolment_close(question->hub, &text, &request) || err_set(err, ERR_INPUT, "the hub's key is none");
	ok = ok && post(client, url, &request, &http, err);
	if (ok && !read_answer(&reply_to, &request, &http, answer, err)) {
		ok = err_wrap(err, "%s", question->url);
	}
	crypto_wipe(text.data, text.len);
	crypto_wipe(&reply_to, sizeof reply_to);
	strbuf_fini(&text);
	strbuf_fini(&request);
	http_client_answer_fini(&http);
	free(url);
	return ok;
}
