#include "net/forwarded.h"

#include <string.h>

#include "base/str.h"

#define NODE_MAX 128 /* longer is nobody's address */

/* "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711". */
static bool read_node(char *node, char out[ADDRESS_TEXT_MAX]) {
	char *end = NULL;
	if (node[0] == '[') {
		end = strchr(node, ']');
		if (end == NULL || (end[1] != '\0' && end[1] != ':')) {
			return false;
		}
		node++;
	} else if (strchr(node, ':') == strrchr(node, ':')) {
		end = strchr(node, ':'); /* one colon only: a port is behind it */
	}
	if (end != NULL) {
		*end = '\0';
	}
	return address_normal(node, out);
}

/* Copies n bytes without the white space around them, and without quotes (RFC 9110, 5.6.4). False when it is too long. */
static bool take_value(const char *from, size_t n, char out[NODE_MAX]) {
	char copy[NODE_MAX];
	size_t len = 0;
	if (n >= sizeof copy) {
		return false;
	}
	memcpy(copy, from, n);
	copy[n] = '\0';
	const char *text = str_trim(copy);
	bool quoted = text[0] == '"';
	for (text += quoted; *text != '\0' && !(quoted && *text == '"'); text++) {
		text += quoted && text[0] == '\\' && text[1] != '\0';
		out[len++] = *text;
	}
	out[len] = '\0';
	return true;
}

/* The length of what comes before `stop`, unless that stands in quotes. */
static size_t span(const char *text, size_t n, char stop) {
	bool quoted = false;
	size_t i = 0;
	for (; i < n && (quoted || text[i] != stop); i++) {
		if (quoted && text[i] == '\\' && i + 1 < n) {
			i++;
		} else if (text[i] == '"') {
			quoted = !quoted;
		}
	}
	return i;
}

static bool read_plain(const char *element, size_t n, char out[ADDRESS_TEXT_MAX]) {
	char node[NODE_MAX];
	return take_value(element, n, node) && read_node(node, out);
}

/* RFC 7239, 4: `for=192.0.2.60;proto=http;by=203.0.113.43`, names in any case. */
static bool read_pairs(const char *element, size_t n, char out[ADDRESS_TEXT_MAX]) {
	for (size_t at = 0; at < n;) {
		size_t len = span(element + at, n - at, ';');
		const char *pair = element + at;
		size_t blanks = 0;
		while (blanks < len && str_is_space(pair[blanks])) {
			blanks++;
		}
		char name[5] = "";
		if (len - blanks > 4) {
			memcpy(name, pair + blanks, 4);
		}
		if (str_eq_nocase(name, "for=")) {
			return read_plain(pair + blanks + 4, len - blanks - 4, out);
		}
		at += len + 1;
	}
	return false;
}

typedef bool read_fn(const char *element, size_t n, char out[ADDRESS_TEXT_MAX]);

/* Ends at the first from the right who is no named proxy, or before what names nobody. Quotes are looked for from the right too, so that one that a
 * client leaves open swallows nothing of what the proxy wrote behind it. */
static void walk(const struct address_ranges *proxies, const char *header, read_fn *read, char client[ADDRESS_TEXT_MAX]) {
	size_t end = strlen(header);
	while (address_ranges_hold(proxies, client)) {
		char address[ADDRESS_TEXT_MAX];
		bool quoted = false;
		size_t begin = end;
		while (begin > 0 && (quoted || header[begin - 1] != ',')) {
			quoted ^= header[begin - 1] == '"';
			begin--;
		}
		if (!read(header + begin, end - begin, address)) {
			return;
		}
		str_copy(client, ADDRESS_TEXT_MAX, address);
		if (begin == 0) {
			return;
		}
		end = begin - 1;
	}
}

void forwarded_client(const struct address_ranges *proxies, const char *peer, const struct forwarded *headers,
		      char client[ADDRESS_TEXT_MAX]) {
	char other[ADDRESS_TEXT_MAX];
	bool plain = !str_empty(headers->x_forwarded_for);
	bool pairs = !str_empty(headers->forwarded);
	str_copy(client, ADDRESS_TEXT_MAX, peer);
	str_copy(other, sizeof other, peer);
	if (plain) {
		walk(proxies, headers->x_forwarded_for, read_plain, client);
	}
	if (pairs) {
		walk(proxies, headers->forwarded, read_pairs, plain ? other : client);
	}
	if (plain && pairs && !str_eq(client, other)) {
		str_copy(client, ADDRESS_TEXT_MAX, peer);
	}
}
