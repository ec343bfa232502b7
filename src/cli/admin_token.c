#include "cli/admin_token.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"

#define FILE_MAX ((size_t)4096)
#define LINE_BYTES 256
#define CTRL_C 0x03
#define CTRL_D 0x04
#define BACKSPACE 0x08
#define DELETE 0x7F

static bool parse(char *text, struct hub_token *out, struct err *err) { return hub_token_parse(str_trim(text), out, err); }

static bool from_file(const char *path, struct hub_token *out, struct err *err) {
	struct strbuf text = {0};
	char line[LINE_BYTES];
	bool ok = file_read(path, FILE_MAX, &text, err);
	if (ok) {
		/* What does not fit is no token. */
		(void)str_copy(line, sizeof line, strbuf_str(&text));
		ok = parse(line, out, err) || err_wrap(err, "%s", path);
		crypto_wipe(line, sizeof line);
	}
	if (text.data != NULL) {
		crypto_wipe(text.data, text.cap);
	}
	strbuf_fini(&text);
	return ok;
}

/* Reads a line; false when it is given up, at the end of the input, and when it is too long. */
static bool read_line(char line[LINE_BYTES]) {
	size_t n = 0;
	for (;;) {
		char c;
		ssize_t got = read(STDIN_FILENO, &c, 1);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got != 1 || c == CTRL_C || c == CTRL_D || n == LINE_BYTES - 1) {
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
static bool from_terminal(struct hub_token *out, struct err *err) {
	struct termios before, unseen;
	char line[LINE_BYTES];
	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0) {
		return err_set(err, ERR_USAGE,
			       "the hub's token is wanted, as it printed it at its first start: --token-file FILE, or " ADMIN_TOKEN_VARIABLE
			       " in the environment");
	}
	unseen = before;
	unseen.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
	unseen.c_cc[VMIN] = 1;
	unseen.c_cc[VTIME] = 0;
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen) != 0) {
		return err_errno(err, "the token cannot be asked for unseen");
	}
	fputs("The hub's token (it is not shown): ", stderr);
	bool ok = read_line(line);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	fputc('\n', stderr);
	ok = ok ? parse(line, out, err) : err_set(err, ERR_USAGE, "no token was typed");
	crypto_wipe(line, sizeof line);
	return ok;
}

bool admin_token(const struct args *args, struct hub_token *out, struct err *err) {
	const char *path = args_value(args, "token-file"), *given = args_value(args, "admin-token");
	const char *kept = getenv(ADMIN_TOKEN_VARIABLE);
	if (path != NULL && given != NULL) {
		return err_set(err, ERR_USAGE, "--token-file and --admin-token do not go together");
	}
	if (path != NULL) {
		return from_file(path, out, err);
	}
	if (given != NULL) {
		return hub_token_parse(given, out, err);
	}
	return str_empty(kept) ? from_terminal(out, err) : hub_token_parse(kept, out, err) || err_wrap(err, ADMIN_TOKEN_VARIABLE);
}
