#include "sync/replica.h"

void replica_fini(struct replica *replica) { crypto_wipe(replica, sizeof *replica); }

enum standing replica_standing(enum station_verdict verdict, bool certificate, bool opens) {
	switch (verdict) {
	case VERDICT_STATION:
	case VERDICT_HUB:
	case VERDICT_EDITOR:
	case VERDICT_ORGANISER: return STANDING_MEMBER;
	case VERDICT_RETIRED: return STANDING_RETIRED;
	case VERDICT_OUTSIDER:
	case VERDICT_UNKNOWN: break;
	}
	return opens ? STANDING_MEMBER : certificate || verdict == VERDICT_OUTSIDER ? STANDING_CLOSED : STANDING_UNKNOWN;
}
