#include "lib/given_names.h"

#include <stddef.h>

static struct given_names *there;

int given_names_set_up(void **state) {
	(void)state;
	there = given_names_open();
	return 0;
}

int given_names_tear_down(void **state) {
	(void)state;
	given_names_close(there);
	there = NULL;
	return 0;
}

const struct given_names *given_names_there(void) { return there; }
