#include "net/http_client.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"

#define STALL_BYTES 16 /* a second: less is not worth waiting for */
#define WAIT_MS 1000
#define HOST_NAME_MAX_LEN 256

/* OpenSSL's verdicts (X509_V_ERR_*, openssl-verification-options(1) calls them by these numbers), as CURLINFO_SSL_VERIFYRESULT gives them. */
#define CERTIFICATE_NOT_YET_VALID 9
#define CERTIFICATE_HAS_EXPIRED 10

struct http_client {
	struct http_client_options options; /* with the defaults filled in; ca_file is its own */
	char *ca_file;
	CURLM *multi; /* holds the connections; unlike the easy interface it can be woken by another thread */
	CURL *easy;
	struct curl_slist *headers;
	atomic_bool aborted;
};

/* One question. */
struct ask {
	struct http_client *client;
	struct http_client_answer *answer;
	const char *url;
	const void *body; /* NULL: GET */
	size_t n;
	bool plain; /* http, not https */
	bool too_large;
	bool head_whole; /* the empty line after the answer's headers came: the library takes an end before it for an empty answer */
	char host[HOST_NAME_MAX_LEN + 64];      /* for messages: name and port */
	char said[CURL_ERROR_SIZE];             /* the library's own words */
	char name[HOST_NAME_MAX_LEN], port[16]; /* of the URL */
};

void http_client_answer_fini(struct http_client_answer *answer) {
	strbuf_fini(&answer->body);
	*answer = (struct http_client_answer){.retry_after_s = -1};
}

/* --- one transfer ------------------------------------------------------------------------------------------------------------------- */

static size_t on_bytes(char *data, size_t size, size_t count, void *context) {
	struct ask *ask = context;
	size_t n = size * count;
	if (n > ask->client->options.body_max - ask->answer->body.len) {
		ask->too_large = true;
		return 0; /* ends the transfer */
	}
	strbuf_add(&ask->answer->body, data, n);
	return n;
}

static size_t on_header(char *line, size_t size, size_t count, void *context) {
	struct ask *ask = context;
	ask->head_whole = size * count > 0 && (line[0] == '\r' || line[0] == '\n');
	return size * count;
}

static bool prepare(struct ask *ask) {
	const struct http_client *client = ask->client;
	CURL *easy = client->easy;
	curl_easy_reset(easy);
	bool ok = curl_easy_setopt(easy, CURLOPT_URL, ask->url) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
		  /* Whatever the system's defaults are: what is older is broken (RFC 8996). */
		  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, ask->said) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_bytes) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_WRITEDATA, ask) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_HEADERDATA, ask) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_USERAGENT, "turnout") == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
		  /* Else closing would wait for a thread that still waits for a name server. */
		  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)client->options.connect_ms) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)client->options.total_ms) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)client->options.stall_s) == CURLE_OK;
	if (ok && client->ca_file != NULL) {
		ok = curl_easy_setopt(easy, CURLOPT_CAINFO, client->ca_file) == CURLE_OK &&
		     curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK;
	}
	if (ok && client->options.direct) {
		ok = curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK;
	}
	if (ok && ask->body != NULL) {
		ok = curl_easy_setopt(easy, CURLOPT_POST, 1L) == CURLE_OK &&
		     curl_easy_setopt(easy, CURLOPT_POSTFIELDS, ask->body) == CURLE_OK &&
		     curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ask->n) == CURLE_OK &&
		     curl_easy_setopt(easy, CURLOPT_HTTPHEADER, client->headers) == CURLE_OK;
	}
	return ok;
}

static CURLcode transfer(struct ask *ask) {
	struct http_client *client = ask->client;
	if (curl_multi_add_handle(client->multi, client->easy) != CURLM_OK) {
		return CURLE_OUT_OF_MEMORY;
	}
	CURLcode code = CURLE_ABORTED_BY_CALLBACK;
	/* http_client_abort wakes the poll from another thread, also the next one when it comes just before it (curl_multi_wakeup). */
	for (int running = 1; running > 0 && !atomic_load(&client->aborted);) {
		if (curl_multi_perform(client->multi, &running) != CURLM_OK ||
		    (running > 0 && curl_multi_poll(client->multi, NULL, 0, WAIT_MS, NULL) != CURLM_OK)) {
			code = CURLE_OUT_OF_MEMORY;
			break;
		}
	}
	int left;
	for (CURLMsg *m; (m = curl_multi_info_read(client->multi, &left)) != NULL;) {
		code = m->msg == CURLMSG_DONE ? m->data.result : code;
	}
	return code;
}

