#include "sim/machine.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/file.h"
#include "sim/disk.h"

#undef clock_gettime /* it is given another meaning here */

struct world_clock world;

/* --- dice --------------------------------------------------------------------------------------------------------------------------- */

static uint64_t splitmix(uint64_t *x) {
	uint64_t z = *x += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

void dice_seed(struct dice *d, uint64_t seed) {
	for (int i = 0; i < 4; i++) {
		d->s[i] = splitmix(&seed);
	}
}

static uint64_t turn(uint64_t x, int k) { return x << k | x >> (64 - k); }

uint64_t dice_next(struct dice *d) {
	uint64_t *s = d->s;
	uint64_t result = turn(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = turn(s[3], 45);
	return result;
}

int64_t dice_below(struct dice *d, int64_t n) { return n <= 1 ? 0 : (int64_t)(dice_next(d) % (uint64_t)n); }

bool dice_chance(struct dice *d, int percent) { return dice_below(d, 100) < percent; }

void dice_bytes(struct dice *d, void *out, uint64_t n) {
	uint8_t *at = out;
	for (uint64_t i = 0; i < n; i++) {
		at[i] = (uint8_t)dice_next(d);
	}
}

/* --- what libsodium asks -------------------------------------------------------------------------------------------------------------- */

static const char *name(void) { return "dice"; }

static uint32_t random_number(void) { return (uint32_t)dice_next(&world.dice); }

static void random_bytes(void *const out, const size_t n) { dice_bytes(&world.dice, out, n); }

void machine_init(void) {
	static randombytes_implementation dice = {.implementation_name = name, .random = random_number, .buf = random_bytes};
	if (randombytes_set_implementation(&dice) != 0 || sodium_init() < 0) {
		abort();
	}
	disk_init();
}

/* --- what the system is asked --------------------------------------------------------------------------------------------------------- */

static int64_t own_ms(void) {
	const struct machine *m = world.machine;
	int64_t since = m == NULL ? world.now_ms : world.now_ms - m->booted_ms;
	return m == NULL ? since : since + since * m->drift_ppm / 1000000;
}

int clock_gettime(clockid_t id, struct timespec *ts);
int clock_gettime(clockid_t id, struct timespec *ts) {
	const struct machine *m = world.machine;
	int64_t ms = own_ms();
	if (id == CLOCK_REALTIME && m != NULL) {
		ms = m->synchronised ? world.now_ms : ms + m->booted_ms + m->wall_off_ms;
	}
	ts->tv_sec = ms / 1000;
	ts->tv_nsec = (long)(ms % 1000) * 1000000;
	return 0;
}

int adjtimex(struct timex *state) {
	bool synchronised = world.machine != NULL && world.machine->synchronised;
	state->status = synchronised ? 0 : STA_UNSYNC;
	return synchronised ? TIME_OK : TIME_ERROR;
}

void __wrap_clock_boot_id(char id[37]);
void __wrap_clock_boot_id(char id[37]) { memcpy(id, world.machine->boot, 37); }

void __wrap_clock_sleep_ms(int ms);
void __wrap_clock_sleep_ms(int ms) { world.now_ms += ms; }

/* --- small files ---------------------------------------------------------------------------------------------------------------------- */

bool machine_write(bool *after) {
	struct machine *m = world.machine;
	*after = false;
	if (m == NULL) {
		return false;
	}
	if (!m->dead && m->writes_left >= 0 && m->writes_left-- == 0) {
		m->dead = true;
		*after = dice_chance(&world.dice, 50);
		return !*after;
	}
	return m->dead || m->full;
}

static bool no(struct err *err, const char *path) {
	return err_set(err, ERR_SYSTEM, "%s: %s", path, world.machine->dead ? "the power is gone" : "the disk is full");
}

#define WRAP(name, parameters, arguments)          \
	bool __real_##name parameters;             \
	bool __wrap_##name parameters;             \
	bool __wrap_##name parameters {            \
		bool after;                        \
		if (machine_write(&after)) {       \
			return no(err, path);      \
		}                                  \
		bool ok = __real_##name arguments; \
		return after ? no(err, path) : ok; \
	}

WRAP(file_write, (const char *path, const void *data, size_t n, struct err *err), (path, data, n, err))
WRAP(file_write_checked, (const char *path, const void *data, size_t n, const struct file_watch *watch, struct err *err),
     (path, data, n, watch, err))
WRAP(file_remove, (const char *path, struct err *err), (path, err))

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to) {
	bool after;
	if (machine_write(&after)) {
		errno = EIO;
		return -1;
	}
	int rc = __real_rename(from, to);
	errno = after ? EIO : errno;
	return after ? -1 : rc;
}

/* Nothing that a program says while its world falls apart is news. */
void __wrap_log_warn(const char *part, const char *fmt, ...);
void __wrap_log_warn(const char *part, const char *fmt, ...) {
	(void)part;
	(void)fmt;
}

void __wrap_log_info(const char *part, const char *fmt, ...);
void __wrap_log_info(const char *part, const char *fmt, ...) {
	(void)part;
	(void)fmt;
}

/* --- machines ------------------------------------------------------------------------------------------------------------------------- */

void machine_enter(struct machine *m) {
	world.machine = m;
	char *state = m == NULL ? NULL : file_join(m->folder, "state");
	if (state != NULL) {
		setenv("XDG_STATE_HOME", state, 1);
	}
	free(state);
}

void machine_boot(struct machine *m) {
	uint8_t id[16];
	dice_bytes(&world.dice, id, sizeof id);
	snprintf(m->boot, sizeof m->boot, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", id[0], id[1], id[2],
		 id[3], id[4], id[5], id[6], id[7], id[8], id[9], id[10], id[11], id[12], id[13], id[14], id[15]);
	m->booted_ms = world.now_ms - dice_below(&world.dice, 20000);
	m->dead = m->full = false;
	m->writes_left = -1;
}

void machine_crash(struct machine *m, bool power) {
	disk_crash(m->folder, power);
	m->dead = false;
	m->writes_left = -1;
}

void machine_forget(struct machine *m) { disk_forget(m->folder); }
