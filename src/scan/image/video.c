#include "scan/image/video.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "scan/image/image.h"

#define DEFAULT_PERIOD_US (1000000 / 15)

/* A head line as text without its line end. */
static enum video_answer head_line(const uint8_t *data, size_t n, char line[VIDEO_HEAD_MAX], size_t *used) {
	size_t look = n < VIDEO_HEAD_MAX ? n : VIDEO_HEAD_MAX;
	const uint8_t *end = memchr(data, '\n', look);
	if (end == NULL) {
		return n < VIDEO_HEAD_MAX ? VIDEO_MORE : VIDEO_BROKEN;
	}
	size_t len = (size_t)(end - data);
	if (memchr(data, '\0', len) != NULL) {
		return VIDEO_BROKEN;
	}
	memcpy(line, data, len);
	line[len] = '\0';
	*used = len + 1;
	return VIDEO_OK;
}

static int64_t period_of(char *ratio) {
	char *part[2];
	int64_t frames = 0, seconds = 0;
	if (str_split(ratio, ':', part, 2) != 2 || !str_to_i64(part[0], &frames) || !str_to_i64(part[1], &seconds) || frames <= 0 ||
	    seconds <= 0 || frames > 1000000000 || seconds > 1000000000 || frames < seconds || frames > 120 * seconds) {
		return DEFAULT_PERIOD_US;
	}
	return 1000000 * seconds / frames;
}

/* Bytes of one frame's samples in that colour space; 0 for one that is not known. */
static size_t frame_bytes(const char *space, size_t w, size_t h) {
	static const struct {
		const char *name;
		unsigned across, down; /* subsampling of the two colour planes; 0: no colour */
		unsigned more;         /* planes of alpha */
	} spaces[] = {{"420", 2, 2, 0}, {"420jpeg", 2, 2, 0}, {"420mpeg2", 2, 2, 0}, {"420paldv", 2, 2, 0}, {"422", 2, 1, 0},
		      {"411", 4, 1, 0}, {"444", 1, 1, 0},     {"444alpha", 1, 1, 1}, {"mono", 0, 0, 0}};
	for (size_t i = 0; i < COUNT_OF(spaces); i++) {
		if (str_eq(spaces[i].name, space)) {
			size_t across = spaces[i].across, down = spaces[i].down;
			size_t colour = across == 0 ? 0 : (w + across - 1) / across * ((h + down - 1) / down);
			return w * h * (1 + spaces[i].more) + 2 * colour;
		}
	}
	return 0;
}

enum video_answer y4m_head(const uint8_t *data, size_t n, struct y4m *out, size_t *used, struct err *why) {
	char line[VIDEO_HEAD_MAX];
	enum video_answer answer = head_line(data, n, line, used);
	if (answer == VIDEO_MORE) {
		return answer;
	}
	if (answer == VIDEO_BROKEN || !str_starts(line, "YUV4MPEG2 ")) {
		err_set(why, ERR_INPUT, "not a YUV4MPEG2 film");
		return VIDEO_BROKEN;
	}
	int64_t width = 0, height = 0;
	const char *space = "420";
	*out = (struct y4m){.period_us = DEFAULT_PERIOD_US};
	char *parts[32];
	size_t count = str_split(line, ' ', parts, COUNT_OF(parts));
	for (size_t i = 1; i < count; i++) {
		char *value = parts[i] + 1;
		switch (parts[i][0]) {
		case 'W': width = str_to_i64(value, &width) ? width : 0; break;
		case 'H': height = str_to_i64(value, &height) ? height : 0; break;
		case 'F': out->period_us = period_of(value); break;
		case 'C': space = value; break;
		default: break;
		}
	}
	if (width <= 0 || height <= 0 || width > IMAGE_SIDE_MAX || height > IMAGE_SIDE_MAX || (size_t)(width * height) > IMAGE_PIXELS_MAX) {
		err_set(why, ERR_INPUT, "the film's size of %lld x %lld cannot be used", (long long)width, (long long)height);
		return VIDEO_BROKEN;
	}
	out->width = (int)width;
	out->height = (int)height;
	out->frame_bytes = frame_bytes(space, (size_t)width, (size_t)height);
	if (out->frame_bytes == 0) {
		err_set(why, ERR_INPUT, "the film's colour space %s is not known here (8 bits of 420, 422, 411, 444 or mono are)", space);
		return VIDEO_BROKEN;
	}
	return VIDEO_OK;
}

enum video_answer y4m_frame_head(const uint8_t *data, size_t n, size_t *used, struct err *why) {
	char line[VIDEO_HEAD_MAX];
	enum video_answer answer = head_line(data, n, line, used);
	if (answer == VIDEO_BROKEN || (answer == VIDEO_OK && !str_eq(line, "FRAME") && !str_starts(line, "FRAME "))) {
		err_set(why, ERR_INPUT, "the film is broken: no frame where one should begin");
		return VIDEO_BROKEN;
	}
	return answer;
}

enum video_answer video_jpeg_length(const uint8_t *data, size_t n, size_t *len) {
	size_t at = 2;
	bool in_scan = false; /* between the markers lie coded samples */
	if (n >= 2 && (data[0] != 0xFF || data[1] != 0xD8)) {
		return VIDEO_BROKEN;
	}
	while (at + 1 < n) {
		if (data[at] != 0xFF) {
			const uint8_t *next = in_scan ? memchr(data + at, 0xFF, n - at) : NULL;
			if (!in_scan) {
				return VIDEO_BROKEN;
			}
			at = next ? (size_t)(next - data) : n;
			continue;
		}
		uint8_t marker = data[at + 1];
		if (marker == 0xFF) { /* fill byte */
			at++;
		} else if (marker == 0xD9) {
			*len = at + 2;
			return VIDEO_OK;
		} else if (marker == 0x00 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
			at += 2; /* a stuffed byte, TEM or a restart: no length behind it */
		} else if (marker == 0xD8) {
			return VIDEO_BROKEN; /* the next picture begins before this one ended */
		} else if (at + 3 < n) {
			size_t segment = (size_t)data[at + 2] << 8 | data[at + 3];
			if (segment < 2) {
				return VIDEO_BROKEN;
			}
			in_scan = marker == 0xDA;
			at += 2 + segment;
		} else {
			break;
		}
	}
	return n > VIDEO_JPEG_MAX ? VIDEO_BROKEN : VIDEO_MORE;
}
