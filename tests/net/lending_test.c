/* A file that is lent: one after the other, back when the borrower ends, and to nobody when it is not given. */
#include "net/lending.h"

#include "lib/testing.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

/* Of this process: sockets lie in folders that all tests of this machine share, too. */
static const char *event_name(void) {
	static char name[40];
	snprintf(name, sizeof name, "/some/event-%ld", (long)getpid());
	return name;
}
#define EVENT event_name()

struct shelf {
	atomic_int given, back;
	bool refuses;
};

static bool give(void *context) {
	struct shelf *shelf = context;
	atomic_fetch_add(&shelf->given, 1);
	return !shelf->refuses;
}

static void take_back(void *context) { atomic_fetch_add(&((struct shelf *)context)->back, 1); }

static void wait_until(atomic_int *value, int wanted) {
	for (int i = 0; i < 1000 && atomic_load(value) != wanted; i++) {
		usleep(5000);
	}
	assert_int_equal(atomic_load(value), wanted);
}

static struct lender *open_one(struct shelf *shelf) {
	struct lender *lender = NULL;
	struct err err = {0};
	assert_ok(lender_open(&(struct lender_options){.path = EVENT, .give = give, .take_back = take_back, .context = shelf}, &lender,
			      &err));
	return lender;
}

static int set_up(void **state) {
	char *folder = xstrdup("/tmp/turnout-lending-XXXXXX");
	*state = mkdtemp(folder);
	assert_non_null(*state);
	setenv("XDG_RUNTIME_DIR", folder, 1);
	return 0;
}

static int tear_down(void **state) {
	assert_int_equal(rmdir(*state), 0); /* no socket is left */
	free(*state);
	return 0;
}

static void one_after_the_other(void **state) {
	(void)state;
	struct shelf shelf = {0};
	struct err err = {0};
	assert_int_equal(borrow(EVENT, NULL, 1000, &err), -1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	struct lender *lender = open_one(&shelf);
	int first = borrow(EVENT, NULL, 5000, &err);
	assert_true(first >= 0);
	err = (struct err){0};
	assert_int_equal(borrow(EVENT, NULL, 50, &err), -1); /* somebody has it */
	assert_int_equal(err.kind, ERR_BUSY);
	assert_int_equal(atomic_load(&shelf.back), 0);
	close(first);
	wait_until(&shelf.back, 2); /* of the one who gave up, too */
	err = (struct err){0};
	assert_int_equal(borrow("/another/event", NULL, 1000, &err), -1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	int second = borrow(EVENT, NULL, 5000, &err);
	assert_true(second >= 0);
	lender_close(lender); /* it is taken back, whoever has it */
	assert_int_equal(atomic_load(&shelf.back), 3);
	close(second);
}

static void not_now(void **state) {
	(void)state;
	struct shelf shelf = {.refuses = true};
	struct err err = {0};
	struct lender *lender = open_one(&shelf);
	assert_int_equal(borrow(EVENT, NULL, 5000, &err), -1);
	assert_int_equal(err.kind, ERR_BUSY);
	assert_int_equal(atomic_load(&shelf.back), 0);
	lender_close(lender);
	lender_close(NULL);
}

static void two_lenders_of_one_file(void **state) {
	(void)state;
	struct shelf shelf = {0};
	struct err err = {0};
	struct lender *lender = open_one(&shelf), *other = NULL;
	assert_false(lender_open(&(struct lender_options){.path = EVENT, .give = give, .take_back = take_back, .context = &shelf}, &other,
				 &err));
	assert_int_equal(err.kind, ERR_BUSY);
	wait_until(&shelf.back, atomic_load(&shelf.given));
	int fd = borrow(EVENT, NULL, 5000, &err); /* the first one still lends it */
	assert_true(fd >= 0);
	close(fd);
	lender_close(lender);
}

/* Others of this machine could write into it. */
static void a_folder_of_everybody(void **state) {
	struct err err = {0};
	struct shelf shelf = {0};
	assert_int_equal(chmod(*state, 0777), 0);
	struct lender *lender = open_one(&shelf); /* in a folder of its own then */
	int fd = borrow(EVENT, NULL, 5000, &err);
	assert_true(fd >= 0);
	close(fd);
	lender_close(lender);
}

/* The one was started by a session, the other over ssh, or by a service that sets another folder: the state folder is the same. */
static void found_without_the_variable(void **state) {
	struct shelf shelf = {0};
	struct err err = {0};
	struct lender *lender = NULL, *other = NULL;
	char *shared = xstrdup("/tmp/turnout-lending-state-XXXXXX"), *elsewhere = xstrdup("/tmp/turnout-lending-else-XXXXXX");
	assert_non_null(mkdtemp(shared));
	assert_non_null(mkdtemp(elsewhere));
	const struct lender_options options = {.path = EVENT, .state = shared, .give = give, .take_back = take_back, .context = &shelf};
	assert_ok(lender_open(&options, &lender, &err));
	static const char *const variables[] = {NULL, "", "elsewhere", "/nowhere"};
	for (int i = 0; i < 4; i++) {
		if (variables[i] == NULL) {
			unsetenv("XDG_RUNTIME_DIR");
		} else {
			setenv("XDG_RUNTIME_DIR", variables[i][0] == 'e' ? elsewhere : variables[i], 1);
		}
		int fd = borrow(EVENT, shared, 5000, &err);
		assert_true(fd >= 0);
		close(fd);
		assert_false(lender_open(&options, &other, &err)); /* nor is there a second one */
		assert_int_equal(err.kind, ERR_BUSY);
	}
	setenv("XDG_RUNTIME_DIR", *state, 1);
	int fd = borrow(EVENT, elsewhere, 5000, &err); /* by the variable alone, as before */
	assert_true(fd >= 0);
	close(fd);
	lender_close(lender);
	assert_int_equal(rmdir(shared), 0); /* no socket is left anywhere */
	assert_int_equal(rmdir(elsewhere), 0);
	free(shared);
	free(elsewhere);
}

/* A service with a state folder and no session, and a command of a shell: /tmp is all that they share. */
static void found_with_nothing_else_in_common(void **state) {
	struct shelf shelf = {0};
	struct err err = {0};
	struct lender *lender = open_one(&shelf); /* which listens in the runtime folder, too */
	char *elsewhere = xstrdup("/tmp/turnout-lending-else-XXXXXX");
	assert_non_null(mkdtemp(elsewhere));
	setenv("XDG_RUNTIME_DIR", elsewhere, 1);
	int fd = borrow(EVENT, elsewhere, 5000, &err);
	assert_true(fd >= 0);
	close(fd);
	lender_close(lender);
	assert_int_equal(rmdir(elsewhere), 0);
	free(elsewhere);
	setenv("XDG_RUNTIME_DIR", *state, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
int main(void) {
	const struct CMUnitTest tests[] = {TEST(one_after_the_other),        TEST(not_now),
					   TEST(two_lenders_of_one_file),    TEST(a_folder_of_everybody),
					   TEST(found_without_the_variable), TEST(found_with_nothing_else_in_common)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
