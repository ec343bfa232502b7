/* The kiosk's command line. */
#ifndef TURNOUT_KIOSK_OPTIONS_H
#define TURNOUT_KIOSK_OPTIONS_H

#include <stdbool.h>

struct kiosk_options { /* texts are argv's */
	const char *event;
	int width, height; /* 0: the whole screen */
	const char *camera, *point, *language, *now, *script, *screenshots, *hub;
	double panel_inches; /* 0: as the display says */
	bool timings;
};

enum options_answer { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_WRONG };

/* Complaints go to stderr, help to stdout. */
enum options_answer kiosk_options_read(int argc, char **argv, struct kiosk_options *out);

#endif
