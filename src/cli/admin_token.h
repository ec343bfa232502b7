/* The token of a hub's administrator, from where others cannot read it: what stands on a command line every user of the machine sees (ps), and the
 * shell keeps. */
#ifndef TURNOUT_CLI_ADMIN_TOKEN_H
#define TURNOUT_CLI_ADMIN_TOKEN_H

#include "cli/args.h"
#include "sync/enrolment.h"

#define ADMIN_TOKEN_VARIABLE "TURNOUT_TOKEN"

/* From --token-file or --admin-token, else TURNOUT_TOKEN, else typed at the terminal, unseen. ERR_USAGE where there is none of them, or what is there is
 * no token. The caller wipes it. */
bool admin_token(const struct args *args, struct hub_token *out, struct err *err) TURNOUT_MUST_CHECK;

#define ADMIN_TOKEN_OPTIONS                                                                                                        \
	{"token-file", 0, "FILE", "the hub's token is in it (- is stdin); else " ADMIN_TOKEN_VARIABLE ", else it is asked for"}, { \
		"admin-token", 0, "TOKEN", "the token itself: other users of this machine can read it meanwhile"                   \
	}

#define ADMIN_TOKEN_HELP                                                                                                            \
	"The hub printed its token at its first start. It is read from --token-file or " ADMIN_TOKEN_VARIABLE ", else asked for;\n" \
	"on the command line other users of the machine could read it."

#endif
