#include "base/trial.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"

enum { CHILD_GOOD, CHILD_BAD = 3 }; /* exit codes */

#define MEMORY_MORE ((rlim_t)768 << 20)

/* So much more than the process has: sanitizers have reserved a great deal. */
static void limit_memory(void) {
	char text[128] = ""; /* its first number is how many pages there are */
	int64_t pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (f == NULL) {
		return;
	}
	if (fgets(text, sizeof text, f) != NULL) {
		text[strcspn(text, " \n")] = '\0';
	}
	if (str_to_i64(text, &pages)) {
		const rlim_t most = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + MEMORY_MORE;
		setrlimit(RLIMIT_AS, &(struct rlimit){most, most});
	}
	fclose(f);
}

static void limit(int cpu_seconds) {
	const struct rlimit none = {0, 0};
	const struct rlimit time = {(rlim_t)cpu_seconds, (rlim_t)cpu_seconds + 1};
	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_CPU, &time);
	limit_memory();
	signal(SIGXCPU, SIG_DFL);
}

bool trial_run(bool (*work)(void *context), void *context, int cpu_seconds, enum trial_end *end, struct err *err) {
	int status = 0;
	struct rusage used;
	pid_t child = fork();
	if (child < 0) {
		return err_set(err, ERR_SYSTEM, "no process can be started: %s", strerror(errno));
	}
	if (child == 0) {
		limit(cpu_seconds);
		_exit(work(context) ? CHILD_GOOD : CHILD_BAD);
	}
	while (wait4(child, &status, 0, &used) < 0) {
		if (errno != EINTR) {
			return err_set(err, ERR_SYSTEM, "a process cannot be waited for: %s", strerror(errno));
		}
	}
	if (WIFEXITED(status) && (WEXITSTATUS(status) == CHILD_GOOD || WEXITSTATUS(status) == CHILD_BAD)) {
		*end = WEXITSTATUS(status) == CHILD_GOOD ? TRIAL_GOOD : TRIAL_BAD;
	} else {
		/* The kernel's two ways of counting differ on a busy machine: its own word goes before ours. */
		int64_t ms = 1000 * (int64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
			     (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
		bool late = WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || ms >= 900 * (int64_t)cpu_seconds);
		*end = late ? TRIAL_LONG : TRIAL_DEAD;
	}
	return true;
}
