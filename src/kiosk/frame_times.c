#include "kiosk/frame_times.h"

void frame_times_add(struct frame_times *times, int64_t us) {
	int64_t step = us < 0 ? 0 : us / FRAME_TIMES_STEP_US;
	times->counts[step < FRAME_TIMES_STEPS ? step : FRAME_TIMES_STEPS - 1]++;
	times->count++;
}

double frame_times_within(const struct frame_times *times, double part) {
	uint64_t sum = 0;
	for (size_t i = 0; times->count > 0 && i < FRAME_TIMES_STEPS; i++) {
		sum += times->counts[i];
		if ((double)sum >= part * (double)times->count) {
			return (double)(i + 1) * FRAME_TIMES_STEP_US / 1000;
		}
	}
	return 0;
}
