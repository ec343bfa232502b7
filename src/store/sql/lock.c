/* 1. One process writes a file at a time, under whatever name: the first byte of the lock file is locked, and that of the event file itself.
 * 2. The lock outlives every write. It belongs to a descriptor that is closed after SQLite's connection; when the process is killed the kernel closes
 *    descriptors only after the last thread's last system call has returned. So there is no dying writer beside the next one, and no number
 *    of a process is asked for: the name in the lock file is for people.
 * 3. The lock file is the one under its name, else it is taken anew (still_there): a last reader may take it away. */
#include "store/sql/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"

#define TRIES 5 /* somebody may hold it for a moment only */
#define TRY_MS 20

enum lock_byte { WRITER_BYTE = 0, READER_BYTE = 1 };

struct lock {
	int fd;
	bool writer;
	int event_fd;   /* of a writer: the event file itself; -1: none */
	bool on_event;  /* fd is the event file itself: there is no lock file, no writer was ever here */
	bool found_wal; /* it was there before we read */
	char *event_path;
};

static int open_lock_file(const char *event_path, int flags) {
	char *path = xasprintf("%s.lock", event_path);
	int fd = open(path, flags | O_CLOEXEC, FILE_PRIVATE);
	free(path);
	return fd;
}

void lock_holder(const char *program, char text[200]) {
	char host[100] = "this machine";
	gethostname(host, sizeof host - 1);
	snprintf(text, 200, "%s, process %ld on %s", program, (long)getpid(), host);
}

static void read_holder(int fd, char text[LOCK_HOLDER_MAX]) {
	ssize_t n = fd < 0 ? -1 : pread(fd, text, LOCK_HOLDER_MAX - 1, 0);
	text[n > 0 ? n : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
	if (text[0] == '\0') {
		str_copy(text, LOCK_HOLDER_MAX, "another program");
	}
}

void lock_written_by(const char *event_path, char text[LOCK_HOLDER_MAX]) {
	int fd = open_lock_file(event_path, O_RDONLY);
	read_holder(fd, text);
	if (fd >= 0) {
		close(fd);
	}
}

static bool busy(int fd, struct err *err) {
	char holder[LOCK_HOLDER_MAX];
	read_holder(fd, holder);
	return err_set(err, ERR_BUSY, "%s is writing to this event file now; close it first, or use another copy of the file", holder);
}

/* False when the file is not the one of that name any more: the last reader took it away (clear_side_files). */
static bool still_there(int fd, const char *event_path) {
	struct stat ours;
	struct stat named;
	char *path = xasprintf("%s.lock", event_path);
	bool same = fstat(fd, &ours) == 0 && stat(path, &named) == 0 && ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
	free(path);
	return same;
}

static int take_lock_file(const char *event_path, struct err *err) {
	for (int tries = 0;; tries++) {
		int fd = open_lock_file(event_path, O_RDWR | O_CREAT);
		if (fd < 0) {
			err_errno(err, "%s.lock beside it cannot be written", event_path);
			return -1;
		}
		bool taken = file_lock_byte(fd, WRITER_BYTE, false);
		if (taken && still_there(fd, event_path)) {
			return fd;
		}
		if (!taken && tries == TRIES) {
			busy(fd, err);
			close(fd);
			return -1;
		}
		close(fd);
		if (!taken) {
			clock_sleep_ms(TRY_MS);
		}
	}
}

/* The lock file goes by the name, and a file may have several (hard links), each with a write-ahead log of its own: two writers would spoil it. So its
 * first byte is locked as well, beside SQLite's own locks, which lie beyond the first GiB. As long as this process has the file open in
 * SQLite the descriptor stays open: closing it would drop those. False: under another name it is being written. */
static bool take_event_file(const char *event_path, int *fd, struct err *err) {
	*fd = open(event_path, O_RDWR | O_CLOEXEC);
	if (*fd < 0 || file_lock_byte(*fd, WRITER_BYTE, false)) {
		return true; /* who may not open it will hear that from SQLite */
	}
	close(*fd);
	*fd = -1;
	return err_set(err, ERR_BUSY,
		       "another program is writing to this event file now, under another name of it (a hard link); close it first");
}

struct lock *lock_write(const char *event_path, const char *holder, struct err *err) {
	int event_fd = -1;
	int fd = take_lock_file(event_path, err);
	if (fd < 0) {
		return NULL;
	}
	if (!take_event_file(event_path, &event_fd, err)) {
		close(fd);
		return NULL;
	}
	/* Only the name matters here, not its durability; a full disk must not keep the kiosk from opening. */
	size_t n = strlen(holder);
	if (ftruncate(fd, 0) != 0 || pwrite(fd, holder, n, 0) != (ssize_t)n || pwrite(fd, "\n", 1, (off_t)n) != 1) {
		errno = 0;
	}
	struct lock *lock = xcalloc(1, sizeof *lock);
	*lock = (struct lock){.fd = fd, .event_fd = event_fd, .writer = true, .event_path = xstrdup(event_path)};
	return lock;
}

bool lock_is_free(const char *event_path) {
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = WRITER_BYTE, .l_len = 1};
	int fd = open_lock_file(event_path, O_RDONLY);
	bool held = fd >= 0 && fcntl(fd, F_OFD_GETLK, &l) == 0 && l.l_type != F_UNLCK;
	if (fd >= 0) {
		close(fd);
	}
	return !held;
}

