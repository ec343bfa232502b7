#include "cli/admin_token.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/str.h"
#include "cli/secret.h"

#define FILE_MAX ((size_t)4096)
#define LINE_BYTES 256

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

static bool from_terminal(struct hub_token *out, struct err *err) {
	char line[SECRET_LINE];
	if (!secret_may_be_typed()) {
		return err_set(err, ERR_USAGE,
			       "the hub's token is wanted, as it printed it at its first start: --token-file FILE, or " ADMIN_TOKEN_VARIABLE
			       " in the environment");
	}
	bool ok = secret_read("The hub's token (it is not shown): ", line, err) && parse(line, out, err);
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
