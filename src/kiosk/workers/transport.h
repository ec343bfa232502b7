/* The ways on which a box exchanges with others while it runs. */
#ifndef TURNOUT_KIOSK_WORKERS_TRANSPORT_H
#define TURNOUT_KIOSK_WORKERS_TRANSPORT_H

enum transport {
	TRANSPORT_HUB,
	TRANSPORT_NEAR, /* other boxes on the network */
	TRANSPORT_COUNT
};

#endif
