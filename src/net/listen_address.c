#include "net/listen_address.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

static bool wrong(const char *text, struct err *err) {
	return err_set(err, ERR_USAGE, "\"%s\" is no ADDRESS:PORT; write it like 127.0.0.1:8080 or [::]:8080", text);
}

bool listen_address_parse(const char *text, struct listen_address *out, struct err *err) {
	const char *colon = strrchr(text, ':');
	int64_t port;
	size_t n = colon == NULL ? 0 : (size_t)(colon - text);
	*out = (struct listen_address){.address = ""};
	if (colon == NULL || !str_to_i64(colon + 1, &port) || port < 0 || port > 65535 || !str_is_digit(colon[1])) {
		return wrong(text, err);
	}
	out->port = (uint16_t)port;
	if (n == 0) {
		return str_copy(out->address, sizeof out->address, "::");
	}
	bool brackets = text[0] == '[' && text[n - 1] == ']' && n > 2;
	const char *from = brackets ? text + 1 : text;
	size_t len = brackets ? n - 2 : n;
	if (len >= sizeof out->address || (memchr(from, ':', len) != NULL) != brackets || memchr(from, '[', len) != NULL ||
	    memchr(from, ']', len) != NULL) {
		return wrong(text, err);
	}
	memcpy(out->address, from, len);
	return true;
}

void listen_address_url(const struct listen_address *address, const char *scheme, char url[LISTEN_URL_MAX]) {
	bool v6 = strchr(address->address, ':') != NULL;
	snprintf(url, LISTEN_URL_MAX, "%s://%s%s%s:%u", scheme, v6 ? "[" : "", address->address, v6 ? "]" : "", (unsigned)address->port);
}
