#include "scan/camera/source_open.h"

#include "base/str.h"
#include "scan/camera/source_file.h"
#include "scan/camera/source_v4l2.h"

bool scan_source_open(const char *spec, struct source **out, struct err *err) {
	*out = NULL;
	if (str_eq(spec, "none")) {
		return true;
	}
	if (str_eq(spec, "auto") || str_starts(spec, "auto:") || str_starts(spec, "/dev/video") ||
	    (str_starts(spec, "name:") && spec[5] != '\0')) {
		*out = source_v4l2_open(spec);
		return true;
	}
	if (str_eq(spec, "-")) {
		return source_file_open("-", out, err);
	}
	if (str_starts(spec, "file:") && spec[5] != '\0') {
		return source_file_open(spec + 5, out, err);
	}
	return err_set(err, ERR_USAGE, "no camera is called \"%s\": use auto, name:NAME, /dev/videoN, none or file:PATH", spec);
}
