#include "kiosk/options.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/option.h"
#include "base/str.h"

static const char help[] =
	"turnout-kiosk EVENT [options]: the station at the door\n"
	"\n"
	"  --windowed WxH       a window of that size instead of the whole screen\n"
	"  --camera SOURCE      auto (default: the one that `turnout device` remembers, else the best), name:NAME,\n"
	"                       /dev/videoN, none, file:PATH (picture, folder, .y4m, .mjpeg)\n"
	"  --point POINT        arrival (default), or a session: its id or its title\n"
	"  --lang L             the station's language; default: what `turnout device` remembers, else the event's first\n"
	"  --now TIME           turn the clock, like 2026-05-14T10:30 (local time at the place)\n"
	"  --panel INCHES       the screen's diagonal, where the display does not say it rightly\n"
	"  --text SIZE          large (words and buttons) or normal; default: what `turnout device` remembers\n"
	"  --contrast KIND      high (black on white, whatever the event's colours) or normal; default likewise\n"
	"  --hub URL            send to this hub, whatever the event says\n"
	"  --no-lan             neither answer other boxes on the network nor look for them\n"
	"  --lan-port PORT      answer other boxes there; default: any free port\n"
	"  --peer URL           another box, where none can be found by itself; up to 16 times\n"
	"  --stick DIR          a folder that counts as a USB stick on the staff's screen\n"
	"  --script FILE        play timed input (src/README.md says how it is written)\n"
	"  --screenshots DIR    where the script's screenshots go; default: the present folder\n"
	"  --self-test          look at event file, disk, clock, fonts, reader, camera and sound, say in a line each what\n"
	"                       was found, and end; status 1 when there is a fault (--camera and --point count, too)\n"
	"  --timings            say on stderr how long pictures, searches and results took, and how many\n"
	"                       of the camera's pictures were shown; at the end which screens were\n"
	"  --no-decode          show the camera's picture and read no codes, to measure what that costs\n"
	"  --help\n"
	"\n"
	"In a window Ctrl+Q ends the program. Exit status: 0 done, 1 refused or failed, 2 wrong usage.\n";

static bool read_size(const char *text, struct kiosk_options *out) {
	char work[32];
	char *parts[2];
	int64_t w, h;
	if (!str_copy(work, sizeof work, text) || str_split(work, 'x', parts, 2) != 2 || !str_to_i64(parts[0], &w) ||
	    !str_to_i64(parts[1], &h) || w < 320 || h < 320 || w > 8192 || h > 8192) {
		return false;
	}
	out->width = (int)w;
	out->height = (int)h;
	return true;
}

static bool wrong(const char *what, const char *value) {
	log_line("turnout-kiosk: %s%s; see turnout-kiosk --help", what, value);
	return false;
}

static bool is_url(const char *text) { return str_starts(text, "http://") || str_starts(text, "https://"); }

static bool read_port(const char *text, struct kiosk_options *out) {
	int64_t port;
	if (!str_to_i64(text, &port) || port < 1 || port > UINT16_MAX) {
		return false;
	}
	out->lan_port = (uint16_t)port;
	return true;
}

/* An option that has one word to say, or the one that is so anyway. */
static bool read_look(const char *value, const char *word, enum options_look *out) {
	*out = str_eq(value, word) ? OPTIONS_LOOK_OTHER : OPTIONS_LOOK_NORMAL;
	return *out == OPTIONS_LOOK_OTHER || str_eq(value, "normal");
}

static bool add_peer(const char *url, struct kiosk_options *out) {
	if (!is_url(url) || out->peer_count == OPTIONS_PEERS_MAX) {
		return false;
	}
	out->peers[out->peer_count++] = url;
	return true;
}

static bool take_option(int option, const char *value, struct kiosk_options *out) {
	switch (option) {
	case 'w': return read_size(value, out) || wrong("--windowed takes WIDTHxHEIGHT from 320x320 to 8192x8192, not ", value);
	case 'c': out->camera = value; return true;
	case 'p': out->point = value; return true;
	case 'l': out->language = value; return true;
	case 'n': out->now = value; return true;
	case 'x': return read_look(value, "large", &out->text) || wrong("--text is large or normal, not ", value);
	case 'y': return read_look(value, "high", &out->contrast) || wrong("--contrast is high or normal, not ", value);
	case 's': out->script = value; return true;
	case 'd': out->screenshots = value; return true;
	case 'u': out->hub = value; return is_url(value) || wrong("--hub takes an address like https://hub.example.org, not ", value);
	case 'o': out->no_lan = true; return true;
	case 'q': return read_port(value, out) || wrong("--lan-port takes a port from 1 to 65535, not ", value);
	case 'e':
		return add_peer(value, out) || wrong("--peer takes an address like http://192.0.2.7:8080, at most 16 of them, not ", value);
	case 'k': out->stick = value; return true;
	case 'f': out->self_test = true; return true;
	case 't': out->timings = true; return true;
	case 'b': out->no_decode = true; return true;
	case 'i':
		return (str_to_double(value, &out->panel_inches) && out->panel_inches >= 3 && out->panel_inches <= 120) ||
		       wrong("--panel takes inches from 3 to 120, not ", value);
	default: return false;
	}
}

enum options_answer kiosk_options_read(int argc, char **argv, struct kiosk_options *out) {
	static const struct option options[] = {
		{"windowed", required_argument, NULL, 'w'}, {"camera", required_argument, NULL, 'c'},
		{"point", required_argument, NULL, 'p'},    {"lang", required_argument, NULL, 'l'},
		{"now", required_argument, NULL, 'n'},      {"script", required_argument, NULL, 's'},
		{"panel", required_argument, NULL, 'i'},    {"text", required_argument, NULL, 'x'},
		{"contrast", required_argument, NULL, 'y'}, {"hub", required_argument, NULL, 'u'},
		{"no-lan", no_argument, NULL, 'o'},         {"lan-port", required_argument, NULL, 'q'},
		{"peer", required_argument, NULL, 'e'},     {"stick", required_argument, NULL, 'k'},
		{"self-test", no_argument, NULL, 'f'},      {"timings", no_argument, NULL, 't'},
		{"no-decode", no_argument, NULL, 'b'},      {"screenshots", required_argument, NULL, 'd'},
		{"help", no_argument, NULL, 'h'},           {NULL, 0, NULL, 0},
	};
	*out = (struct kiosk_options){.camera = "auto", .point = "arrival", .screenshots = "."};
	opterr = 0;
	int option;
	struct err err = {0};
	while ((option = getopt_long(argc, argv, ":h", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return OPTIONS_HELP;
		}
		if (option == '?' || option == ':') {
			option_refused(option, argv, options, &err);
			wrong(err.text, "");
			return OPTIONS_WRONG;
		}
		if (!take_option(option, optarg, out)) {
			return OPTIONS_WRONG;
		}
	}
	if (optind + 1 != argc) {
		wrong(optind == argc ? "which event file?" : "one event file at a time, not also ", optind == argc ? "" : argv[optind + 1]);
		return OPTIONS_WRONG;
	}
	out->event = argv[optind];
	return OPTIONS_RUN;
}
