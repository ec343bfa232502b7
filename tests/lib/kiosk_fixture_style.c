#include "lib/kiosk_fixture_style.h"

struct style kiosk_fixture_large(void) {
	struct style large;
	style_make(&(struct style_wish){.large = true, .high_contrast = true}, &large);
	return large;
}