static void read_head(struct ask *ask) {
	struct http_client_answer *answer = ask->answer;
	CURL *easy = ask->client->easy;
	long status = 0;
	char *type = NULL;
	struct curl_header *header;
	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &type);
	answer->status = (unsigned)status;
	str_copy(answer->type, sizeof answer->type, str_or_empty(type));
	int64_t seconds;
	if (curl_easy_header(easy, "Retry-After", 0, CURLH_HEADER, -1, &header) == CURLHE_OK && str_to_i64(header->value, &seconds) &&
	    seconds >= 0) {
		answer->retry_after_s = seconds;
	}
}

/* --- what became of it -------------------------------------------------------------------------------------------------------------- */

static bool is_html(const struct http_client_answer *answer) {
	static const char *const types[] = {"text/html", "application/xhtml+xml"};
	for (size_t i = 0; i < COUNT_OF(types); i++) {
		size_t n = strlen(types[i]);
		if (strncasecmp(answer->type, types[i], n) == 0 && strchr("; \t", answer->type[n]) != NULL) {
			return true;
		}
	}
	const char *body = strbuf_str(&answer->body);
	while (str_is_space(*body)) {
		body++;
	}
	return answer->type[0] == '\0' && *body == '<';
}

/* A captive portal redirects, or answers in the other side's place with a page of its own (511: RFC 6585, section 6). */
static bool is_portal(const struct http_client_answer *answer) {
	unsigned s = answer->status;
	return (s >= 300 && s < 400) || s == 511 || (s >= 200 && s < 300 && is_html(answer));
}

/* Whether a connection that failed was one to the proxy: the library names whom it tried. */
static bool tried_proxy(const struct ask *ask) {
	static const char head[] = "Failed to connect to ";
	char whom[HOST_NAME_MAX_LEN + 64];
	size_t n = (size_t)snprintf(whom, sizeof whom, "%s%s port %s ", head, ask->name, ask->port);
	return str_starts(ask->said, head) && strncasecmp(ask->said, whom, n) != 0;
}

static enum http_client_result judge_transfer(const struct ask *ask, CURLcode code) {
	const struct http_client_answer *answer = ask->answer;
	long connect_status = 0;
	curl_easy_getinfo(ask->client->easy, CURLINFO_HTTP_CONNECTCODE, &connect_status);
	if (code == CURLE_ABORTED_BY_CALLBACK) {
		return HTTP_CLIENT_ABORTED;
	}
	if (answer->status == 407 || connect_status >= 300) {
		return HTTP_CLIENT_PROXY;
	}
	/* Before the result is looked at: a login page may be cut off or too large, and it is a login page all the same. */
	if (answer->status != 0 && is_portal(answer)) {
		return HTTP_CLIENT_PORTAL;
	}
	if (ask->too_large) {
		return HTTP_CLIENT_TOO_LARGE;
	}
	switch (code) {
	case CURLE_OK: return ask->head_whole ? HTTP_CLIENT_OK : HTTP_CLIENT_CUT;
	case CURLE_URL_MALFORMAT: return HTTP_CLIENT_WRONG_URL;
	case CURLE_COULDNT_CONNECT: return tried_proxy(ask) ? HTTP_CLIENT_PROXY : HTTP_CLIENT_UNREACHABLE;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_INTERFACE_FAILED: return HTTP_CLIENT_UNREACHABLE;
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_PROXY: return HTTP_CLIENT_PROXY;
	case CURLE_OPERATION_TIMEDOUT: return HTTP_CLIENT_TIMED_OUT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS: return HTTP_CLIENT_TLS;
	default: return HTTP_CLIENT_CUT;
	}
}

