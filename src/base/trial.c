#include "base/trial.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILD_GOOD, CHILD_BAD = 3 }; /* exit codes */

static void limit(int cpu_seconds) {
	const struct rlimit none = {0, 0};
	const struct rlimit time = {(rlim_t)cpu_seconds, (rlim_t)cpu_seconds + 1};
	setrlimit(RLIMIT_CORE, &none);
	setrlimit(RLIMIT_CPU, &time);
	signal(SIGXCPU, SIG_DFL);
}

bool trial_run(bool (*work)(void *context), void *context, int cpu_seconds, enum trial_end *end, struct err *err) {
	int status = 0;
	pid_t child = fork();
	if (child < 0) {
		return err_set(err, ERR_SYSTEM, "no process can be started: %s", strerror(errno));
	}
	if (child == 0) {
		limit(cpu_seconds);
		_exit(work(context) ? CHILD_GOOD : CHILD_BAD);
	}
	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR) {
			return err_set(err, ERR_SYSTEM, "a process cannot be waited for: %s", strerror(errno));
		}
	}
	if (WIFEXITED(status) && (WEXITSTATUS(status) == CHILD_GOOD || WEXITSTATUS(status) == CHILD_BAD)) {
		*end = WEXITSTATUS(status) == CHILD_GOOD ? TRIAL_GOOD : TRIAL_BAD;
	} else {
		bool late = WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
		*end = late ? TRIAL_LONG : TRIAL_DEAD;
	}
	return true;
}
