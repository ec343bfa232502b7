#include "kiosk/workers/desk_message.h"

#include <stdlib.h>

void desk_message_free(struct desk_message *m) {
	if (m == NULL) {
		return;
	}
	kiosk_event_free(m->event);
	free(m->text);
	announcements_fini(&m->announcements);
	crypto_wipe(m->own, sizeof m->own);
	free(m->notes);
	free(m->name);
	free(m->organisation);
	free(m->community);
	free(m->language);
	free(m);
}
