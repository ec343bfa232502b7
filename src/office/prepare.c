#include "office/prepare.h"

#include <stddef.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/str.h"
#include "store/create.h"

/* Digits, each as likely as any other. */
static bool draw_pin(char pin[PREPARE_PIN_LEN + 1], struct err *err) {
	if (!crypto_init(err)) {
		return false;
	}
	for (size_t i = 0; i < PREPARE_PIN_LEN;) {
		uint8_t byte;
		crypto_random(&byte, sizeof byte);
		/* The greatest multiple of 10 that a byte reaches: with the rest, 0 to 5 would come more often. */
		if (byte < 250) {
			pin[i++] = (char)('0' + byte % 10);
		}
	}
	pin[PREPARE_PIN_LEN] = '\0';
	return true;
}

bool prepare_event(const char *path, const struct prepare_wish *wish, char pin[PREPARE_PIN_LEN + 1], struct err *err) {
	struct store_settings settings = {.title = str_or_empty(wish->title),
					  .timezone = wish->timezone ? wish->timezone : PREPARE_TIMEZONE,
					  .languages = wish->languages ? wish->languages : PREPARE_LANGUAGES,
					  .dates = str_or_empty(wish->dates),
					  .place = str_or_empty(wish->place),
					  .staff_pin = pin};
	return draw_pin(pin, err) && store_create(path, &settings, err);
}
