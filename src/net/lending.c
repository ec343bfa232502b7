#include "net/lending.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/str.h"
#include "base/worker.h"

#define YOURS "yours\n"
#define NOT_NOW "not now\n"
#define GREETING_MAX 16
#define NAME_BYTES 10 /* of the hash of the file's path */

/* --- where -------------------------------------------------------------------------------------------------------------------------------- */

static bool is_own_folder(const char *path) {
	struct stat st;
	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() && (st.st_mode & 077) == 0;
}

/* New memory; NULL: there is none that others could not write into. */
static char *runtime_folder(void) {
	const char *named = getenv("XDG_RUNTIME_DIR");
	char *folder = str_empty(named) ? xasprintf("/run/user/%u", (unsigned)geteuid()) : xstrdup(named);
	if (is_own_folder(folder)) {
		return folder;
	}
	free(folder);
	folder = xasprintf("/tmp/turnout-%u", (unsigned)geteuid());
	if (mkdir(folder, 0700) != 0 && !is_own_folder(folder)) {
		free(folder);
		return NULL;
	}
	return folder;
}

static bool address_of(const char *path, struct sockaddr_un *out, struct err *err) {
	char *folder = runtime_folder();
	char name[2 * NAME_BYTES + 1];
	struct hash hash = crypto_sha256(path, strlen(path));
	str_hex(hash.b, NAME_BYTES, name);
	*out = (struct sockaddr_un){.sun_family = AF_UNIX};
	int n = folder == NULL ? -1 : snprintf(out->sun_path, sizeof out->sun_path, "%s/turnout-%s.sock", folder, name);
	free(folder);
	return (n > 0 && (size_t)n < sizeof out->sun_path) ||
	       err_set(err, ERR_SYSTEM, "there is no folder of this user's own for sockets (XDG_RUNTIME_DIR)");
}

/* --- lending ------------------------------------------------------------------------------------------------------------------------------ */

struct lender {
	struct worker worker;
	struct lender_options options;
	struct sockaddr_un address;
	int listening;
	int stop[2]; /* a pipe: closed at its writing end when the thread is to end */
};

static bool is_same_user(int fd) {
	struct ucred peer;
	socklen_t n = sizeof peer;
	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0 && peer.uid == geteuid();
}

static void greet(int fd, const char *text) {
	(void)!send(fd, text, strlen(text), MSG_NOSIGNAL); /* who went away meanwhile is noticed at once */
}

/* Waits for the one end or the other; true when it was the lender's own. */
static bool wait_for(const struct lender *l, int fd) {
	struct pollfd fds[] = {{.fd = l->stop[0], .events = POLLIN}, {.fd = fd, .events = POLLIN}};
	while (poll(fds, COUNT_OF(fds), -1) < 0 && errno == EINTR) {
	}
	return fds[0].revents != 0;
}

/* Until the borrower closes the connection; what they send says nothing. */
static void wait_for_return(const struct lender *l, int fd) {
	char ignored[64];
	while (!wait_for(l, fd) && recv(fd, ignored, sizeof ignored, 0) > 0) {
	}
}

static void lend(struct lender *l, int fd) {
	if (!is_same_user(fd)) {
		return;
	}
	if (!l->options.give(l->options.context)) {
		greet(fd, NOT_NOW);
		return;
	}
	greet(fd, YOURS);
	wait_for_return(l, fd);
	l->options.take_back(l->options.context);
}

static void *run(void *argument) {
	struct lender *l = argument;
	while (!wait_for(l, l->listening)) {
		int fd = accept4(l->listening, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0) {
			lend(l, fd);
			close(fd);
		}
	}
	return NULL;
}

/* A socket that nobody listens on was left by a process that was killed. */
static bool clear_stale(const struct sockaddr_un *address, struct err *err) {
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool lives = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;
	if (fd >= 0) {
		close(fd);
	}
	if (lives) {
		return err_set(err, ERR_BUSY, "another program lends this file already");
	}
	unlink(address->sun_path);
	return true;
}

static bool listen_at(struct lender *l, struct err *err) {
	if (!clear_stale(&l->address, err)) {
		return false;
	}
	l->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok = l->listening >= 0 && bind(l->listening, (const struct sockaddr *)&l->address, sizeof l->address) == 0 &&
		  chmod(l->address.sun_path, 0600) == 0 && listen(l->listening, 8) == 0 && pipe2(l->stop, O_CLOEXEC) == 0;
	return ok || err_errno(err, "%s", l->address.sun_path);
}

bool lender_open(const struct lender_options *options, struct lender **out, struct err *err) {
	struct lender *l = xcalloc(1, sizeof *l);
	struct worker_options worker = {.name = "the thread that lends the event file", .run = run, .self = l};
	l->options = *options;
	l->listening = l->stop[0] = l->stop[1] = -1;
	if (!address_of(options->path, &l->address, err) || !listen_at(l, err) || !worker_start(&l->worker, &worker, err)) {
		lender_close(l);
		return false;
	}
	*out = l;
	return true;
}

static void close_fd(int fd) {
	if (fd >= 0) {
		close(fd);
	}
}

void lender_close(struct lender *l) {
	if (l == NULL) {
		return;
	}
	bool ours = l->worker.runs;
	close_fd(l->stop[1]);
	worker_fini(&l->worker, NULL, NULL);
	close_fd(l->stop[0]);
	close_fd(l->listening);
	if (ours) {
		unlink(l->address.sun_path);
	}
	free(l);
}

/* --- borrowing ---------------------------------------------------------------------------------------------------------------------------- */

/* The one line that comes, or what there is of it until then. */
static void read_line(int fd, int timeout_ms, char line[GREETING_MAX]) {
	size_t n = 0;
	int64_t until = clock_mono().v + timeout_ms;
	line[0] = '\0';
	while (n + 1 < GREETING_MAX && strchr(line, '\n') == NULL) {
		struct pollfd in = {.fd = fd, .events = POLLIN};
		int64_t left = until - clock_mono().v;
		int ready = left <= 0 ? 0 : poll(&in, 1, (int)left);
		ssize_t got = ready > 0 ? recv(fd, line + n, GREETING_MAX - 1 - n, 0) : 0;
		if (got <= 0 && (ready >= 0 || errno != EINTR)) {
			return;
		}
		n += got > 0 ? (size_t)got : 0;
		line[n] = '\0';
	}
}

int borrow(const char *path, int timeout_ms, struct err *err) {
	struct sockaddr_un address;
	char line[GREETING_MAX];
	if (!address_of(path, &address, err)) {
		return -1;
	}
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0 || !is_same_user(fd)) {
		close_fd(fd);
		err_set(err, ERR_NOT_FOUND, "nobody lends %s", path);
		return -1;
	}
	read_line(fd, timeout_ms, line);
	if (!str_eq(line, YOURS)) {
		close(fd);
		err_set(err, ERR_BUSY, "%s is in use and was not lent in time", path);
		return -1;
	}
	return fd;
}
