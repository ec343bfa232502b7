#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"

static bool read_fd(int fd, size_t cap, struct strbuf *out, struct err *err) {
	for (;;) {
		strbuf_reserve(out, 65536);
		ssize_t n = read(fd, out->data + out->len, 65536);
		if (n == 0) {
			out->data[out->len] = '\0';
			return true;
		}
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return err_errno(err, "cannot read");
		}
		out->len += (size_t)n;
		if (out->len > cap) {
			return err_set(err, ERR_INPUT, "larger than %zu MiB, the most this program takes", cap >> 20);
		}
	}
}

bool file_read(const char *path, size_t cap, struct strbuf *out, struct err *err) {
	if (str_eq(path, "-")) {
		return read_fd(STDIN_FILENO, cap, out, err) || err_wrap(err, "standard input");
	}
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		return err_errno(err, "cannot open %s", path);
	}
	bool ok = read_fd(fd, cap, out, err) || err_wrap(err, "%s", path);
	close(fd);
	return ok;
}

bool file_read_plain(const char *path, size_t cap, struct strbuf *out, struct err *err) {
	struct stat st;
	/* Without waiting: opening a pipe that nobody writes to would take for ever. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0 && errno != ELOOP) {
		return err_errno(err, "cannot open %s", path);
	}
	bool ok = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? read_fd(fd, cap, out, err)
									: err_set(err, ERR_INPUT, "this is no file but something else");
	if (fd >= 0) {
		close(fd);
	}
	return ok || err_wrap(err, "%s", path);
}

bool file_make(const char *path, struct err *err) {
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_PRIVATE);
	if (fd < 0) {
		return errno == EEXIST ? err_set(err, ERR_REFUSED, "it exists already; nothing was changed")
				       : err_errno(err, "cannot make it");
	}
	close(fd);
	return true;
}

static bool write_all(int fd, const void *data, size_t n, struct err *err) {
	const char *at = data;
	while (n > 0) {
		ssize_t done = write(fd, at, n);
		if (done < 0 && errno == EINTR) {
			continue;
		}
		if (done < 0) {
			return err_errno(err, "cannot write");
		}
		at += done;
		n -= (size_t)done;
	}
	return true;
}

/* Makes a rename or removal in the path's folder durable. */
static bool sync_folder(const char *path, struct err *err) {
	char *folder = xstrdup(path);
	char *slash = strrchr(folder, '/');
	if (slash != NULL) {
		/* Of "/name" the folder is "/". */
		slash[slash == folder ? 1 : 0] = '\0';
	}
	int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Some file systems cannot fsync a folder (EINVAL); there is nothing more to be done there. */
	bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
	if (!ok) {
		err_errno(err, "cannot sync the folder of %s", path);
	}
	if (fd >= 0) {
		close(fd);
	}
	free(folder);
	return ok;
}

/* A pipe, a terminal, /dev/full: nothing can be renamed over it. */
static bool write_device(const char *path, const void *data, size_t n, struct err *err) {
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0) {
		return err_errno(err, "%s", path);
	}
	bool ok = write_all(fd, data, n, err) || err_wrap(err, "%s", path);
	close(fd);
	return ok;
}

bool file_place_check(const char *path, struct err *err) {
	size_t n = (size_t)(file_base_name(path) - path);
	if (file_is_dir(path)) {
		return err_set(err, ERR_REFUSED, "%s is a folder: name the file in it, such as %s%sNAME", path, path,
			       path[n] == '\0' ? "" : "/");
	}
	char *folder = n == 0 ? xstrdup(".") : xstrndup(path, n);
	bool ok = file_is_dir(folder);
	if (!ok) {
		while (n > 1 && folder[n - 1] == '/') {
			folder[--n] = '\0';
		}
		err_set(err, ERR_REFUSED,
			file_exists(folder) ? "%s is no folder: nothing can be made in it"
					    : "there is no folder %s: make it first, or name another",
			folder);
	}
	free(folder);
	return ok;
}

bool file_new_check(const char *path, struct err *err) {
	struct stat st;
	return file_place_check(path, err) &&
	       (lstat(path, &st) != 0 ||
		err_set(err, ERR_REFUSED, "%s exists already; nothing was changed: choose another name, or move that one away first",
			path));
}