static bool tell_tls(struct ask *ask, struct err *err) {
	long verdict = 0;
	curl_easy_getinfo(ask->client->easy, CURLINFO_SSL_VERIFYRESULT, &verdict);
	bool unset = !clock_is_set(clock_utc());
	ask->answer->clock_suspect = unset || verdict == CERTIFICATE_NOT_YET_VALID || verdict == CERTIFICATE_HAS_EXPIRED;
	const char *what = verdict == CERTIFICATE_NOT_YET_VALID ? "is not yet valid"
			   : verdict == CERTIFICATE_HAS_EXPIRED ? "has expired"
								: NULL;
	if (what != NULL || unset) {
		return err_set(err, ERR_REFUSED,
			       "the certificate of %s %s; the clock of this box may be wrong, set it and try again: nothing was sent",
			       ask->host, what != NULL ? what : "cannot be checked");
	}
	return err_set(
		err, ERR_REFUSED,
		"%s cannot prove who it is (%s); nothing was sent. Is the address right, and does the network ask for a login first?",
		ask->host, ask->said);
}

static bool tell_failure(struct ask *ask, struct err *err) {
	const struct http_client_answer *answer = ask->answer;
	switch (answer->result) {
	case HTTP_CLIENT_OK: return true;
	case HTTP_CLIENT_WRONG_URL:
		return err_set(err, ERR_USAGE, "\"%s\" is no address; it should look like https://hub.example.org or http://192.0.2.1:8080",
			       ask->url);
	case HTTP_CLIENT_UNREACHABLE:
		return err_set(err, ERR_SYSTEM, "%s cannot be reached (%s); look at the cable or the wireless network, and at the address",
			       ask->host, ask->said);
	case HTTP_CLIENT_TIMED_OUT:
		return err_set(err, ERR_SYSTEM, "%s did not answer in time; the network is slow, or the other side is busy", ask->host);
	case HTTP_CLIENT_CUT:
		if (ask->plain && answer->status == 0) { /* what listens for TLS hangs up on whoever does not speak it */
			return err_set(
				err, ERR_SYSTEM,
				"the connection to %s broke off before an answer came (%s); if it speaks https, write https:// in its "
				"address, else it will work again when the network does",
				ask->host, ask->said);
		}
		return err_set(err, ERR_SYSTEM, "the connection to %s broke off (%s); it will work again when the network does", ask->host,
			       ask->said);
	case HTTP_CLIENT_TLS: return tell_tls(ask, err);
	case HTTP_CLIENT_PORTAL:
		return err_set(
			err, ERR_REFUSED,
			"a web page answered instead of %s (status %u); this network may ask for a login first, or the address is wrong",
			ask->host, answer->status);
	case HTTP_CLIENT_PROXY:
		return err_set(err, ERR_REFUSED,
			       "the way to %s leads through a proxy that does not let it pass (%s); ask who set up this network", ask->host,
			       answer->status == 407 ? "it wants a password" : ask->said);
	case HTTP_CLIENT_TOO_LARGE:
		return err_set(err, ERR_INPUT, "the answer of %s is longer than %zu bytes; is the address right?", ask->host,
			       ask->client->options.body_max);
	case HTTP_CLIENT_ABORTED: break;
	}
	return err_set(err, ERR_SYSTEM, "%s was not waited for any longer, as this program ends", ask->host);
}

/* --- the questions ------------------------------------------------------------------------------------------------------------------ */

static void copy_part(CURLU *url, CURLUPart part, char *out, size_t cap) {
	char *text = NULL;
	out[0] = '\0';
	if (curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) == CURLUE_OK) {
		str_copy(out, cap, text);
	}
	curl_free(text);
}

/* The library is lenient: of "http:/v1" it makes a host v1. */
static bool names_a_host(const char *url) {
	const char *scheme = strstr(url, "://");
	return scheme != NULL && strchr("/?#:@", scheme[3]) == NULL; /* which finds the end of the text too */
}

