/* The kiosk's command line. */
#ifndef TURNOUT_KIOSK_OPTIONS_H
#define TURNOUT_KIOSK_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OPTIONS_PEERS_MAX 16

enum options_look {
	OPTIONS_LOOK_KEPT, /* not said: as the device remembers (station/device.h) */
	OPTIONS_LOOK_NORMAL,
	OPTIONS_LOOK_OTHER /* large; high */
};

struct kiosk_options { /* texts are argv's */
	const char *event;
	int width, height; /* 0: the whole screen */
	const char *camera, *point, *language, *now, *script, *screenshots, *hub, *stick;
	const char *peers[OPTIONS_PEERS_MAX];
	size_t peer_count;
	bool no_lan;
	uint16_t lan_port; /* 0: any free one */
	enum options_look text, contrast;
	double panel_inches; /* 0: as the display says */
	bool timings;
	bool self_test;
	bool no_decode; /* the camera is shown and not read, to measure what that costs */
};

enum options_answer { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_WRONG };

/* Complaints go to stderr, help to stdout. */
enum options_answer kiosk_options_read(int argc, char **argv, struct kiosk_options *out);

#endif
