#include "scan/camera/source_file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "scan/image/video.h"

#define PERIOD_US (1000000 / 15)
#define SHOWN_FRAMES 22 /* 1.5 s */
#define BLANK_FRAMES 15 /* 1 s */
#define BLANK_LUMA 128
#define FOLDER_MAX 10000
#define READ_SIZE 262144

enum kind { STILLS, FILM_UNKNOWN, FILM_Y4M, FILM_MJPEG };

struct file_source {
	struct source base;
	enum kind kind;
	char *path;
	struct image picture; /* the one that is shown */
	bool pending;         /* `picture` waits for its time */
	int64_t due_us, period_us;

	/* stills */
	char **names;
	size_t count, at;
	int step; /* frames shown of the present picture and its blank */
	struct image blank;

	/* films */
	int fd;
	bool rewinds;
	struct strbuf bytes; /* read, not yet used */
	struct y4m y4m;
	bool headed;   /* the y4m head is read */
	size_t frames; /* since the beginning or the last rewind */
};

/* --- stills --------------------------------------------------------------------------------------------------------------------- */

static bool looks_like_picture(const char *name) {
	static const char *const endings[] = {".png", ".jpg", ".jpeg", ".pgm", ".ppm", ".pnm"};
	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		if (str_ends_nocase(name, endings[i])) {
			return true;
		}
	}
	return false;
}

static bool list_folder(struct file_source *s, struct err *err) {
	char **names = NULL;
	size_t count = 0;
	if (!file_list(s->path, FOLDER_MAX, &names, &count, err)) {
		return false;
	}
	s->names = xcalloc(count, sizeof *s->names);
	for (size_t i = 0; i < count; i++) {
		if (looks_like_picture(names[i])) {
			s->names[s->count++] = file_join(s->path, names[i]);
		}
		free(names[i]);
	}
	free(names);
	return s->count > 0 || err_set(err, ERR_INPUT, "%s holds no pictures (png, jpg, pgm)", s->path);
}

/* A pipe would hold the scanning thread until somebody writes into it. */
static bool is_plain(const char *path, struct err *err) {
	struct stat st;
	if (stat(path, &st) != 0) {
		return err_errno(err, "%s", path);
	}
	return S_ISREG(st.st_mode) || err_set(err, ERR_INPUT, "%s is no plain file", path);
}

/* Loads the picture at s->at or the first good one behind it, round the whole list. */
static bool load_still(struct file_source *s, struct err *err) {
	for (size_t tries = 0; tries < s->count; tries++) {
		struct image next;
		if (is_plain(s->names[s->at], err) && image_load(s->names[s->at], &next, err)) {
			image_fini(&s->picture);
			image_fini(&s->blank);
			s->picture = next;
			struct err ignored = {0};
			if (image_init(&s->blank, next.width, next.height, &ignored)) {
				memset(s->blank.luma, BLANK_LUMA, (size_t)next.width * (size_t)next.height);
			}
			return true;
		}
		if (s->count > 1) {
			log_warn("scan", "left out: %s", err->text);
		}
		s->at = (s->at + 1) % s->count;
	}
	return false;
}

static enum source_event next_still(struct file_source *s, struct image *out, struct err *why) {
	if (s->step == SHOWN_FRAMES + BLANK_FRAMES) {
		s->step = 0;
		s->at = (s->at + 1) % s->count;
		if (s->count > 1 && !load_still(s, why)) {
			return SOURCE_END;
		}
	}
	*out = s->step++ < SHOWN_FRAMES ? s->picture : s->blank;
	return SOURCE_FRAME;
}

/* --- films ---------------------------------------------------------------------------------------------------------------------- */

static void drop_bytes(struct file_source *s, size_t n) {
	size_t left = s->bytes.len - n;
	if (left != 0) {
		memmove(s->bytes.data, s->bytes.data + n, left);
	}
	strbuf_truncate(&s->bytes, left);
}

