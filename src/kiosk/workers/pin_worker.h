/* The thread that makes of a PIN what the event file has of it (event/staff.h): that takes longer than a picture, and neither a scan nor the screen waits for
 * it. It reads no file. */
#ifndef TURNOUT_KIOSK_WORKERS_PIN_WORKER_H
#define TURNOUT_KIOSK_WORKERS_PIN_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/err.h"
#include "base/mailbox.h"
#include "event/staff.h"

struct pin_worker;

struct pin_message { /* for pin_message_free, which wipes it */
	uint64_t number;
	char hash[STAFF_PIN_HASH_LEN + 1]; /* "": there was not the memory for it */
};
void pin_message_free(struct pin_message *message); /* NULL is fine */

/* `wake`: called from the thread after a message was posted; may be NULL. */
bool pin_worker_open(mailbox_wake *wake, void *context, struct pin_worker **out, struct err *err) TURNOUT_MUST_CHECK;
void pin_worker_close(struct pin_worker *worker); /* NULL is fine */

/* `number` comes back with the hash. False when one is under way and others wait. */
bool pin_worker_ask(struct pin_worker *worker, const struct hash *event, const char *digits, uint64_t number);
struct pin_message *pin_worker_take(struct pin_worker *worker);

#endif
