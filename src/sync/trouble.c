#include "sync/trouble.h"

#include "base/alloc.h"
#include "base/str.h"

/* The exchange itself came to an end. */
static enum trouble of_exchange(const struct exchange *x, const struct err *err) {
	static const struct {
		const char *word;
		enum trouble trouble;
	} refusals[] = {{"retired", TROUBLE_RETIRED}, {"closed", TROUBLE_CLOSED}, {"unknown", TROUBLE_UNKNOWN}};
	struct exchange_report report;
	exchange_report(x, &report);
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		if (str_eq(report.refused, refusals[i].word)) {
			return refusals[i].trouble;
		}
	}
	switch (err->kind) {
	case ERR_INPUT:
	case ERR_REFUSED: return TROUBLE_NOT_OURS;
	case ERR_VERSION: return TROUBLE_NEWER;
	default: return TROUBLE_OWN;
	}
}

static enum trouble of_status(unsigned status) {
	return status == 426 ? TROUBLE_NEWER : status == 429 || status >= 500 ? TROUBLE_BUSY : TROUBLE_NOT_OURS;
}

enum trouble trouble_of(const struct exchange *x, const struct http_client_answer *answer, const struct err *err) {
	if (exchange_state(x) == EXCHANGE_FAILED) {
		return of_exchange(x, err);
	}
	switch (answer->result) {
	case HTTP_CLIENT_OK: return of_status(answer->status);
	case HTTP_CLIENT_WRONG_URL: return TROUBLE_WRONG_URL;
	case HTTP_CLIENT_UNREACHABLE: return TROUBLE_UNREACHABLE;
	case HTTP_CLIENT_TIMED_OUT: return TROUBLE_SLOW;
	case HTTP_CLIENT_TLS: return answer->clock_suspect ? TROUBLE_TLS_CLOCK : TROUBLE_TLS;
	case HTTP_CLIENT_PORTAL: return TROUBLE_PORTAL;
	case HTTP_CLIENT_PROXY: return TROUBLE_PROXY;
	case HTTP_CLIENT_TOO_LARGE: return TROUBLE_NOT_OURS;
	case HTTP_CLIENT_CUT:
	case HTTP_CLIENT_ABORTED: break;
	}
	return TROUBLE_CUT;
}
