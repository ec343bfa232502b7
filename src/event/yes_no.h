/* Cells that say yes or no, in the words of three languages and of spreadsheets. */
#ifndef TURNOUT_EVENT_YES_NO_H
#define TURNOUT_EVENT_YES_NO_H

enum yes_no { YES_NO_NEITHER, YES_NO_YES, YES_NO_NO };

/* The whole cell has to be such a word, in any case: "yes", "1", "TRUE", "так", "х"; an empty one is neither. */
enum yes_no yes_no_read(const char *text);

#endif
