/* The scans of the store thread: all that wait share one sync of the disk. */
#ifndef TURNOUT_KIOSK_WORKERS_DESK_SCANS_H
#define TURNOUT_KIOSK_WORKERS_DESK_SCANS_H

struct desk_worker;
struct request;

/* Takes the scan, and with it all others that wait, and answers each. `first` stays the caller's. */
void desk_scans_serve(struct desk_worker *w, struct request *first);

#endif
