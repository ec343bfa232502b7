/* What other systems and people write about a registration, in one form (event/registration.h). */
#ifndef TURNOUT_IMPORT_REGISTRATION_TEXT_H
#define TURNOUT_IMPORT_REGISTRATION_TEXT_H

#include "event/registration.h"

/* A status in words: "canceled", "Attending", "approval pending", "Лист очікування", "не подтверждено". REGISTRATION_UNSAID for what is no
 * such word. */
enum registration registration_read(const char *text);

/* A cell below a header that asks a question ("Cancelled: yes", "Refunded: 0.00", "Cancelled at: 2026-05-01", "RSVP: no"): a yes, a date, an
 * amount or a reason means `yes`, a no or nothing given back means `no`. A status in words counts as what it says. */
enum registration registration_read_flag(const char *text, enum registration yes, enum registration no);

#endif
