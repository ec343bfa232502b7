/* What all unit tests share: cmocka, a folder of one's own, errors that are shown when a call fails. */
#ifndef TURNOUT_TESTS_LIB_TESTING_H
#define TURNOUT_TESTS_LIB_TESTING_H

/* cmocka.h needs these before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/tz.h"
#include "store/store.h"

/* A call that must succeed; it fills the `err` in scope. */
#define assert_ok(call)                                       \
	do {                                                  \
		if (!(call)) {                                \
			print_error("error: %s\n", err.text); \
			fail_msg("%s", #call);                \
		}                                             \
	} while (0)

/* The text must hold `part`. */
#define assert_holds(text, part)                                                      \
	do {                                                                          \
		if (strstr((text), (part)) == NULL) {                                 \
			print_error("\"%s\" does not hold \"%s\"\n", (text), (part)); \
			fail();                                                       \
		}                                                                     \
	} while (0)

struct scratch {
	char *folder; /* under $TMPDIR, removed at the end; holds the station's state too */
	struct tz *kyiv;
};

/* cmocka's set-up and tear-down; *state is a struct scratch. */
int scratch_open(void **state);
int scratch_close(void **state);

char *scratch_path(const struct scratch *s, const char *name);                              /* for free() */
char *scratch_write(const struct scratch *s, const char *name, const void *data, size_t n); /* the path, for free() */
/* Made, open for writing; scratch_event calls it "Test". */
struct store *scratch_event(const struct scratch *s, const char *name);
struct store *scratch_event_titled(const struct scratch *s, const char *name, const char *title);

/* The key whose seed is KEY_LEN times that byte. */
struct key_pair key_of_number(uint8_t number);

/* The folder with data that is not part of the project, or NULL: then the test must skip, with a message. */
const char *shared_folder(const char *name, char path[512]);

#endif
