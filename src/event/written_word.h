/* A word of a name as it is written: what was compared has lost its capitals, marks and apostrophes (event/fold.h), and shown to people looks like a slip. */
#ifndef TURNOUT_EVENT_WRITTEN_WORD_H
#define TURNOUT_EVENT_WRITTEN_WORD_H

/* The first word of the text that is folded to that one (event/script.h), as it stands there; NULL when none is. New memory for free(). */
char *written_word(const char *text, const char *folded);

#endif
