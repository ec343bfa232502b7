/* An open event file as a piece of memory: made before the file is opened, taken down whatever became of it. */
#ifndef TURNOUT_STORE_LOG_HANDLE_H
#define TURNOUT_STORE_LOG_HANDLE_H

#include "store/file/terms.h"

/* Knows its name and nothing else. For handle_close. */
struct store *handle_new(const char *path, enum store_mode mode);
/* Takes the database down, with what is known of its views: for a store whose memory is somebody else's. */
void handle_release(struct store *store);
/* Frees everything without signing: what is left when opening failed, and the last step of closing. */
void handle_close(struct store *store);

#endif
