/* The commands, each described in its own file. */
#ifndef TURNOUT_CLI_COMMANDS_H
#define TURNOUT_CLI_COMMANDS_H

#include "cli/args.h"

extern const struct command cmd_init;
extern const struct command cmd_import;
extern const struct command cmd_badges;
extern const struct command cmd_decode;
extern const struct command cmd_checkin;
extern const struct command cmd_set;
extern const struct command cmd_person;
extern const struct command cmd_session;
extern const struct command cmd_station;
extern const struct command cmd_undo;
extern const struct command cmd_key;
extern const struct command cmd_find;
extern const struct command cmd_form;
extern const struct command cmd_list;
extern const struct command cmd_status;
extern const struct command cmd_digest;
extern const struct command cmd_verify;
extern const struct command cmd_rebuild;
extern const struct command cmd_conflicts;
extern const struct command cmd_copy;
extern const struct command cmd_credits;
extern const struct command cmd_sync;
extern const struct command cmd_serve;
extern const struct command cmd_publish;
extern const struct command cmd_pair;
extern const struct command cmd_enroll;
extern const struct command cmd_erase;
extern const struct command cmd_purge;
extern const struct command cmd_device;
extern const struct command cmd_printer;
extern const struct command cmd_label;
extern const struct command cmd_slip;
extern const struct command cmd_rules;
extern const struct command cmd_staff;
extern const struct command cmd_note;
extern const struct command cmd_announce;
extern const struct command cmd_totals;

#endif
