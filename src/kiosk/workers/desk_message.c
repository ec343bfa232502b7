#include "kiosk/workers/desk_message.h"

#include <stdlib.h>

void desk_message_free(struct desk_message *m) {
	if (m == NULL) {
		return;
	}
	kiosk_event_free(m->event);
	free(m->text);
	free(m->notes);
	free(m->name);
	free(m->organisation);
	free(m->community);
	free(m->language);
	free(m);
}
