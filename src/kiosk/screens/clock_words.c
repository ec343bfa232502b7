#include "kiosk/screens/clock_words.h"

bool part_clock_words(const struct view *v, struct strbuf *out) {
	const struct model *m = v->model;
	if (model_clock_doubted(m)) {
		strbuf_adds(out, T(v, "The clock is not set"));
		return false;
	}
	date_clock_about(out, m->event->tz, m->now, !model_clock_is_sure(m));
	const struct set_clock *c = &m->station_clock;
	bool by_machine = !c->forced && (m->clock_sure || !c->set);
	strbuf_addf(out, " · %s",
		    by_machine  ? (m->clock_sure ? T(v, "from the network") : T(v, "this box's own, nobody confirmed it"))
		    : c->by_hub ? T(v, "from the hub")
				: T(v, "set by hand"));
	return true;
}
