/* How films are cut into frames: YUV4MPEG2 (mjpegtools' yuv4mpeg(5)) and JPEGs one behind the other (ISO/IEC 10918-1, annex B). Pure: the
 * functions look at the bytes there are and say whether more are needed. */
#ifndef TURNOUT_SCAN_IMAGE_VIDEO_H
#define TURNOUT_SCAN_IMAGE_VIDEO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define VIDEO_HEAD_MAX 1024               /* bytes of a y4m head or frame head */
#define VIDEO_JPEG_MAX ((size_t)32 << 20) /* bytes of one JPEG */

enum video_answer { VIDEO_OK, VIDEO_MORE, VIDEO_BROKEN };

struct y4m {
	int width, height;
	int64_t period_us;  /* between frames */
	size_t frame_bytes; /* of samples; the first width * height are luminance */
};

/* The stream's head; *used is its length with the line end. Frame rates outside 1-120 become 15. */
enum video_answer y4m_head(const uint8_t *data, size_t n, struct y4m *out, size_t *used, struct err *why);
/* A frame's head line; *used is its length. */
enum video_answer y4m_frame_head(const uint8_t *data, size_t n, size_t *used, struct err *why);

/* The length of the JPEG that begins at data (with all its scans and whatever thumbnails lie in its segments). */
enum video_answer video_jpeg_length(const uint8_t *data, size_t n, size_t *len);

#endif
