/* Hand scanners: keyboards that are followed one by one (pipes of struct input_event in their place), serial lines (pseudo-terminals). */
#include "scan/hand/hand_worker.h"

#include "lib/testing.h"

#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <pty.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "scan/hand/hand_serial.h"

#define KEYBOARDS 3

/* Keyboards that are pipes. Written by the test, read by the worker's thread. */
struct fake {
	struct hand_evdev_ops ops;
	struct {
		const char *name; /* NULL: may not be opened */
		atomic_ullong node;
		int ends[2];
		atomic_int grabbed, opened;
		int64_t us; /* of its next event */
	} keyboards[KEYBOARDS];
};

static uint64_t fake_node(void *context, int number) {
	struct fake *f = context;
	return number < KEYBOARDS ? atomic_load(&f->keyboards[number].node) : 0;
}

static int fake_open(void *context, int number, char name[HAND_NAME_MAX], bool *is_keyboard, struct err *err) {
	struct fake *f = context;
	*is_keyboard = true;
	if (f->keyboards[number].name == NULL) {
		err_set(err, ERR_SYSTEM, "not allowed");
		return -1;
	}
	str_copy(name, HAND_NAME_MAX, f->keyboards[number].name);
	atomic_fetch_add(&f->keyboards[number].opened, 1);
	return fcntl(f->keyboards[number].ends[0], F_DUPFD_CLOEXEC, 0);
}

static bool fake_grab(void *context, int fd, bool on) {
	struct fake *f = context;
	struct stat theirs, ours;
	for (int i = 0; i < KEYBOARDS; i++) {
		if (fstat(fd, &theirs) == 0 && fstat(f->keyboards[i].ends[0], &ours) == 0 && theirs.st_ino == ours.st_ino) {
			atomic_store(&f->keyboards[i].grabbed, on);
		}
	}
	return true;
}

static void plug(struct fake *f, int number, const char *name) {
	f->keyboards[number].name = name;
	f->keyboards[number].us = clock_span_us();
	assert_int_equal(pipe2(f->keyboards[number].ends, O_NONBLOCK | O_CLOEXEC), 0);
	atomic_store(&f->keyboards[number].node, (uint64_t)clock_span_us());
}

static struct fake *fake_new(void) {
	struct fake *f = xcalloc(1, sizeof *f);
	f->ops = (struct hand_evdev_ops){.context = f, .node = fake_node, .open = fake_open, .grab = fake_grab};
	return f;
}

static void fake_free(struct fake *f) {
	for (int i = 0; i < KEYBOARDS; i++) {
		if (f->keyboards[i].ends[0] > 0) {
			close(f->keyboards[i].ends[0]);
			close(f->keyboards[i].ends[1]);
		}
	}
	free(f);
}

static void put_event(struct fake *f, int number, uint16_t type, uint16_t code, int value) {
	int64_t us = f->keyboards[number].us;
	struct input_event e = {.type = type, .code = code, .value = value};
	e.input_event_sec = us / 1000000;
	e.input_event_usec = us % 1000000;
	assert_int_equal(write(f->keyboards[number].ends[1], &e, sizeof e), sizeof e);
}

/* Press and release, with what a real keyboard sends around them; the next key comes gap_ms later. */
static void strike(struct fake *f, int number, uint16_t code, int gap_ms) {
	for (int value = 1; value >= 0; value--) {
		put_event(f, number, EV_MSC, MSC_SCAN, 0x70000 + code);
		put_event(f, number, EV_KEY, code, value);
		put_event(f, number, EV_SYN, SYN_REPORT, 0);
	}
	f->keyboards[number].us += gap_ms * 1000;
}

/* Digits, capitals of the top row, and "-". */
static void type_character(struct fake *f, int number, char c, int gap_ms) {
	static const char top[] = "QWERTYUIOP";
	if (str_is_digit(c)) {
		strike(f, number, (uint16_t)(c == '0' ? KEY_0 : KEY_1 + c - '1'), gap_ms);
		return;
	}
	if (c == '-') {
		strike(f, number, KEY_MINUS, gap_ms);
		return;
	}
	assert_non_null(strchr(top, c));
	put_event(f, number, EV_KEY, KEY_LEFTSHIFT, 1);
	strike(f, number, (uint16_t)(KEY_Q + (strchr(top, c) - top)), gap_ms);
	put_event(f, number, EV_KEY, KEY_LEFTSHIFT, 0);
}

static void type(struct fake *f, int number, const char *text, int gap_ms) {
	for (; *text != '\0'; text++) {
		type_character(f, number, *text, gap_ms);
	}
	strike(f, number, KEY_ENTER, gap_ms);
}