static int make_beside(const char *path, char **temporary, struct err *err) {
	*temporary = xasprintf("%s.XXXXXX", path);
	int fd = mkostemp(*temporary, O_CLOEXEC); /* made with FILE_PRIVATE: mkstemp(3) */
	int why = errno;
	if (fd < 0 && file_place_check(path, err)) {
		errno = why;
		err_errno(err, "cannot write beside %s", path);
	}
	return fd;
}

bool file_write_try(const char *path, struct err *err) {
	struct stat st;
	if (str_eq(path, "-")) {
		return true;
	}
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		return file_place_check(path, err) && (access(path, W_OK) == 0 || err_errno(err, "%s", path));
	}
	char *real = realpath(path, NULL), *temporary = NULL;
	int fd = make_beside(real != NULL ? real : path, &temporary, err);
	if (fd >= 0) {
		close(fd);
		unlink(temporary);
	}
	free(temporary);
	free(real);
	return fd >= 0;
}

/* A new file beside the old one, on the medium before it takes the old one's name, and the name on the medium before it is called done:
 * after a power cut there is the old file or the new one, never half of one. */
bool file_write(const char *path, const void *data, size_t n, struct err *err) {
	if (str_eq(path, "-")) {
		return write_all(STDOUT_FILENO, data, n, err) || err_wrap(err, "standard output");
	}
	struct stat st;
	bool there = stat(path, &st) == 0;
	if (there && !S_ISREG(st.st_mode)) {
		return file_place_check(path, err) && write_device(path, data, n, err);
	}
	char *real = realpath(path, NULL); /* a symbolic link stays one: what it names is written */
	path = real != NULL ? real : path;
	char *temporary = NULL;
	bool ok = false;
	int fd = make_beside(path, &temporary, err);
	if (fd < 0) {
		goto out;
	}
	ok = write_all(fd, data, n, err);
	if (ok && ((there && fchmod(fd, st.st_mode & 0777) != 0) || fsync(fd) != 0)) {
		ok = err_errno(err, "cannot finish writing");
	}
	close(fd);
	if (ok && rename(temporary, path) != 0) {
		ok = err_errno(err, "cannot rename the new file");
	}
	if (!ok) {
		unlink(temporary);
		err_wrap(err, "%s", path);
	} else {
		ok = sync_folder(path, err);
	}
out:
	free(temporary);
	free(real);
	return ok;
}

#define WATCH_BYTES ((size_t)1024 * 1024)

static bool moved(const struct file_watch *watch, size_t done, struct err *err) {
	return watch == NULL || watch->moved(watch->context, done) || err_set(err, ERR_REFUSED, "the writing was ended");
}

/* Where somebody watches, it is written part by part, and each part is on the medium before it is counted. */
static bool write_watched(int fd, const void *data, size_t n, const struct file_watch *watch, struct err *err) {
	size_t part = 0;
	bool ok = true;
	for (size_t at = 0; ok && at < n; at += part) {
		part = watch != NULL && n - at > WATCH_BYTES ? WATCH_BYTES : n - at;
		ok = write_all(fd, (const char *)data + at, part, err) && (fsync(fd) == 0 || err_errno(err, "cannot finish writing")) &&
		     moved(watch, at + part, err);
	}
	return ok && (n != 0 || fsync(fd) == 0 || err_errno(err, "cannot finish writing"));
}

/* Reads the file back and compares. The kernel is asked to forget what it holds of it first, so that the medium answers. */
static bool read_back(int fd, const void *data, size_t n, const struct file_watch *watch, struct err *err) {
	char part[65536];
	size_t at = 0;
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	for (;;) {
		ssize_t got = pread(fd, part, sizeof part, (off_t)at);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got < 0) {
			return err_errno(err, "cannot read back what was written");
		}
		if (got == 0) {
			return at == n || err_set(err, ERR_SYSTEM, "what was written is cut short on the medium");
		}
		if ((size_t)got > n - at || memcmp((const char *)data + at, part, (size_t)got) != 0) {
			return err_set(err, ERR_SYSTEM, "what was written reads back otherwise: the medium is bad");
		}
		at += (size_t)got;
		if (!moved(watch, n + at, err)) {
			return false;
		}
	}
}