/* What a cutter says of the bytes there are; VIDEO_OK leaves a picture in s->picture. */
static enum video_answer cut_y4m(struct file_source *s, struct err *why) {
	size_t used = 0;
	if (!s->headed) {
		enum video_answer answer = y4m_head((const uint8_t *)s->bytes.data, s->bytes.len, &s->y4m, &used, why);
		if (answer != VIDEO_OK) {
			return answer;
		}
		drop_bytes(s, used);
		s->headed = true;
		s->period_us = s->y4m.period_us;
	}
	if (s->bytes.len == 0) {
		return VIDEO_MORE;
	}
	enum video_answer answer = y4m_frame_head((const uint8_t *)s->bytes.data, s->bytes.len, &used, why);
	if (answer != VIDEO_OK) {
		return answer;
	}
	if (s->bytes.len - used < s->y4m.frame_bytes) {
		return VIDEO_MORE;
	}
	image_fini(&s->picture);
	if (!image_init(&s->picture, s->y4m.width, s->y4m.height, why)) {
		return VIDEO_BROKEN;
	}
	/* Luminance comes first; the colour planes behind it are dropped. */
	memcpy(s->picture.luma, s->bytes.data + used, (size_t)s->y4m.width * (size_t)s->y4m.height);
	drop_bytes(s, used + s->y4m.frame_bytes);
	return VIDEO_OK;
}

/* To the next start of a JPEG behind the first byte, or all away but a last 0xFF. */
static void resync_mjpeg(struct file_source *s) {
	static const uint8_t start[] = {0xFF, 0xD8, 0xFF};
	if (s->bytes.len < 2) {
		strbuf_reset(&s->bytes);
		return;
	}
	const char *found = memmem(s->bytes.data + 1, s->bytes.len - 1, start, sizeof start);
	drop_bytes(s, found ? (size_t)(found - s->bytes.data) : s->bytes.len - 2);
}

static enum video_answer cut_mjpeg(struct file_source *s, struct err *why) {
	while (s->bytes.len >= 4) {
		size_t len = 0;
		enum video_answer answer = video_jpeg_length((const uint8_t *)s->bytes.data, s->bytes.len, &len);
		if (answer == VIDEO_MORE) {
			return VIDEO_MORE;
		}
		struct image next;
		bool whole = answer == VIDEO_OK && image_parse_jpeg(s->bytes.data, len, &next, why);
		if (answer == VIDEO_OK) {
			drop_bytes(s, len);
		} else {
			resync_mjpeg(s);
			err_set(why, ERR_INPUT, "the film holds broken JPEGs");
			if (s->bytes.len < 4) {
				break;
			}
		}
		if (whole) {
			image_fini(&s->picture);
			s->picture = next;
			return VIDEO_OK;
		}
	}
	return VIDEO_MORE;
}

static enum video_answer cut(struct file_source *s, struct err *why) {
	if (s->kind == FILM_UNKNOWN) {
		if (s->bytes.len < 4) {
			return VIDEO_MORE;
		}
		/* By its first bytes, as standard input has no name to go by. */
		s->kind = memcmp(s->bytes.data, "YUV4", 4) == 0 ? FILM_Y4M : FILM_MJPEG;
		if (s->kind == FILM_MJPEG && memcmp(s->bytes.data, "\xFF\xD8\xFF", 3) != 0) {
			err_set(why, ERR_INPUT, "neither a YUV4MPEG2 film nor JPEGs");
			return VIDEO_BROKEN;
		}
	}
	return s->kind == FILM_Y4M ? cut_y4m(s, why) : cut_mjpeg(s, why);
}

/* 1: something was read, 0: nothing came within the time, -1: the end or an error. */
static int read_more(struct file_source *s, int timeout_ms) {
	struct pollfd wait = {.fd = s->fd, .events = POLLIN};
	int ready = poll(&wait, 1, timeout_ms);
	if (ready <= 0) {
		return ready == 0 || errno == EINTR ? 0 : -1;
	}
	strbuf_reserve(&s->bytes, READ_SIZE);
	ssize_t n = read(s->fd, s->bytes.data + s->bytes.len, READ_SIZE);
	if (n <= 0) {
		return n < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
	}
	s->bytes.len += (size_t)n;
	s->bytes.data[s->bytes.len] = '\0';
	return 1;
}

/* At the film's end: from the beginning again, when it can be and showed anything. */
static bool begin_again(struct file_source *s, struct err *why, bool broken) {
	if (!s->rewinds) {
		return broken ? false : err_set(why, ERR_NOT_FOUND, "%s has ended", s->path);
	}
	if (s->frames == 0) {
		return broken ? false : err_set(why, ERR_INPUT, "%s holds no whole frame", s->path);
	}
	if (lseek(s->fd, 0, SEEK_SET) != 0) {
		return err_errno(why, "cannot play %s again", s->path);
	}
	strbuf_reset(&s->bytes);
	s->headed = false;
	s->frames = 0;
	return true;
}

