/* A disk whose syncs take as long as one likes: preloaded, it counts fsync and fdatasync, and makes each of them last.
 *
 *   SYNC_SHIM_US     how many microseconds each takes at least; 0: they are not made at all, for what a program spends beside them
 *   SYNC_SHIM_COUNT  a file that is told at the end how many there were
 *
 * Without SYNC_SHIM_US they are made, and counted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef int sync_fn(int fd);

static atomic_llong calls;

static long long now_us(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static int take_long(const char *name, int fd) {
	const char *text = getenv("SYNC_SHIM_US");
	sync_fn *real = (sync_fn *)dlsym(RTLD_NEXT, name);
	atomic_fetch_add(&calls, 1);
	if (text == NULL) {
		return real(fd);
	}
	long long least = atoll(text), from = now_us();
	int rc = least > 0 ? real(fd) : 0;
	long long left = least - (now_us() - from);
	if (left > 0) {
		usleep((useconds_t)left);
	}
	return rc;
}

int fsync(int fd) { return take_long("fsync", fd); }

int fdatasync(int fd) { return take_long("fdatasync", fd); }

__attribute__((destructor)) static void tell(void) {
	const char *path = getenv("SYNC_SHIM_COUNT");
	FILE *out = path ? fopen(path, "w") : NULL;
	if (out != NULL) {
		fprintf(out, "%lld\n", (long long)atomic_load(&calls));
		fclose(out);
	}
}
