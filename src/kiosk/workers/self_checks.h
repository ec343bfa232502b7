/* What a box is asked before people come, check by check: by `turnout-kiosk EVENT --self-test` (kiosk/self_test.h), and by staff on its screen
 * (self_test_worker.h). Nothing is written into the event. */
#ifndef TURNOUT_KIOSK_WORKERS_SELF_CHECKS_H
#define TURNOUT_KIOSK_WORKERS_SELF_CHECKS_H

#include "kiosk/workers/self_check.h"

#define SELF_CHECKS_MAX 16

size_t self_checks_count(void);
/* What it is called: a message of the catalogues (SELF_NAME_CONTEXT), English in small letters as it stands. */
const char *self_check_name(size_t check);
/* `out` is zeroed. It takes as long as it takes: a device that hangs is waited for some seconds. */
void self_check_run(size_t check, const struct self_subject *subject, struct self_checked *out);

#endif
