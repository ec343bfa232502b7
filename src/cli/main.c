/* turnout: the event file from the command line. Status 0: done; 1: refused or failed, the reason on stderr; 2: wrong usage. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/common.h"
#include "cli/language.h"
#include "import/fault.h"
#include "report/out.h"

enum { STATUS_DONE = 0, STATUS_FAILED = 1, STATUS_USAGE = 2, STATUS_LEFT_OUT = 3 };

/* In the order of an organiser's days. */
static const struct command *const COMMANDS[] = {
	&cmd_init,    &cmd_import, &cmd_badges,  &cmd_decode,    &cmd_checkin, &cmd_set,     &cmd_person,  &cmd_session,
	&cmd_station, &cmd_undo,   &cmd_key,     &cmd_list,      &cmd_find,    &cmd_form,    &cmd_credits, &cmd_status,
	&cmd_digest,  &cmd_verify, &cmd_rebuild, &cmd_conflicts, &cmd_copy,    &cmd_sync,    &cmd_serve,   &cmd_publish,
	&cmd_pair,    &cmd_enroll, &cmd_erase,   &cmd_purge,     &cmd_device,  &cmd_printer, &cmd_label,   &cmd_slip,
	&cmd_rules,   &cmd_staff,  &cmd_note,    &cmd_announce,  &cmd_totals,
};

static const struct command *find_command(const char *name) {
	for (size_t i = 0; i < COUNT_OF(COMMANDS); i++) {
		if (str_eq(COMMANDS[i]->name, name)) {
			return COMMANDS[i];
		}
	}
	return NULL;
}

static void program_help(struct strbuf *out) {
	strbuf_adds(out, "turnout: prepares an event file, prints its badges, signs people in, and keeps the books\n\n"
			 "usage: turnout COMMAND …\n\ncommands:\n");
	for (size_t i = 0; i < COUNT_OF(COMMANDS); i++) {
		strbuf_addf(out, "  %-11s%s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
	}
	strbuf_adds(out, "\nturnout COMMAND --help says more. Exit status: 0 done, 1 refused or failed, 2 wrong usage,\n"
			 "3 done, but something in the input was left out (it is named on stderr).\n");
}

/* A closed standard descriptor would go to the next file opened, and output into the event file. */
static void hold_standard_files(void) {
	static const int flags[] = {O_WRONLY, O_RDONLY, O_WRONLY}; /* 0 and 1 the wrong way round, so that using them is an error */
	for (int fd = 0; fd < 3; fd++) {
		if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", flags[fd]) != fd) {
			_exit(STATUS_FAILED);
		}
	}
}

/* What the catalogues have words for is said in the language that was asked for. */
static int report(const struct command *command, const struct err *err, struct language *language) {
	const struct tongue *tongue = err->has_fault ? language_tongue(language) : NULL;
	struct strbuf text = {0};
	if (tongue != NULL) {
		fault_say(err->fault, tongue, &text);
	} else {
		strbuf_adds(&text, err->text);
	}
	if (err->kind == ERR_USAGE) {
		strbuf_addf(&text, " (see turnout %s --help)", command->name);
	}
	log_line("turnout %s: %s", command->name, strbuf_str(&text));
	strbuf_fini(&text);
	return err->kind == ERR_USAGE ? STATUS_USAGE : STATUS_FAILED;
}

static int run(const struct command *command, int argc, char **argv, struct out *out) {
	struct args args;
	struct fault fault = {0};
	struct language language = {0};
	struct err err = {.fault = &fault};
	struct err late = {0};
	if (!args_parse(&args, command, argc, argv, &err)) {
		return report(command, &err, &language);
	}
	args.language = &language;
	bool ok = true;
	if (args.help) {
		args_help(command, &out->text);
	} else {
		ok = command->exec(&args, out, &err);
	}
	args_fini(&args);
	if (!out_flush(out, &late) && ok) { /* what the command wrote before it failed still counts; its own error says more */
		ok = err_give(&err, &late);
	}
	int status = ok ? (out->left_out ? STATUS_LEFT_OUT : STATUS_DONE) : report(command, &err, &language);
	fault_fini(&fault);
	language_fini(&language);
	return status;
}

static int run_program(int argc, char **argv, struct out *out) {
	const char *name = argc > 1 ? argv[1] : NULL;
	bool help = str_eq(name, "--help") || str_eq(name, "-h") || str_eq(name, "help");
	if (help && argc > 2 && find_command(argv[2]) != NULL) {
		args_help(find_command(argv[2]), &out->text);
	} else if (help || name == NULL) {
		program_help(&out->text);
	} else if (find_command(name) != NULL) {
		return run(find_command(name), argc - 2, argv + 2, out);
	} else {
		log_line("turnout: there is no command \"%s\" (see turnout --help)", name);
		return STATUS_USAGE;
	}
	struct err err = {0};
	out->fd = help ? STDOUT_FILENO : STDERR_FILENO;
	if (!out_flush(out, &err)) {
		cli_say("%s", err.text);
		return STATUS_FAILED;
	}
	return help ? STATUS_DONE : STATUS_USAGE;
}

int main(int argc, char **argv) {
	hold_standard_files();
	signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error to report, not a silent end */
	struct out out = {.fd = STDOUT_FILENO};
	int status = run_program(argc, argv, &out);
	strbuf_fini(&out.text);
	return status;
}
