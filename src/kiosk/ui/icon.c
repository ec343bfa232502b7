#include "kiosk/ui/icon.h"

#include "base/alloc.h"
#include "base/str.h"

static const char *const NAMES[ICON_COUNT] = {"",     "back",  "find",   "walkin", "help", "keys",   "done",   "erase",
					      "sync", "stick", "camera", "clock",  "off",  "access", "printer"};

static const struct {
	const char *name, *svg;
} FILES[] = {
#include "icons.inc"
};

const char *icon_name(enum icon icon) { return NAMES[icon]; }

const char *icon_svg(const char *name) {
	for (size_t i = 0; i < COUNT_OF(FILES); i++) {
		if (str_eq(FILES[i].name, name)) {
			return FILES[i].svg;
		}
	}
	return NULL;
}
