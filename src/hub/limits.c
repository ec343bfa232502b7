#include "hub/limits.h"

#include <sys/resource.h>

#include "base/log.h"
#include "hub/db_files.h"
#include "net/http_server.h"

#define FILES_OF_EVENT 5  /* the database, its log and index of that, its lock, and what watches it */
#define FILES_OF_THREAD 4 /* an event that is counted or copied; on PostgreSQL a connection */
#define FILES_OF_HUB 64   /* its own database, the diary, name servers, libraries */
#define LEAST 16          /* connections: with fewer it is no hub */

static uint64_t files_for(unsigned connections, unsigned threads) {
	return (uint64_t)http_server_sockets(connections, threads) + (uint64_t)HUB_OPEN_MAX * FILES_OF_EVENT +
	       (uint64_t)threads * FILES_OF_THREAD + FILES_OF_HUB;
}

unsigned hub_connections(uint64_t files, unsigned threads) {
	unsigned low = 0, high = HUB_CONNECTIONS;
	while (low < high) {
		unsigned middle = (low + high + 1) / 2;
		if (files_for(middle, threads) <= files) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}
	return low >= LEAST ? low : 0;
}

bool hub_limits(unsigned threads, unsigned *connections, struct err *err) {
	struct rlimit limit;
	uint64_t wanted = files_for(HUB_CONNECTIONS, threads);
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
		return err_errno(err, "the limit of open files cannot be read");
	}
	/* RLIM_INFINITY is the largest number there is, so it compares as one. */
	if (limit.rlim_cur < wanted) {
		struct rlimit more = {.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted, .rlim_max = limit.rlim_max};
		limit = setrlimit(RLIMIT_NOFILE, &more) == 0 ? more : limit;
	}
	*connections = hub_connections(limit.rlim_cur, threads);
	if (*connections == 0) {
		return err_set(
			err, ERR_SYSTEM,
			"a hub of %u threads wants to open %llu files at least, and may open %llu; raise LimitNOFILE= (or ulimit -n)",
			threads, (unsigned long long)files_for(LEAST, threads), (unsigned long long)limit.rlim_cur);
	}
	if (*connections < HUB_CONNECTIONS) {
		log_info("hub", "the limit of open files leaves room for %u connections", *connections);
	}
	return true;
}
