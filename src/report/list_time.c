#include "report/list_time.h"

#include <stdio.h>

#define MINUTE_LEN 16 /* "2026-05-14T10:30" */

void list_time(struct listing *l, enum listing_form form, char text[TZ_TEXT_MAX]) {
	if (form == LISTING_TABLE) {
		text[MINUTE_LEN] = '\0';
		text[10] = ' ';
	}
	listing_text(l, text);
}

void list_corrected(struct listing *l, enum listing_form form, const struct list_when *when) {
	char exact[TZ_TEXT_MAX];
	char text[TZ_TEXT_MAX + 4];
	tz_format(when->tz, when->utc, exact);
	if (form == LISTING_TABLE && when->approximate) {
		snprintf(text, sizeof text, "≈%.10s %.5s", exact, exact + 11);
		listing_text(l, text);
	} else {
		list_time(l, form, exact);
	}
}
