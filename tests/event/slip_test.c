/* One slip of the finger between two words: which, and whether it lies inside. */
#include "event/slip.h"

#include "lib/testing.h"

#include "base/alloc.h"

static void slips(void **state) {
	(void)state;
	static const struct {
		const char *a, *b;
		int kind;
		bool inside;
	} cases[] = {
		{"олена", "олена", SLIP_SAME, true},
		{"олена", "олна", SLIP_LEFT_OUT, true},
		{"олена", "олєна", SLIP_CHANGED, true},
		{"олена", "олнеа", SLIP_SWAPPED, true},
		{"олена", "оленка", SLIP_LEFT_OUT, true},
		{"олена", "олен", SLIP_LEFT_OUT, false},
		{"олена", "лена", SLIP_LEFT_OUT, false},
		{"олена", "олн", SLIP_NOT, false},
		{"олена", "елона", SLIP_NOT, false},
		{"марія", "дарія", SLIP_CHANGED, false},
		{"анна", "ана", SLIP_LEFT_OUT, true},
		{"ab", "ba", SLIP_SWAPPED, false},
		{"abcd", "badc", SLIP_NOT, false},
		{"abcd", "abdc", SLIP_SWAPPED, false},
		{"a", "", SLIP_LEFT_OUT, false},
		{"", "", SLIP_SAME, false},
		{"ab", "", SLIP_NOT, false},
		{"王伟", "王芳", SLIP_CHANGED, false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct slip one = slip_between(cases[i].a, cases[i].b), other = slip_between(cases[i].b, cases[i].a);
		bool inside = one.kind != SLIP_NOT && one.inside;
		if ((int)one.kind != cases[i].kind || one.kind != other.kind || one.inside != other.inside ||
		    one.letters != other.letters || inside != cases[i].inside) {
			fail_msg("%s, %s: %d, %d", cases[i].a, cases[i].b, (int)one.kind, (int)one.inside);
		}
	}
}

static void as_long_as_they_are(void **state) {
	(void)state;
	char a[80], b[80];
	memset(a, 'x', sizeof a);
	memset(b, 'x', sizeof b);
	a[79] = b[79] = '\0';
	b[5] = 'y';
	assert_int_equal(slip_between(a, b).kind, SLIP_NOT); /* nobody looks so far */
	a[63] = b[63] = '\0';
	assert_int_equal(slip_between(a, b).kind, SLIP_CHANGED);
	assert_int_equal(slip_between(a, b).letters, 63);
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slips),
		cmocka_unit_test(as_long_as_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