static char *side_file(const struct lock *lock, const char *suffix) { return xasprintf("%s%s", lock->event_path, suffix); }

struct lock *lock_read(const char *event_path) {
	struct lock *lock = xcalloc(1, sizeof *lock);
	*lock = (struct lock){.fd = open_lock_file(event_path, O_RDWR), .event_fd = -1, .event_path = xstrdup(event_path)};
	if (lock->fd < 0 && errno == ENOENT) {
		/* SQLite's own locks lie beyond the first GiB. They are POSIX locks, which go when any descriptor of the file is closed in
		 * this process: so this one is closed after SQLite's. */
		lock->fd = open(event_path, O_RDWR | O_CLOEXEC);
		lock->on_event = true;
	}
	if (lock->fd >= 0) {
		file_lock_byte(lock->fd, READER_BYTE, true);
	}
	char *wal = side_file(lock, "-wal");
	lock->found_wal = file_exists(wal);
	free(wal);
	return lock;
}

static void unlink_side_files(const struct lock *lock) {
	char *wal = side_file(lock, "-wal");
	char *shm = side_file(lock, "-shm");
	struct stat st;
	/* Only an empty one: another may hold committed changes. */
	if (stat(wal, &st) == 0 && st.st_size == 0) {
		unlink(shm);
		unlink(wal);
	}
	free(wal);
	free(shm);
}

static void clear_side_files(const struct lock *lock) {
	/* What was there before is somebody else's. The exclusive lock is refused while another reader shares the byte. */
	if (lock->found_wal || !file_lock_byte(lock->fd, READER_BYTE, false)) {
		return;
	}
	if (!lock->on_event) {
		if (file_lock_byte(lock->fd, WRITER_BYTE, false)) {
			unlink_side_files(lock);
		}
		return;
	}
	/* Keeps a first writer out for this moment; who opened the lock file meanwhile finds it gone and makes another (still_there). */
	int fd = open_lock_file(lock->event_path, O_RDWR | O_CREAT | O_EXCL);
	if (fd >= 0 && file_lock_byte(fd, WRITER_BYTE, false)) {
		unlink_side_files(lock);
		char *path = side_file(lock, ".lock");
		unlink(path);
		free(path);
	}
	if (fd >= 0) {
		close(fd);
	}
}

void lock_release(struct lock *lock) {
	if (lock == NULL) {
		return;
	}
	if (lock->event_fd >= 0) {
		close(lock->event_fd);
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
