/* A certificate is of one station in one event, by one invitation. */
#include "store/log/certificate.h"

#include "lib/testing.h"

static void of_one_station_in_one_event(void **state) {
	(void)state;
	struct err err = {0};
	assert_ok(crypto_init(&err));
	struct key_pair invitation = key_of_number(1), other = key_of_number(2);
	struct hash event = {{7}}, another = {{8}};
	struct public_key station = key_of_number(3).public_key, stranger = key_of_number(4).public_key;
	struct certificate c;
	certificate_make(&invitation, &event, &station, &c);
	assert_true(certificate_holds(&c, &event, &station));
	assert_false(certificate_holds(&c, &another, &station));
	assert_false(certificate_holds(&c, &event, &stranger));
	c.invitation = other.public_key;
	assert_false(certificate_holds(&c, &event, &station));
	c.invitation = invitation.public_key;
	c.signature.b[63] ^= 0x10;
	assert_false(certificate_holds(&c, &event, &station));
}

int main(void) {
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_one_station_in_one_event),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
