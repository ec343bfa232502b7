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

#define PLACES_MAX 4 /* what find_places adds */

struct places { /* where the sockets of a file are */
	struct sockaddr_un at[PLACES_MAX];
	dev_t devices[PLACES_MAX];
	ino_t folders[PLACES_MAX];
	size_t count;
};

/* One that others can write into is none: they could put a socket of theirs there. */
static void add_place(struct places *places, const char *folder, const char *name) {
	struct stat st;
	if (folder == NULL || lstat(folder, &st) != 0 || !S_ISDIR(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & 022) != 0) {
		return;
	}
	for (size_t i = 0; i < places->count; i++) {
		if (places->devices[i] == st.st_dev && places->folders[i] == st.st_ino) {
			return;
		}
	}
	struct sockaddr_un *at = &places->at[places->count];
	*at = (struct sockaddr_un){.sun_family = AF_UNIX};
	int n = snprintf(at->sun_path, sizeof at->sun_path, "%s/turnout-%s.sock", folder, name);
	if (n > 0 && (size_t)n < sizeof at->sun_path) {
		places->devices[places->count] = st.st_dev;
		places->folders[places->count++] = st.st_ino;
	}
}

/* `lend`: the one in /tmp is made. It is all that a service with a state folder of its own and a command have in common. */
static void find_places(const char *path, const char *state, bool lend, struct places *out) {
	char name[2 * NAME_BYTES + 1];
	struct hash hash = crypto_sha256(path, strlen(path));
	char *run = xasprintf("/run/user/%u", (unsigned)geteuid()), *tmp = xasprintf("/tmp/turnout-%u", (unsigned)geteuid());
	str_hex(hash.b, NAME_BYTES, name);
	*out = (struct places){.count = 0};
	add_place(out, getenv("XDG_RUNTIME_DIR"), name);
	add_place(out, run, name);
	add_place(out, state, name);
	if (lend) {
		(void)!mkdir(tmp, 0700); /* it may be there */
	}
	add_place(out, tmp, name);
	free(tmp);
	free(run);
}

/* --- lending ------------------------------------------------------------------------------------------------------------------------------ */

struct lender {
	struct worker worker;
	struct lender_options options;
	struct places places;
	int listening[PLACES_MAX];
	int stop[2]; /* a pipe: closed at its writing end when the thread is to end */
};

static void close_fd(int fd) {
	if (fd >= 0) {
		close(fd);
	}
}

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

/* Waits for whoever comes to any of the sockets; false: the thread is to end. */
static bool wait_for_any(const struct lender *l, int *listening) {
	struct pollfd fds[PLACES_MAX + 1] = {{.fd = l->stop[0], .events = POLLIN}};
	for (size_t i = 0; i < l->places.count; i++) {
		fds[i + 1] = (struct pollfd){.fd = l->listening[i], .events = POLLIN};
	}
	while (poll(fds, l->places.count + 1, -1) < 0 && errno == EINTR) {
	}
	*listening = -1;
	for (size_t i = 0; i < l->places.count && *listening < 0; i++) {
		*listening = fds[i + 1].revents != 0 ? l->listening[i] : -1;
	}
	return fds[0].revents == 0;
}

static void *run(void *argument) {
	struct lender *l = argument;
	int listening;
	while (wait_for_any(l, &listening)) {
		int fd = listening < 0 ? -1 : accept4(listening, NULL, NULL, SOCK_CLOEXEC);
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

static bool listen_at(const struct sockaddr_un *at, int *listening, struct err *err) {
	if (!clear_stale(at, err)) {
		return false;
	}
	/* Who came and went away again before accept leaves nobody to wait for there. */
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool ok = fd >= 0 && bind(fd, (const struct sockaddr *)at, sizeof *at) == 0 && chmod(at->sun_path, 0600) == 0 && listen(fd, 8) == 0;
	if (!ok) {
		err_errno(err, "%s", at->sun_path);
		close_fd(fd);
	}
	*listening = ok ? fd : -1;
	return ok;
}

/* In every place where it can be done; where another lends the file, in none. */
static bool listen_everywhere(struct lender *l, const struct places *places, struct err *err) {
	struct err why = {0};
	err_set(&why, ERR_SYSTEM, "there is no folder of this user's own for sockets (XDG_RUNTIME_DIR, or the state folder)");
	for (size_t i = 0; i < places->count; i++) {
		if (listen_at(&places->at[i], &l->listening[l->places.count], &why)) {
			l->places.at[l->places.count++] = places->at[i];
		} else if (why.kind == ERR_BUSY) {
			return err_give(err, &why);
		}
	}
	return l->places.count != 0 || err_give(err, &why);
}

bool lender_open(const struct lender_options *options, struct lender **out, struct err *err) {
	struct lender *l = xcalloc(1, sizeof *l);
	struct worker_options worker = {.name = "the thread that lends the event file", .run = run, .self = l};
	struct places places;
	l->options = *options;
	l->stop[0] = l->stop[1] = -1;
	find_places(options->path, options->state, true, &places);
	if (!listen_everywhere(l, &places, err) || (pipe2(l->stop, O_CLOEXEC) != 0 && !err_errno(err, "a pipe")) ||
	    !worker_start(&l->worker, &worker, err)) {
		lender_close(l);
		return false;
	}
	*out = l;
	return true;
}

void lender_close(struct lender *l) {
	if (l == NULL) {
		return;
	}
	close_fd(l->stop[1]);
	worker_fini(&l->worker, NULL, NULL);
	close_fd(l->stop[0]);
	for (size_t i = 0; i < l->places.count; i++) {
		unlink(l->places.at[i].sun_path); /* first, so that it is still ours */
		close_fd(l->listening[i]);
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

static int connect_to(const struct sockaddr_un *at) {
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)at, sizeof *at) == 0 && is_same_user(fd)) {
		return fd;
	}
	close_fd(fd);
	return -1;
}

int borrow(const char *path, const char *state, int timeout_ms, struct err *err) {
	struct places places;
	char line[GREETING_MAX];
	int fd = -1;
	find_places(path, state, false, &places);
	for (size_t i = 0; i < places.count && fd < 0; i++) {
		fd = connect_to(&places.at[i]);
	}
	if (fd < 0) {
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
