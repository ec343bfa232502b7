/* What a hand scanner may make of a code on its way through a keyboard: told by the text that came, when it is no badge that anybody knows. Pure. */
#ifndef TURNOUT_SCAN_HAND_DELIVERY_H
#define TURNOUT_SCAN_HAND_DELIVERY_H

#include <stddef.h>

enum delivery {
	DELIVERY_WHOLE,    /* nothing speaks against it */
	DELIVERY_LETTERS,  /* some of its letters are on no key of the scanner's */
	DELIVERY_LAYOUT,   /* its keys are another layout's than the US one */
	DELIVERY_SHORT,    /* characters got lost */
	DELIVERY_CONTROLS, /* it sends signs that no code has */
};

/* `text`: n bytes of UTF-8 as scan/hand/wedge.h gives them, which has U+FFFD for a key without a character. */
enum delivery delivery_judge(const char *text, size_t n);

#endif
