#include "cli/secret.h"

#include <errno.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#define CTRL_C 0x03
#define CTRL_D 0x04
#define BACKSPACE 0x08
#define DELETE 0x7F

bool secret_may_be_typed(void) { return isatty(STDIN_FILENO) != 0; }

/* False when it is given up, at the end of the input, and when it is too long. */
static bool read_line(char line[SECRET_LINE]) {
	size_t n = 0;
	for (;;) {
		char c;
		ssize_t got = read(STDIN_FILENO, &c, 1);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got != 1 || c == CTRL_C || c == CTRL_D || n == SECRET_LINE - 1) {
			return false;
		}
		if (c == '\n' || c == '\r') {
			line[n] = '\0';
			return true;
		}
		if (c == BACKSPACE || c == DELETE) {
			n -= n > 0;
		} else {
			line[n++] = c;
		}
	}
}

/* Key by key, and with Ctrl-C read as a key, so that this always gets to put the terminal back. */
static bool read_unseen(const char *prompt, char line[SECRET_LINE], bool *typed, struct err *err) {
	struct termios before, unseen;
	if (tcgetattr(STDIN_FILENO, &before) != 0) {
		return err_errno(err, "the terminal");
	}
	unseen = before;
	unseen.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
	unseen.c_cc[VMIN] = 1;
	unseen.c_cc[VTIME] = 0;
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen) != 0) {
		return err_errno(err, "it cannot be asked for unseen");
	}
	fputs(prompt, stderr);
	*typed = read_line(line);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	fputc('\n', stderr);
	return true;
}

bool secret_read(const char *prompt, char line[SECRET_LINE], struct err *err) {
	bool read = false;
	if (!secret_may_be_typed()) {
		read = read_line(line);
	} else if (!read_unseen(prompt, line, &read, err)) {
		return false;
	}
	return read || err_set(err, ERR_USAGE, "nothing was typed");
}
