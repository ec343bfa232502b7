/* Who may take part in an event, for those who hold its records in another way than an event file: the records that give and take rights go into
 * an event file in memory, and the same views judge (store/view/roles.h). */
#ifndef TURNOUT_STORE_RIGHTS_H
#define TURNOUT_STORE_RIGHTS_H

#include "store/log/certificate.h"
#include "store/log/run.h"
#include "store/view/roles.h"

struct rights;

/* SQL: the kinds that count here, those of store/view/role.c in its order (tests/store/rights_test.c). */
#define RIGHTS_KINDS "'genesis','invite','close','role','retire','log'"
bool rights_kind(const char *kind); /* is it one of them? */

bool rights_open(const struct run_event *event, struct rights **out, struct err *err) TURNOUT_MUST_CHECK;
void rights_close(struct rights *rights); /* NULL is fine */

/* Adds a record. `chain` tells the logs apart; the body is not NULL. In any order, each once. */
struct rights_record {
	int64_t chain;
	struct hash log;
	struct public_key author;
	uint64_t seq;
	const char *kind, *body;
};
bool rights_add(struct rights *rights, const struct rights_record *record, struct err *err) TURNOUT_MUST_CHECK;

/* `certificate` may be NULL; *opens: it holds and its invitation is open. */
struct rights_verdict {
	enum station_verdict station;
	bool keeper, opens;
};
bool rights_judge(struct rights *rights, const struct public_key *key, const struct certificate *certificate, struct rights_verdict *out,
		  struct err *err) TURNOUT_MUST_CHECK;

#endif
