/* Words that those who open an event file share with its inside. */
#ifndef TURNOUT_STORE_FILE_TERMS_H
#define TURNOUT_STORE_FILE_TERMS_H

struct store; /* an open event file */

enum store_mode {
	STORE_READ,  /* changes nothing; any number at once */
	STORE_WRITE, /* one at a time; refused with the holder's name */
};

/* Into whose log a record goes. */
enum author { AUTHOR_STATION, AUTHOR_ORGANISER, AUTHOR_COUNT };

#endif
