#include "kiosk/workers/loan.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/mailbox.h"
#include "net/lending.h"
#include "store/log/identity.h"

/* A store thread that has more to do than that is asked again by the next command. */
#define WAIT_MS 10000

enum state { WANTED, GIVEN, GIVEN_UP };

struct loan {
	struct lender *lender;
	loan_send *send;
	void *context;
	struct mailbox *given, *returned; /* with room for the one request */
	struct loan_request *lent;        /* of the lender's thread */
};

struct loan_request {
	struct loan *loan;
	atomic_int state;
};

/* Whoever changes the state first decides. */
static bool change(struct loan_request *r, enum state to) {
	int wanted = WANTED;
	return atomic_compare_exchange_strong(&r->state, &wanted, (int)to);
}

static bool give(void *context) {
	struct loan *loan = context;
	struct loan_request *r = xcalloc(1, sizeof *r);
	r->loan = loan;
	if (!loan->send(loan->context, r)) {
		free(r);
		return false;
	}
	if (mailbox_take(loan->given, WAIT_MS) == NULL) {
		if (change(r, GIVEN_UP)) {
			return false; /* the store thread frees it when it comes to it */
		}
		mailbox_take(loan->given, -1);
	}
	loan->lent = r;
	return true;
}

static void take_back(void *context) {
	struct loan *loan = context;
	mailbox_put(loan->returned, loan->lent);
	loan->lent = NULL;
}

struct loan *loan_open(const char *path, loan_send *send, void *context) {
	struct loan *loan = xcalloc(1, sizeof *loan);
	struct err err = {0};
	char *real = realpath(path, NULL), *state = identity_state_folder();
	*loan = (struct loan){
		.send = send, .context = context, .given = mailbox_open(1, NULL, NULL), .returned = mailbox_open(1, NULL, NULL)};
	const struct lender_options options = {.path = real, .state = state, .give = give, .take_back = take_back, .context = loan};
	if (real == NULL || !lender_open(&options, &loan->lender, &err)) {
		log_info("kiosk", "commands of other terminals cannot write while the kiosk runs: %s", err.text);
		loan_close(loan);
		loan = NULL;
	}
	free(state);
	free(real);
	return loan;
}

static void keep(void *request) { (void)request; /* the store thread frees it */ }

void loan_stop(struct loan *loan) {
	if (loan != NULL) {
		mailbox_stop(loan->given); /* who waits for the file gets none */
		lender_close(loan->lender);
		loan->lender = NULL;
		mailbox_stop(loan->returned);
	}
}

void loan_close(struct loan *loan) {
	if (loan == NULL) {
		return;
	}
	loan_stop(loan);
	mailbox_close(loan->given, keep);
	mailbox_close(loan->returned, keep);
	free(loan);
}

bool loan_is_wanted(const struct loan_request *r) { return atomic_load(&r->state) == WANTED; }

void loan_give(struct loan_request *r) {
	struct loan *loan = r->loan;
	if (change(r, GIVEN) && mailbox_put(loan->given, r)) {
		mailbox_take(loan->returned, -1);
	}
}

void loan_end(struct loan_request *r) { free(r); }
