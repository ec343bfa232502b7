/* The table of given names for a whole group of tests: its set-up, its tear-down, and where it is meanwhile. */
#ifndef TURNOUT_TESTS_LIB_GIVEN_NAMES_H
#define TURNOUT_TESTS_LIB_GIVEN_NAMES_H

#include "event/given_names.h"

/* For cmocka_run_group_tests. */
int given_names_set_up(void **state);
int given_names_tear_down(void **state);
const struct given_names *given_names_there(void);

#endif
