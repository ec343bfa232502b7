/* The layer over SQLite's own VFS: what was there before each page that is not synced yet (see sim/machine.h). */
#ifndef TURNOUT_TESTS_SIM_DISK_H
#define TURNOUT_TESTS_SIM_DISK_H

#include <stdbool.h>

/* Makes the layer SQLite's default; once. */
void disk_init(void);
/* What happens to the closed files under the folder when the power is cut; without `power` they stay as they are. */
void disk_crash(const char *folder, bool power);
void disk_forget(const char *folder);

#endif
