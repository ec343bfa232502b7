/* The hub's store by default: a folder with an event file an event ("<16 digits>.turnout", which every turnout command reads) and one small
 * database of the hub's own ("hub.sqlite"). One process uses it. */
#ifndef TURNOUT_HUB_DB_FILES_H
#define TURNOUT_HUB_DB_FILES_H

#include "hub/db.h"
#include "store/file/quota.h"

#define HUB_EVENTS_MAX 10000
#define HUB_OPEN_MAX 64 /* event files held open; those used longest ago are closed */

/* Makes the folder when it is not there. `quota`: what is taken of each station, whatever an event says; NULL: quota_default. ERR_BUSY when
 * another hub uses it. */
bool hub_db_files_open(const char *folder, const struct quota *quota, struct hub_db *out, struct err *err) TURNOUT_MUST_CHECK;

#endif
