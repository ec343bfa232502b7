/* Which of our fields a column header means, whatever its case, punctuation, white space and apostrophes. */
#ifndef TURNOUT_IMPORT_ALIAS_H
#define TURNOUT_IMPORT_ALIAS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mapstr.h"

struct alias {
	const char *header;
	int field;
	int rank; /* 0-7: where two columns of a row mean one field, the greater one wins */
};

/* The header as it is compared: case folded, marks off letters, everything but letters, digits and # dropped. New memory for free(). */
char *alias_fold(const char *header);

/* A table of folded aliases; mapstr_fini frees it. */
struct mapstr alias_table(const struct alias *list, size_t n);
/* Adds more; what is there already stays. */
void alias_add(struct mapstr *table, const struct alias *list, size_t n);

/* The field, or -1. A remark in brackets at the end of a header does not matter: "Посада (повністю)" is "Посада". `rank` may be NULL. */
int alias_find(const struct mapstr *table, const char *header, int *rank);

#endif
