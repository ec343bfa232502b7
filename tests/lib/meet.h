/* Event files that meet: exchanges in one process, and what has to hold after them. */
#ifndef TURNOUT_TESTS_LIB_MEET_H
#define TURNOUT_TESTS_LIB_MEET_H

#include "lib/event_sample.h"
#include "sync/exchange.h"

/* One exchange to its end; false when a side said no. No assertion in it: for any thread. */
bool meet_talk(struct exchange *x, const struct replica *other, struct exchange_report *report, struct err *err);

/* Two open files exchange; `a` asks. Fails the test when one of them says no. */
void meet_stores(struct store *a, struct store *b, struct exchange_report *report);

/* The same views, and the same records. */
void meet_assert_same(struct store *a, struct store *b);
/* turnout verify finds nothing. */
void meet_assert_sound(struct store *store);

void meet_copy(const char *from, const char *to);
/* A new file NAME that knows nothing but the event's keys, open on a device. */
struct store *meet_adopt(const struct scratch *s, struct store *from, const char *name, int device);

/* Scans a code at arrival. */
void meet_check_in(struct store *store, const char *code);
/* Records that whoever has that code was let in, whether anybody has it or not; false with the error when it could not be. */
bool meet_let_in(struct store *store, const char *code, struct err *err);
/* The very bytes of a file, of whatever kind, over what stands there. */
void meet_copy_bytes(const char *from, const char *to);
/* Somebody who is on no list signs in; `id` gets theirs. */
void meet_walk_in(struct store *store, const char *name, char id[21]);
/* The organiser's file erases a person. */
void meet_erase(struct store *store, const char *id);

/* A keeper holds everything of the file, as its word says that is kept there. */
void meet_acknowledge_all(struct store *store);

/* The runs of one chain from `from` on, as a message brings them. For message_fini. */
void meet_read_runs(const struct replica *replica, const struct head *head, uint64_t from, struct message *out);
/* The head of the log that somebody writes; fails the test when there is not exactly one. */
struct head meet_head_of(const struct replica *replica, const struct public_key *author);

#endif