static void expect(struct hand_worker *w, const char *code) {
	struct hand_message *m = hand_worker_take(w, 20000);
	assert_non_null(m);
	assert_string_equal(m->payload, code);
	assert_int_equal(m->len, strlen(code));
	free(m);
}

static void wait_for(atomic_int *value, int wanted) {
	for (int64_t end = clock_span_us() + 20000000; atomic_load(value) != wanted;) {
		assert_true(clock_span_us() < end);
		clock_sleep_ms(2);
	}
}

static struct hand_worker *start(struct fake *f, const char *serial, const char *prefix, const char *suffix) {
	struct err err = {0};
	struct hand_worker *w;
	struct hand_worker_options options = {.names = "acme", .serial = serial, .speed = 115200, .keyboards = &f->ops};
	assert_ok(framing_parse(prefix, suffix, &options.framing, &err));
	assert_ok(hand_worker_open(&options, &w, &err));
	return w;
}

static void two_scanners_at_once(void **state) {
	(void)state;
	struct fake *f = fake_new();
	plug(f, 0, "Honeywell Imaging & Mobility Barcode");
	plug(f, 1, "ACME Wedge 5");
	struct hand_worker *w = start(f, "none", "none", "enter");
	wait_for(&f->keyboards[0].grabbed, 1);
	wait_for(&f->keyboards[1].grabbed, 1);
	/* Key by key in turns. */
	static const char one[] = "TO1-QWERTY-123", two[] = "POI-0987654321";
	for (size_t i = 0; i < strlen(one); i++) {
		type_character(f, 0, one[i], 5);
		type_character(f, 1, two[i], 5);
	}
	strike(f, 1, KEY_ENTER, 5);
	expect(w, two);
	strike(f, 0, KEY_ENTER, 5);
	expect(w, one);
	hand_worker_close(w);
	assert_int_equal(f->keyboards[0].grabbed, 0); /* everybody's again */
	assert_int_equal(f->keyboards[1].grabbed, 0);
	fake_free(f);
}

static void keyboards_come_and_go(void **state) {
	(void)state;
	struct fake *f = fake_new();
	plug(f, 0, NULL); /* may not be read */
	plug(f, 1, "USB barcode scanner");
	struct hand_worker *w = start(f, "none", "none", "enter");
	wait_for(&f->keyboards[1].grabbed, 1);
	type(f, 1, "QWE-1", 5);
	expect(w, "QWE-1");
	close(f->keyboards[1].ends[1]); /* pulled out: read(2) gives nothing */
	atomic_store(&f->keyboards[1].node, 0);
	wait_for(&f->keyboards[1].grabbed, 0);
	close(f->keyboards[1].ends[0]);
	plug(f, 1, "USB barcode scanner"); /* another one in its place */
	plug(f, 2, "USB barcode scanner");
	wait_for(&f->keyboards[1].grabbed, 1);
	wait_for(&f->keyboards[2].grabbed, 1);
	type(f, 1, "QWE-2", 5);
	expect(w, "QWE-2");
	type(f, 2, "QWE-3", 5);
	expect(w, "QWE-3");
	hand_worker_close(w);
	fake_free(f);
}

/* What is no scanner by name becomes one by what it types; until then, and again when a person types on it, it is everybody's. */
static void known_by_what_it_types(void **state) {
	(void)state;
	struct fake *f = fake_new();
	plug(f, 0, "SM SM-2D PRODUCT HID KBW");
	struct hand_worker *w = start(f, "none", "none", "enter");
	wait_for(&f->keyboards[0].opened, 1);
	type(f, 0, "123-456-QWE", 120); /* by hand */
	f->keyboards[0].us += 1000000;
	type(f, 0, "POI-1234567", 5);
	assert_null(hand_worker_take(w, 300));
	assert_int_equal(f->keyboards[0].grabbed, 0); /* a person typed on it once */
	hand_worker_close(w);
	fake_free(f);

	f = fake_new();
	plug(f, 0, "SM SM-2D PRODUCT HID KBW");
	w = start(f, "none", "none", "enter");
	wait_for(&f->keyboards[0].opened, 1);
	type(f, 0, "POI-1234567", 5); /* this one everybody heard */
	wait_for(&f->keyboards[0].grabbed, 1);
	f->keyboards[0].us += 1000000;
	type(f, 0, "POI-7654321", 5);
	expect(w, "POI-7654321");
	f->keyboards[0].us += 1000000;
	type(f, 0, "42", 300); /* a person */
	wait_for(&f->keyboards[0].grabbed, 0);
	hand_worker_close(w);
	fake_free(f);
}

