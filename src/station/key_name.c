#include "station/key_name.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

static const struct {
	const char *name;
	uint16_t usage;
} NAMED[] = {
	{"Space", 0x2c}, {"Enter", 0x28}, {"Tab", 0x2b}, {"Escape", 0x29}, {"Right", 0x4f},    {"Left", 0x50},
	{"Down", 0x51},  {"Up", 0x52},    {"0", 0x27},   {"Mute", 0x7f},   {"VolumeUp", 0x80}, {"VolumeDown", 0x81},
};

static uint16_t function_key(const char *digits) {
	int64_t n;
	if (!str_to_i64(digits, &n) || n < 1 || n > 24) {
		return 0;
	}
	return (uint16_t)(n <= 12 ? 0x3a + n - 1 : 0x68 + n - 13);
}

uint16_t key_by_name(const char *name) {
	for (size_t i = 0; i < COUNT_OF(NAMED); i++) {
		if (str_eq_nocase(NAMED[i].name, name)) {
			return NAMED[i].usage;
		}
	}
	char c = name[0];
	bool one = c != '\0' && name[1] == '\0';
	if (one && c >= '1' && c <= '9') {
		return (uint16_t)(0x1e + c - '1');
	}
	if (one && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
		return (uint16_t)(0x04 + (c | 0x20) - 'a');
	}
	return (c == 'F' || c == 'f') ? function_key(name + 1) : 0;
}
