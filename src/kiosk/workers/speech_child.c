#include "kiosk/workers/speech_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"

#define NICE 10
#define HEADER_MAX 4096 /* before a WAV's samples */

extern char **environ;

struct child {
	pid_t pid;
	int in, out; /* our ends */
};

/* The kiosk's threads block the signals that end it (kiosk/stop_signal.h); a child takes them as others do. */
static int spawn(const char *language, const int in[2], const int out[2], pid_t *pid) {
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	char program[] = SPEECH_PROGRAM, from[] = "--stdin", to[] = "--stdout", utf8[] = "-b1", voice[] = "-v";
	char *argv[] = {program, voice, (char *)(uintptr_t)language, utf8, from, to, NULL};
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	int failed = posix_spawnp(pid, program, &actions, &attributes, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return failed;
}

static bool start(const char *language, struct child *child, struct err *err) {
	int in[2] = {-1, -1}, out[2] = {-1, -1};
	/* No pipe to it: who writes into one that nobody reads is ended by SIGPIPE. */
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0) {
		return err_errno(err, "no socket to " SPEECH_PROGRAM);
	}
	if (pipe2(out, O_CLOEXEC) != 0) {
		close(in[0]);
		close(in[1]);
		return err_errno(err, "no pipe from " SPEECH_PROGRAM);
	}
	int failed = spawn(language, in, out, &child->pid);
	close(in[0]);
	close(out[1]);
	child->in = in[1];
	child->out = out[0];
	if (failed != 0) {
		close(child->in);
		close(child->out);
		return failed == ENOENT
			       ? err_set(err, ERR_SYSTEM,
					 "nothing is read aloud: " SPEECH_PROGRAM " is not installed (the package " SPEECH_PROGRAM ")")
			       : err_set(err, ERR_SYSTEM, SPEECH_PROGRAM " cannot be started: %s", strerror(failed));
	}
	setpriority(PRIO_PROCESS, (id_t)child->pid, NICE);
	return true;
}

static void end(struct child *child) {
	int status = 0;
	kill(-child->pid, SIGKILL); /* with whatever it started, and of one that has ended nothing is left */
	kill(child->pid, SIGKILL);
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
	}
	if (child->in >= 0) {
		close(child->in);
	}
	close(child->out);
}

enum talk { TALK_DONE, TALK_LATE, TALK_STOPPED };

/* Writes what it takes of the text, reads what it says. Who reads nothing gets nothing more. */
static enum talk talk(struct child *c, const char *text, int timeout_ms, int stop_fd, struct strbuf *wav) {
	size_t left = strlen(text);
	int64_t until = clock_span_us() / 1000 + timeout_ms;
	for (;;) {
		int64_t ms = until - clock_span_us() / 1000;
		struct pollfd fds[] = {{c->out, POLLIN, 0}, {c->in, POLLOUT, 0}, {stop_fd, POLLIN, 0}};
		if (ms <= 0) {
			return TALK_LATE;
		}
		if (poll(fds, 3, (int)ms) < 0) {
			continue;
		}
		if (fds[2].revents != 0) {
			return TALK_STOPPED;
		}
		if (fds[1].revents != 0) {
			ssize_t n = send(c->in, text, left, MSG_NOSIGNAL | MSG_DONTWAIT);
			text += n > 0 ? n : 0;
			left -= n > 0 ? (size_t)n : 0;
			if (left == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
				close(c->in);
				c->in = -1;
			}
		}
		if (fds[0].revents != 0) {
			char block[16384];
			ssize_t n = read(c->out, block, sizeof block);
			if (n == 0 || (n < 0 && errno != EINTR) || wav->len > SPEECH_SAMPLES_MAX * sizeof(int16_t)) {
				return TALK_DONE;
			}
			strbuf_add(wav, block, n > 0 ? (size_t)n : 0);
		}
	}
}

/* A word with a sign that espeak-ng does not take for part of one is spelled, letter by letter, or falls in two: the apostrophe of Ukrainian names as Unicode wants
 * it (U+02BC, which our keyboard writes) is an "ejective" to it, in each language. */
static void make_speakable(const char *text, struct strbuf *out) {
	static const struct {
		const char *sign, *instead;
	} all[] = {{"\u02bc", "\u2019"}, {"\u02bb", "\u2019"}, {"\u200b", ""}, {"\u2060", ""}};
	while (*text != '\0') {
		size_t i = 0;
		while (i < COUNT_OF(all) && strncmp(text, all[i].sign, strlen(all[i].sign)) != 0) {
			i++;
		}
		if (i < COUNT_OF(all)) {
			strbuf_adds(out, all[i].instead);
			text += strlen(all[i].sign);
		} else {
			strbuf_addc(out, *text++);
		}
	}
}

static uint32_t number_at(const char *at, size_t bytes) {
	uint32_t n = 0;
	for (size_t i = bytes; i > 0; i--) {
		n = n << 8 | (unsigned char)at[i - 1];
	}
	return n;
}

/* RIFF/WAVE (Microsoft, IBM 1991): chunks of a name and a size. The sizes of what is piped are unknown and said to be huge. */
static bool take_samples(const struct strbuf *wav, struct speech_sound *out) {
	size_t at = 12;
	bool format = false;
	if (wav->len < 44 || memcmp(wav->data, "RIFF", 4) != 0 || memcmp(wav->data + 8, "WAVE", 4) != 0) {
		return false;
	}
	while (at + 8 <= wav->len && at < HEADER_MAX && memcmp(wav->data + at, "data", 4) != 0) {
		const char *chunk = wav->data + at;
		size_t size = number_at(chunk + 4, 4);
		if (memcmp(chunk, "fmt ", 4) == 0 && at + 24 <= wav->len) {
			format = number_at(chunk + 8, 2) == 1 && number_at(chunk + 10, 2) == 1 && number_at(chunk + 12, 4) == SPEECH_RATE &&
				 number_at(chunk + 22, 2) == 16;
		}
		at += 8 + size;
	}
	if (!format || at + 8 > wav->len || at >= HEADER_MAX) {
		return false;
	}
	out->count = (wav->len - at - 8) / 2;
	out->samples = calloc(out->count + 1, sizeof *out->samples);
	for (size_t i = 0; out->samples != NULL && i < out->count; i++) {
		out->samples[i] = (int16_t)number_at(wav->data + at + 8 + 2 * i, 2);
	}
	return out->samples != NULL && out->count > 0;
}

bool speech_child_run(const char *language, const char *text, int timeout_ms, int stop_fd, struct speech_sound *out, struct err *err) {
	struct child child = {0};
	struct strbuf wav = {0}, spoken = {0};
	*out = (struct speech_sound){0};
	if (!start(language, &child, err)) {
		return false;
	}
	make_speakable(text, &spoken);
	enum talk how = talk(&child, strbuf_str(&spoken), timeout_ms, stop_fd, &wav);
	end(&child);
	bool ok = how == TALK_STOPPED;
	if (how == TALK_LATE) {
		err_set(err, ERR_SYSTEM, SPEECH_PROGRAM " did not answer within %d ms and was ended", timeout_ms);
	} else if (how == TALK_DONE) {
		ok = take_samples(&wav, out) ||
		     err_set(err, ERR_SYSTEM,
			     SPEECH_PROGRAM " gave no sound in the language \"%s\": install the package " SPEECH_PROGRAM " anew", language);
	}
	if (!ok) {
		free(out->samples);
		*out = (struct speech_sound){0};
	}
	strbuf_fini(&wav);
	strbuf_fini(&spoken);
	return ok;
}
