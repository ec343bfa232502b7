/* How long pictures took to be laid out and drawn: for --timings. */
#ifndef TURNOUT_KIOSK_FRAME_TIMES_H
#define TURNOUT_KIOSK_FRAME_TIMES_H

#include <stddef.h>
#include <stdint.h>

#define FRAME_TIMES_STEP_US 100
#define FRAME_TIMES_STEPS 1000 /* what takes longer counts as the last */

struct frame_times { /* a zeroed one is empty */
	uint32_t counts[FRAME_TIMES_STEPS];
	uint64_t count;
};

void frame_times_add(struct frame_times *times, int64_t us);
/* The milliseconds in which `part` of them (0..1) were done; 0 where there are none. */
double frame_times_within(const struct frame_times *times, double part);

#endif