static enum source_event next_film(struct file_source *s, int timeout_ms, struct image *out, struct err *why) {
	int64_t until = clock_span_us() + (int64_t)timeout_ms * 1000;
	for (;;) {
		enum video_answer answer = cut(s, why);
		if (answer == VIDEO_OK) {
			s->frames++;
			*out = s->picture;
			return SOURCE_FRAME;
		}
		int got = -1;
		if (answer == VIDEO_MORE) {
			int64_t left_us = until - clock_span_us();
			got = read_more(s, left_us > 0 ? (int)(left_us / 1000) : 0);
			if (got == 0) {
				return SOURCE_WAIT;
			}
		}
		if (got < 0 && !begin_again(s, why, answer == VIDEO_BROKEN)) {
			return SOURCE_END;
		}
	}
}

/* --- both ----------------------------------------------------------------------------------------------------------------------- */

/* Sleeps until the frame is due, at most timeout_ms; true when it is. */
static bool wait_for_due(struct file_source *s, int timeout_ms) {
	int64_t left_us = s->due_us - clock_span_us();
	if (left_us <= 0) {
		return true;
	}
	int64_t left_ms = (left_us + 999) / 1000;
	clock_sleep_ms((int)(left_ms < timeout_ms ? left_ms : timeout_ms));
	return left_ms <= timeout_ms;
}

static enum source_event file_next(struct source *source, int timeout_ms, struct source_frame *out, struct err *why) {
	struct file_source *s = (struct file_source *)source;
	if (!wait_for_due(s, timeout_ms)) {
		return SOURCE_WAIT;
	}
	enum source_event event = s->kind == STILLS ? next_still(s, &out->image, why) : next_film(s, timeout_ms, &out->image, why);
	if (event == SOURCE_FRAME) {
		out->taken_us = clock_span_us();
		/* Who falls behind is not hurried afterwards. */
		s->due_us = (s->due_us + s->period_us < out->taken_us ? out->taken_us : s->due_us) + s->period_us;
	} else if (event == SOURCE_END) {
		err_wrap(why, "%s", str_eq(s->path, "-") ? "standard input" : s->path);
	}
	return event;
}

static void file_close(struct source *source) {
	struct file_source *s = (struct file_source *)source;
	for (size_t i = 0; i < s->count; i++) {
		free(s->names[i]);
	}
	free(s->names);
	if (s->fd > STDIN_FILENO) {
		close(s->fd);
	}
	image_fini(&s->picture);
	image_fini(&s->blank);
	strbuf_fini(&s->bytes);
	free(s->path);
	free(s);
}

static const char *file_name(const struct source *source) { return ((const struct file_source *)source)->path; }

static const struct source_ops file_ops = {.next = file_next, .close = file_close, .name = file_name};

static bool open_film(struct file_source *s, struct err *err) {
	if (str_eq(s->path, "-")) {
		s->fd = STDIN_FILENO;
		return true;
	}
	s->fd = open(s->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (s->fd < 0) {
		return err_errno(err, "cannot open %s", s->path);
	}
	struct stat st;
	s->rewinds = fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode);
	return true;
}

static bool is_film(const char *path) {
	return str_eq(path, "-") || str_ends_nocase(path, ".y4m") || str_ends_nocase(path, ".mjpeg") || str_ends_nocase(path, ".mjpg");
}

bool source_file_open(const char *path, struct source **out, struct err *err) {
	struct file_source *s = xcalloc(1, sizeof *s);
	s->base.ops = &file_ops;
	s->base.patient = true;
	s->fd = -1;
	s->path = xstrdup(path);
	s->period_us = PERIOD_US;
	bool ok = false;
	if (is_film(path)) {
		s->kind = FILM_UNKNOWN;
		ok = open_film(s, err);
	} else if (file_is_dir(path)) {
		ok = list_folder(s, err) && load_still(s, err);
	} else {
		s->names = xcalloc(1, sizeof *s->names);
		s->names[s->count++] = xstrdup(path);
		ok = load_still(s, err);
	}
	if (!ok) {
		file_close(&s->base);
		return false;
	}
	*out = &s->base;
	return true;
}
