/* A source that plays files at a camera's pace, for tests, demonstrations and boxes whose camera is another program's pipe.
 *
 * A picture is shown for 1.5 s at 15 frames/s, then a mid-grey blank for 1 s, over and over; a folder's pictures (png, jpg, jpeg, pgm, ppm,
 * pnm) follow one another so in the order of their names. A film plays at its own rate (MJPEG: 15 frames/s) and begins again; standard
 * input plays until its end. No frame is skipped: who asks late gets the next one late. */
#ifndef TURNOUT_SCAN_CAMERA_SOURCE_FILE_H
#define TURNOUT_SCAN_CAMERA_SOURCE_FILE_H

#include "scan/camera/source.h"

bool source_file_open(const char *path, struct source **out, struct err *err) TURNOUT_MUST_CHECK;

#endif
