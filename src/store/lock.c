#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"

enum lock_byte { WRITER_BYTE = 0, READER_BYTE = 1 };

struct lock {
	int fd;
	bool writer;
	bool found_wal; /* it was there before we read */
	char *event_path;
};

static bool take(int fd, enum lock_byte byte, short type) {
	struct flock l = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
	return fcntl(fd, F_OFD_SETLK, &l) == 0;
}

static int open_lock_file(const char *event_path, int flags) {
	char *path = xasprintf("%s.lock", event_path);
	int fd = open(path, flags | O_CLOEXEC, 0644);
	free(path);
	return fd;
}

void lock_holder(const char *program, char text[200]) {
	char host[100] = "this machine";
	gethostname(host, sizeof host - 1);
	snprintf(text, 200, "%s, process %ld on %s", program, (long)getpid(), host);
}

static bool busy(int fd, struct err *err) {
	char holder[256] = {0};
	ssize_t n = pread(fd, holder, sizeof holder - 1, 0);
	if (n > 0) {
		holder[strcspn(holder, "\n")] = '\0';
	}
	return err_set(err, ERR_BUSY, "%s is writing to this event file now; close it first, or use another copy of the file",
		       n > 0 && holder[0] ? holder : "another program");
}

struct lock *lock_write(const char *event_path, const char *holder, struct err *err) {
	int fd = open_lock_file(event_path, O_RDWR | O_CREAT);
	if (fd < 0) {
		err_errno(err, "cannot write beside the event file");
		return NULL;
	}
	if (!take(fd, WRITER_BYTE, F_WRLCK)) {
		busy(fd, err);
		close(fd);
		return NULL;
	}
	/* Only the name matters here, not its durability; a full disk must not keep the kiosk from opening. */
	size_t n = strlen(holder);
	if (ftruncate(fd, 0) != 0 || pwrite(fd, holder, n, 0) != (ssize_t)n || pwrite(fd, "\n", 1, (off_t)n) != 1) {
		errno = 0;
	}
	struct lock *lock = xcalloc(1, sizeof *lock);
	*lock = (struct lock){.fd = fd, .writer = true, .event_path = xstrdup(event_path)};
	return lock;
}

static char *side_file(const struct lock *lock, const char *suffix) { return xasprintf("%s%s", lock->event_path, suffix); }

struct lock *lock_read(const char *event_path) {
	struct lock *lock = xcalloc(1, sizeof *lock);
	*lock = (struct lock){.fd = open_lock_file(event_path, O_RDWR), .event_path = xstrdup(event_path)};
	if (lock->fd >= 0) {
		take(lock->fd, READER_BYTE, F_RDLCK);
	}
	char *wal = side_file(lock, "-wal");
	lock->found_wal = file_exists(wal);
	free(wal);
	return lock;
}

static void clear_side_files(const struct lock *lock) {
	if (lock->found_wal || !take(lock->fd, READER_BYTE, F_WRLCK) || !take(lock->fd, WRITER_BYTE, F_WRLCK)) {
		return;
	}
	char *wal = side_file(lock, "-wal");
	char *shm = side_file(lock, "-shm");
	struct stat st;
	if (stat(wal, &st) == 0 && st.st_size == 0) {
		unlink(shm);
		unlink(wal);
	}
	free(wal);
	free(shm);
}

void lock_release(struct lock *lock) {
	if (lock == NULL) {
		return;
	}
	if (lock->fd >= 0) {
		if (!lock->writer) {
			clear_side_files(lock);
		}
		close(lock->fd);
	}
	free(lock->event_path);
	free(lock);
}
