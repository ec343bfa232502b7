/* What may stand at a printer's address: one that hangs, that sends rubbish without end, that is something else, and one just good enough to take labels. */
#ifndef TURNOUT_TESTS_LIB_IPP_PEER_H
#define TURNOUT_TESTS_LIB_IPP_PEER_H

#include <stdatomic.h>

enum ipp_manner {
	IPP_GOOD,        /* takes labels of 29 x 90 mm as PWG raster of 203 dpi */
	IPP_HANGS,       /* takes the connection and says nothing */
	IPP_STALLS,      /* says half of a header */
	IPP_CLOSES,      /* takes the connection and closes it */
	IPP_RUBBISH,     /* bytes that are no HTTP */
	IPP_PAGE,        /* a web page */
	IPP_NO_IPP,      /* what says that it is IPP and is not */
	IPP_ENDLESS,     /* IPP that never ends */
	IPP_PASSWORD,    /* 401 */
	IPP_ELSEWHERE,   /* 404 */
	IPP_EMPTY,       /* good, without paper */
	IPP_REFUSES,     /* good, and refuses every job */
	IPP_OTHER_MEDIA, /* good, with other labels */
	IPP_KEEPS,       /* good, and no job ever ends */
	IPP_DRIPS,       /* good, and answers a few bytes at a time */
	IPP_FORGETS,     /* good, but that it took a job it never says */
	IPP_MANNER_COUNT
};

struct ipp_peer;

/* Listens on 127.0.0.1; its address is "ipp://127.0.0.1:PORT/ipp/print". */
struct ipp_peer *ipp_peer_open(enum ipp_manner manner);
/* The same at the port of one that was closed. */
struct ipp_peer *ipp_peer_open_at(enum ipp_manner manner, int port);
void ipp_peer_close(struct ipp_peer *peer);
void ipp_peer_become(struct ipp_peer *peer, enum ipp_manner manner);
const char *ipp_peer_name(const struct ipp_peer *peer);
int ipp_peer_port(const struct ipp_peer *peer);
/* Jobs that it took, and that were taken back. */
int ipp_peer_jobs(const struct ipp_peer *peer);
int ipp_peer_cancelled(const struct ipp_peer *peer);

#endif
