/* The catalogues as this build made them. */
#ifndef TURNOUT_TESTS_LIB_WORDS_BUILT_H
#define TURNOUT_TESTS_LIB_WORDS_BUILT_H

#include "words/words.h"

/* The build's folder: $BUILD, or "build". */
const char *build_folder(void);

/* For words_close(); aborts, with what is wrong, where a catalogue is missing or broken. */
struct words *words_built(void);

#endif
