#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

#define FOUR_BITS 96 /* of a mapped IPv4 address, before its own 32 */
#define GROUP_BYTES 8

static const uint8_t FOUR_HEAD[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

static bool is_four(const uint8_t bytes[16]) { return memcmp(bytes, FOUR_HEAD, sizeof FOUR_HEAD) == 0; }

/* Without a zone: that names an interface, which ranges do not know. */
static bool read_bytes(const char *text, uint8_t bytes[16]) {
	memcpy(bytes, FOUR_HEAD, sizeof FOUR_HEAD);
	return inet_pton(AF_INET, text, bytes + sizeof FOUR_HEAD) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

static void write_bytes(const uint8_t bytes[16], char out[ADDRESS_TEXT_MAX]) {
	if (is_four(bytes)) {
		inet_ntop(AF_INET, bytes + sizeof FOUR_HEAD, out, ADDRESS_TEXT_MAX);
	} else {
		inet_ntop(AF_INET6, bytes, out, ADDRESS_TEXT_MAX);
	}
}

bool address_normal(const char *text, char out[ADDRESS_TEXT_MAX]) {
	uint8_t bytes[16];
	bool ok = read_bytes(text, bytes);
	if (ok) {
		write_bytes(bytes, out);
	}
	return ok;
}

void address_group(const char *address, char group[ADDRESS_TEXT_MAX]) {
	uint8_t bytes[16];
	bool local = false;
	bool known = read_bytes(address, bytes);
	if (known) {
		local = bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80;
	}
	if (!known || local || is_four(bytes)) {
		str_copy(group, ADDRESS_TEXT_MAX, address);
		return;
	}
	memset(bytes + GROUP_BYTES, 0, sizeof bytes - GROUP_BYTES);
	inet_ntop(AF_INET6, bytes, group, ADDRESS_TEXT_MAX);
	size_t n = strlen(group);
	snprintf(group + n, ADDRESS_TEXT_MAX - n, "/%d", 8 * GROUP_BYTES);
}

bool address_range_parse(const char *text, struct address_range *out, struct err *err) {
	char address[ADDRESS_TEXT_MAX];
	const char *slash = strchr(text, '/');
	size_t n = slash != NULL ? (size_t)(slash - text) : strlen(text);
	int64_t bits = 0;
	snprintf(address, sizeof address, "%.*s", n < sizeof address ? (int)n : 0, text);
	if (!read_bytes(address, out->bytes)) {
		return err_set(err, ERR_USAGE, "\"%s\" is no ADDRESS or ADDRESS/BITS; write it like 192.0.2.1 or 10.0.0.0/8", text);
	}
	bool four = is_four(out->bytes);
	int64_t most = four ? 32 : 128;
	if (slash != NULL && (!str_is_digit(slash[1]) || !str_to_i64(slash + 1, &bits) || bits < 1 || bits > most)) {
		return err_set(err, ERR_USAGE, "\"%s\": what stands behind the / is a number of bits from 1 to %d", text, (int)most);
	}
	out->bits = (unsigned)(slash != NULL ? bits : most) + (four ? FOUR_BITS : 0);
	return true;
}

static bool holds(const struct address_range *range, const uint8_t bytes[16]) {
	size_t whole = range->bits / 8;
	unsigned rest = range->bits % 8;
	return memcmp(range->bytes, bytes, whole) == 0 && (rest == 0 || (range->bytes[whole] ^ bytes[whole]) >> (8 - rest) == 0);
}

bool address_ranges_hold(const struct address_ranges *ranges, const char *address) {
	uint8_t bytes[16];
	bool held = false;
	bool known = read_bytes(address, bytes);
	for (size_t i = 0; known && !held && i < ranges->count; i++) {
		held = holds(&ranges->items[i], bytes);
	}
	return held;
}
