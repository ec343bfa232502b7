#include "kiosk/workers/self_checks.h"

#include "base/alloc.h"
#include "kiosk/workers/self_check_codes.h"
#include "kiosk/workers/self_check_devices.h"
#include "kiosk/workers/self_check_file.h"
#include "kiosk/workers/self_check_fonts.h"

static const struct {
	const char *name;
	self_check_fn *check;
} CHECKS[] = {
	{MARK("a check of the self-test", "event file"), self_check_event}, {MARK("a check of the self-test", "disk"), self_check_disk},
	{MARK("a check of the self-test", "clock"), self_check_clock},      {MARK("a check of the self-test", "fonts"), self_check_fonts},
	{MARK("a check of the self-test", "reader"), self_check_reader},    {MARK("a check of the self-test", "camera"), self_check_camera},
	{MARK("a check of the self-test", "scanner"), self_check_scanner},  {MARK("a check of the self-test", "codes"), self_check_codes},
	{MARK("a check of the self-test", "sound"), self_check_sound},      {MARK("a check of the self-test", "speech"), self_check_speech},
	{MARK("a check of the self-test", "printer"), self_check_printer},
};
_Static_assert(COUNT_OF(CHECKS) <= SELF_CHECKS_MAX, "who keeps answers has room for all");

size_t self_checks_count(void) { return COUNT_OF(CHECKS); }

const char *self_check_name(size_t check) { return CHECKS[check].name; }

void self_check_run(size_t check, const struct self_subject *subject, struct self_checked *out) { CHECKS[check].check(subject, out); }