/* Checks the URL and takes out of it what messages say. */
static bool read_url(struct ask *ask) {
	char scheme[16], zone[32];
	CURLU *url = curl_url();
	bool ok = url != NULL && names_a_host(ask->url) && curl_url_set(url, CURLUPART_URL, ask->url, 0) == CURLUE_OK;
	if (ok) {
		copy_part(url, CURLUPART_SCHEME, scheme, sizeof scheme);
		copy_part(url, CURLUPART_HOST, ask->name, sizeof ask->name);
		copy_part(url, CURLUPART_PORT, ask->port, sizeof ask->port);
		copy_part(url, CURLUPART_ZONEID, zone, sizeof zone);
		ask->plain = str_eq(scheme, "http");
		ok = ask->plain || str_eq(scheme, "https");
		size_t n = strlen(ask->name);
		if (n > 2 && ask->name[0] == '[') { /* the library's messages have it without them */
			memmove(ask->name, ask->name + 1, n - 2);
			ask->name[n - 2] = '\0';
		}
		bool six = strchr(ask->name, ':') != NULL;
		snprintf(ask->host, sizeof ask->host, "%s%s%s%s%s:%s", six ? "[" : "", ask->name, zone[0] != '\0' ? "%" : "", zone,
			 six ? "]" : "", ask->port);
	}
	curl_url_cleanup(url);
	return ok;
}

static bool perform(struct ask *ask, struct err *err) {
	struct http_client *client = ask->client;
	http_client_answer_fini(ask->answer);
	if (!read_url(ask) || !prepare(ask)) {
		ask->answer->result = HTTP_CLIENT_WRONG_URL;
		return tell_failure(ask, err);
	}
	CURLcode code = transfer(ask);
	read_head(ask);
	ask->answer->result = judge_transfer(ask, code);
	if (ask->said[0] == '\0') {
		str_copy(ask->said, sizeof ask->said, code != CURLE_OK ? curl_easy_strerror(code) : "before the answer was whole");
	}
	bool ok = tell_failure(ask, err);
	curl_multi_remove_handle(client->multi, client->easy);
	curl_easy_reset(client->easy); /* it holds pointers into `ask` */
	return ok;
}

bool http_client_get(struct http_client *client, const char *url, struct http_client_answer *answer, struct err *err) {
	struct ask ask = {.client = client, .answer = answer, .url = url};
	return perform(&ask, err);
}

bool http_client_post(struct http_client *client, const char *url, const void *body, size_t n, struct http_client_answer *answer,
		      struct err *err) {
	struct ask ask = {.client = client, .answer = answer, .url = url, .body = body != NULL ? body : "", .n = n};
	return perform(&ask, err);
}

void http_client_abort(struct http_client *client) {
	atomic_store(&client->aborted, true);
	curl_multi_wakeup(client->multi);
}

bool http_client_open(const struct http_client_options *options, struct http_client **out, struct err *err) {
	if (options->ca_file != NULL && access(options->ca_file, R_OK) != 0) {
		err_errno(err, "the file of trusted certificates, %s, cannot be read", options->ca_file);
		err->kind = errno == ENOENT ? ERR_NOT_FOUND : err->kind;
		return false;
	}
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) { /* counts its calls; safe from any thread since 7.84 */
		return err_set(err, ERR_SYSTEM, "libcurl cannot be started");
	}
	struct http_client *client = xcalloc(1, sizeof *client);
	client->options = *options;
	struct http_client_options *o = &client->options;
	o->connect_ms = o->connect_ms > 0 ? o->connect_ms : 5000;
	o->total_ms = o->total_ms > 0 ? o->total_ms : 60000;
	o->stall_s = o->stall_s > 0 ? o->stall_s : 20;
	o->body_max = o->body_max > 0 ? o->body_max : HTTP_CLIENT_BODY_MAX;
	client->ca_file = options->ca_file != NULL ? xstrdup(options->ca_file) : NULL;
	o->ca_file = client->ca_file;
	atomic_init(&client->aborted, false);
	client->headers = curl_slist_append(NULL, "Content-Type: application/octet-stream");
	client->multi = curl_multi_init();
	client->easy = curl_easy_init();
	if (client->headers == NULL || client->multi == NULL || client->easy == NULL) {
		http_client_close(client);
		return err_set(err, ERR_SYSTEM, "there is no memory for a connection");
	}
	*out = client;
	return true;
}

void http_client_close(struct http_client *client) {
	if (client != NULL) {
		curl_easy_cleanup(client->easy);
		curl_multi_cleanup(client->multi);
		curl_slist_free_all(client->headers);
		free(client->ca_file);
		free(client);
		curl_global_cleanup();
	}
}
