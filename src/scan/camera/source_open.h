/* Opens a source by its name:
 *
 *         auto            the best camera there is: an external one, else the first
 *         auto:ID         that one if it is there, else as auto; an id as in scan/camera/camera_list.h
 *         name:ID         that one alone
 *         /dev/videoN     likewise
 *         none            no source at all
 *         file:PATH       a picture, a folder of pictures, a .y4m or an .mjpeg film; "file:-" or "-" is standard input (y4m or MJPEG) */
#ifndef TURNOUT_SCAN_CAMERA_SOURCE_OPEN_H
#define TURNOUT_SCAN_CAMERA_SOURCE_OPEN_H

#include "scan/camera/source.h"

/* *out is NULL for "none". ERR_USAGE for another name, ERR_INPUT and others when a file cannot be read. A camera that is not there is no
 * error: it is SOURCE_LOST until it comes. */
bool scan_source_open(const char *spec, struct source **out, struct err *err) TURNOUT_MUST_CHECK;

#endif
