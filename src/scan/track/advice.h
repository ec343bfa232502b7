/* What people are told who hold a badge up (scan/track/guidance.h says when). */
#ifndef TURNOUT_SCAN_TRACK_ADVICE_H
#define TURNOUT_SCAN_TRACK_ADVICE_H

enum guidance {
	GUIDANCE_NONE, /* nothing is seen, or all is well */
	GUIDANCE_CLOSER,
	GUIDANCE_FURTHER,
	GUIDANCE_LIGHT, /* too dark */
	GUIDANCE_GLARE,
	GUIDANCE_STILL, /* it moves; or nothing else can be said */
	GUIDANCE_COUNT
};

#endif
