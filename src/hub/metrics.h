/* GET /metrics: Prometheus' text format, version 0.0.4. Events are named by the first digits of their ids: no title, nobody's name. */
#ifndef TURNOUT_HUB_METRICS_H
#define TURNOUT_HUB_METRICS_H

#include "net/http_server.h"

struct hub;

void hub_metrics(struct hub *hub, struct http_answer *answer);

#endif
