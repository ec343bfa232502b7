/* A disk and a memory that fail once: preloaded, the Nth call of one function on the files of an event fails, as SQLite's own anomaly tests do it
 * (https://sqlite.org/testing.html#anomaly_testing).
 *
 *   FAULT_CALL   write, sync, read, truncate, open, malloc: what fails
 *   FAULT_AT     which one, from 1; 0 or none: nothing fails, they are only counted
 *   FAULT_ERRNO  "EIO" (as without it) or "ENOSPC"
 *   FAULT_PATH   a part of the names of the files that count ("event"); for malloc it does not matter
 *   FAULT_COUNT  a file that is told at the end how many there were */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_llong calls;

static const char *setting(const char *name) {
	const char *value = getenv(name);
	return value == NULL ? "" : value;
}

static int fails(const char *call) {
	if (strcmp(setting("FAULT_CALL"), call) != 0) {
		return 0;
	}
	long long n = atomic_fetch_add(&calls, 1) + 1;
	if (n != atoll(setting("FAULT_AT"))) {
		return 0;
	}
	errno = strcmp(setting("FAULT_ERRNO"), "ENOSPC") == 0 ? ENOSPC : EIO;
	return 1;
}

static int counts(int fd) {
	char link[64], path[PATH_MAX + 1];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, path, PATH_MAX);
	path[n > 0 ? n : 0] = '\0';
	return strstr(path, setting("FAULT_PATH")) != NULL;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) {
	return counts(fd) && fails("write") ? -1 : REAL(pwrite64)(fd, data, n, at);
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return counts(fd) && fails("write") ? -1 : REAL(pwrite)(fd, data, n, at); }

ssize_t pread64(int fd, void *data, size_t n, off64_t at) { return counts(fd) && fails("read") ? -1 : REAL(pread64)(fd, data, n, at); }

ssize_t pread(int fd, void *data, size_t n, off_t at) { return counts(fd) && fails("read") ? -1 : REAL(pread)(fd, data, n, at); }

int fsync(int fd) { return counts(fd) && fails("sync") ? -1 : REAL(fsync)(fd); }

int fdatasync(int fd) { return counts(fd) && fails("sync") ? -1 : REAL(fdatasync)(fd); }

int ftruncate64(int fd, off64_t n) { return counts(fd) && fails("truncate") ? -1 : REAL(ftruncate64)(fd, n); }

int ftruncate(int fd, off_t n) { return counts(fd) && fails("truncate") ? -1 : REAL(ftruncate)(fd, n); }

static int open_real(const char *name, const char *path, int flags, mode_t mode) {
	if (strstr(path, setting("FAULT_PATH")) != NULL && fails("open")) {
		return -1;
	}
	int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);
	return real(path, flags, mode);
}

#define MODE_OF(flags)                                            \
	mode_t mode = 0;                                          \
	if (((flags)&O_CREAT) != 0 || ((flags)&O_TMPFILE) != 0) { \
		va_list ap;                                       \
		va_start(ap, flags);                              \
		mode = va_arg(ap, mode_t);                        \
		va_end(ap);                                       \
	}

int open(const char *path, int flags, ...) {
	MODE_OF(flags)
	return open_real("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
	MODE_OF(flags)
	return open_real("open64", path, flags, mode);
}

extern void *__libc_malloc(size_t n);

void *malloc(size_t n) {
	/* getenv allocates nothing; what counts it must not either. */
	static __thread int inside;
	if (inside == 0) {
		inside = 1;
		int failed = fails("malloc");
		inside = 0;
		if (failed) {
			errno = ENOMEM;
			return NULL;
		}
	}
	return __libc_malloc(n);
}

__attribute__((destructor)) static void tell(void) {
	const char *path = getenv("FAULT_COUNT");
	int fd = path ? REAL(open)(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	if (fd >= 0) {
		dprintf(fd, "%lld\n", (long long)atomic_load(&calls));
		close(fd);
	}
}
