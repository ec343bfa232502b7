/* What every command's description promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/str.h"
#include "cli/commands.h"
#include "event/agenda.h"
#include "event/person.h"

static const struct command *const COMMANDS[] = {
	&cmd_init, &cmd_import, &cmd_badges, &cmd_decode, &cmd_checkin, &cmd_set,    &cmd_person,  &cmd_session,   &cmd_station,
	&cmd_undo, &cmd_key,    &cmd_list,   &cmd_status, &cmd_digest,  &cmd_verify, &cmd_rebuild, &cmd_conflicts, &cmd_copy,
};

static bool has_option(const struct command *command, const char *name) {
	for (const struct option_spec *o = command->options; o != NULL && o->name != NULL; o++) {
		if (str_eq(o->name, name)) {
			return true;
		}
	}
	return false;
}

static void descriptions_are_whole(void **state) {
	(void)state;
	for (size_t i = 0; i < COUNT_OF(COMMANDS); i++) {
		const struct command *c = COMMANDS[i];
		assert_true(c->name[0] != '\0' && c->summary[0] != '\0' && c->usage[0] != '\0' && c->exec != NULL);
		assert_non_null(c->operands[0]);
		for (const struct option_spec *o = c->options; o != NULL && o->name != NULL; o++) {
			assert_true(o->help[0] != '\0');
			for (const struct option_spec *p = c->options; p != o; p++) {
				assert_string_not_equal(p->name, o->name);
			}
		}
	}
}

static void every_field_has_its_option(void **state) {
	(void)state;
	for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
		assert_true(has_option(&cmd_person, person_field_key((enum person_field)i)));
	}
	for (int i = 0; i < SESSION_FIELD_COUNT; i++) {
		assert_true(has_option(&cmd_session, session_field_key((enum session_field)i)));
	}
}

static void lists_have_json(void **state) {
	(void)state;
	static const struct command *const lists[] = {&cmd_list, &cmd_status, &cmd_conflicts, &cmd_verify, &cmd_import, &cmd_set};
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		assert_true(has_option(lists[i], "json"));
	}
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(descriptions_are_whole),
		cmocka_unit_test(every_field_has_its_option),
		cmocka_unit_test(lists_have_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
