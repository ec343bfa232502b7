#include "sync/halt.h"

bool halt_not(const struct halt *halt, struct err *err) {
	if (halt == NULL) {
		return true;
	}
	if (halt->ending != NULL && atomic_load(halt->ending)) {
		return err_set(err, ERR_BUSY, "this side is ending");
	}
	return clock_mono().v < halt->until.v || err_set(err, ERR_BUSY, "the request asks for more than is done at once");
}