static void names_of_scanners(void **state) {
	(void)state;
	assert_true(hand_named_scanner("Datalogic ADC, Inc. Handheld Barcode Scanner", ""));
	assert_true(hand_named_scanner("SM SM-2D PRODUCT HID KBW", "foo, sm-2d"));
	assert_false(hand_named_scanner("Logitech USB Keyboard", ""));
	assert_false(hand_named_scanner("Logitech USB Keyboard", " , ,"));
}

/* --- serial -------------------------------------------------------------------------------------------------------------------------- */

struct terminal {
	int master, slave;
	char path[64];
};

static void terminal_open(struct terminal *t) {
	assert_int_equal(openpty(&t->master, &t->slave, t->path, NULL, NULL), 0);
	fcntl(t->master, F_SETFD, FD_CLOEXEC);
}

static void send_bytes(const struct terminal *t, const char *bytes) {
	assert_int_equal(write(t->master, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

/* What is written before the line is open is flushed away, as it should be. */
static void wait_raw(const struct terminal *t) {
	for (int64_t end = clock_span_us() + 20000000;;) {
		struct termios now;
		assert_int_equal(tcgetattr(t->slave, &now), 0);
		if ((now.c_lflag & ICANON) == 0) {
			assert_int_equal(cfgetispeed(&now), B115200);
			assert_int_equal(now.c_cflag & CSIZE, CS8);
			break;
		}
		assert_true(clock_span_us() < end);
		clock_sleep_ms(2);
	}
}

static void serial_scanners(void **state) {
	(void)state;
	static const struct {
		const char *prefix, *suffix, *bytes, *codes[2];
	} cases[] = {{"none", "enter", "TO1 caf\xc3\xa9\r\n4006381333931\r", {"TO1 caf\xc3\xa9", "4006381333931"}},
		     {"stx", "etx", "\x02ONE\x03\x02TWO\x03", {"ONE", "TWO"}},
		     {"none",
		      "tab",
		      "A\x1d"
		      "B\tC\t",
		      {"A\x1d"
		       "B",
		       "C"}}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fake *f = fake_new();
		struct terminal t;
		terminal_open(&t);
		struct hand_worker *w = start(f, t.path, cases[i].prefix, cases[i].suffix);
		wait_raw(&t);
		send_bytes(&t, cases[i].bytes);
		expect(w, cases[i].codes[0]);
		expect(w, cases[i].codes[1]);
		hand_worker_close(w);
		close(t.master);
		close(t.slave);
		fake_free(f);
	}
}

static void a_pause_on_a_serial_line(void **state) {
	(void)state;
	struct fake *f = fake_new();
	struct terminal t;
	terminal_open(&t);
	struct hand_worker *w = start(f, t.path, "none", "none");
	wait_raw(&t);
	send_bytes(&t, "12345");
	expect(w, "12345");
	hand_worker_close(w);
	close(t.master);
	close(t.slave);
	fake_free(f);
}

/* The device is a link to a terminal: it goes with the terminal's other end, and another one comes in its place. */
static void a_serial_scanner_comes_and_goes(void **state) {
	struct scratch *s = *state;
	struct fake *f = fake_new();
	char *path = scratch_path(s, "ttyACM0");
	struct hand_worker *w = start(f, path, "none", "enter");
	for (int i = 0; i < 2; i++) {
		struct terminal t;
		char code[32];
		terminal_open(&t);
		assert_int_equal(symlink(t.path, path), 0);
		wait_raw(&t);
		snprintf(code, sizeof code, "CODE-%d", i);
		send_bytes(&t, code);
		send_bytes(&t, "\r");
		expect(w, code);
		assert_int_equal(unlink(path), 0);
		close(t.slave);
		close(t.master);
	}
	hand_worker_close(w);
	free(path);
	fake_free(f);
}

static void lines_that_are_none(void **state) {
	struct scratch *s = *state;
	struct err err = {0};
	char *path = scratch_write(s, "plain", "x", 1);
	assert_int_equal(hand_serial_open(path, 9600, &err), -1);
	assert_holds(err.text, "is no serial line");
	assert_int_equal(hand_serial_open("/nonexistent/ttyACM0", 9600, &err), -1);
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	free(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)
int main(void) {
	const struct CMUnitTest tests[] = {cmocka_unit_test(two_scanners_at_once),   cmocka_unit_test(keyboards_come_and_go),
					   cmocka_unit_test(known_by_what_it_types), cmocka_unit_test(names_of_scanners),
					   cmocka_unit_test(serial_scanners),        cmocka_unit_test(a_pause_on_a_serial_line),
					   TEST(a_serial_scanner_comes_and_goes),    TEST(lines_that_are_none)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