bool file_write_checked(const char *path, const void *data, size_t n, const struct file_watch *watch, struct err *err) {
	char *temporary = xasprintf("%s.new", path);
	/* What lies there may be of a visit that was cut off, or a link by which somebody wants another file to be written over. */
	bool ok = unlink(temporary) == 0 || errno == ENOENT || err_errno(err, "cannot replace %s", temporary);
	int fd = ok ? open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FILE_PRIVATE) : -1;
	if (fd >= 0) {
		ok = write_watched(fd, data, n, watch, err) && read_back(fd, data, n, watch, err);
		close(fd);
		ok = ok && (rename(temporary, path) == 0 || err_errno(err, "cannot rename the new file"));
		if (!ok) {
			unlink(temporary);
		}
	} else if (ok) {
		ok = err_errno(err, "cannot write");
	}
	if (!ok) {
		err_wrap(err, "%s", path);
	}
	free(temporary);
	return ok && sync_folder(path, err);
}

size_t file_size(const char *path) {
	struct stat st;
	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) ? (size_t)st.st_size : 0;
}

bool file_remove(const char *path, struct err *err) {
	if (unlink(path) != 0) {
		return errno == ENOENT || err_errno(err, "cannot remove %s", path);
	}
	return sync_folder(path, err);
}

bool file_mkdirs(const char *path, struct err *err) {
	char *work = xstrdup(path);
	bool ok = true;
	for (char *at = work + 1; ok; at++) {
		if (*at != '/' && *at != '\0') {
			continue;
		}
		char end = *at;
		*at = '\0';
		/* What is written in it is durable only when it is itself. */
		ok = mkdir(work, 0700) == 0 ? sync_folder(work, err) : errno == EEXIST || err_errno(err, "cannot make the folder %s", work);
		*at = end;
		if (end == '\0') {
			break;
		}
	}
	if (ok && !file_is_dir(path)) {
		ok = err_set(err, ERR_SYSTEM, "%s is in the way: a folder is wanted there", path);
	}
	free(work);
	return ok;
}

bool file_exists(const char *path) { return access(path, F_OK) == 0; }

bool file_is_dir(const char *path) {
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool file_is_link(const char *path) {
	struct stat st;
	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

static int compare_names(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

bool file_list(const char *folder, size_t cap, char ***names, size_t *count, struct err *err) {
	DIR *dir = opendir(folder);
	if (dir == NULL) {
		return err_errno(err, "cannot open the folder %s", folder);
	}
	struct {
		char **items;
		size_t count, cap;
	} list = {0};
	bool ok = true;
	for (struct dirent *entry = readdir(dir); ok && entry != NULL; entry = readdir(dir)) {
		if (entry->d_name[0] == '.') {
			continue;
		}
		ARRAY_GROW(&list, items);
		list.items[list.count++] = xstrdup(entry->d_name);
		ok = list.count <= cap || err_set(err, ERR_INPUT, "%s holds more than %zu files, the most this program takes", folder, cap);
	}
	closedir(dir);
	if (!ok) {
		for (size_t i = 0; i < list.count; i++) {
			free(list.items[i]);
		}
		free(list.items);
		return false;
	}
	if (list.count != 0) {
		qsort(list.items, list.count, sizeof *list.items, compare_names);
	}
	*names = list.items;
	*count = list.count;
	return true;
}

bool file_lock_byte(int fd, int64_t byte, bool shared) {
	struct flock l = {.l_type = shared ? F_RDLCK : F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
	return fcntl(fd, F_OFD_SETLK, &l) == 0;
}

#define HOLD_TRY_MS 5

int file_hold(const char *path, int most_ms) {
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, FILE_PRIVATE);
	bool held = fd >= 0 && file_lock_byte(fd, 0, false);
	for (int waited = 0; fd >= 0 && !held && waited < most_ms; waited += HOLD_TRY_MS) {
		clock_sleep_ms(HOLD_TRY_MS);
		held = file_lock_byte(fd, 0, false);
	}
	if (fd >= 0 && !held) {
		close(fd);
	}
	return held ? fd : -1;
}

const char *file_base_name(const char *path) {
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

char *file_join(const char *folder, const char *name) {
	size_t n = strlen(folder);
	return xasprintf("%s%s%s", folder, n != 0 && folder[n - 1] == '/' ? "" : "/", name);
}
