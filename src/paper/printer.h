/* A label printer, asked straight by IPP (RFC 8011, PWG 5100.7) through libcups: what is in it, how it is, and one page at a time.
 *
 * A printer is an address ("ipp://10.0.0.9/ipp/print", with ipps:// too) or a queue of this machine's cupsd ("labels"). Every call ends by its time
 * limit, whatever the other side does, and soon after *halt is no more 0; a handshake of ipps:// alone may take longer, as libcups gives it ten seconds.
 * Nothing here is remembered between calls, so they may come from any thread. */
#ifndef TURNOUT_PAPER_PRINTER_H
#define TURNOUT_PAPER_PRINTER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "paper/label_media.h"
#include "paper/printer_trouble.h"
#include "paper/pwg.h"

#define PRINTER_NAME_MAX 256

struct printer {
	const char *name;       /* borrowed */
	int timeout_ms;         /* of a call; 0: PRINTER_TIMEOUT_MS */
	const atomic_int *halt; /* NULL: never; not 0: now */
};
#define PRINTER_TIMEOUT_MS 8000

#define PRINTER_DPI_MAX 16
#define PRINTER_MODEL_MAX 128

struct printer_state {
	enum printer_trouble trouble;
	char reason[80]; /* the printer's own word for it; "" */
	char model[PRINTER_MODEL_MAX];
	bool printing;   /* something else */
	bool says_ready; /* it says what is loaded: `media` is that; else it is whatever it takes */
	struct label_media media;
	bool pwg, pdf;              /* takes pages so */
	bool types[PWG_TYPE_COUNT]; /* of PWG raster */
	int dpi[PRINTER_DPI_MAX];   /* likewise, where it is the same both ways */
	size_t dpi_count;
};

/* False where it does not answer as a printer does: out->trouble says how, the error names the printer and what helps. */
bool printer_look(const struct printer *printer, struct printer_state *out, struct err *err) TURNOUT_MUST_CHECK;

struct printer_page {
	const char *title;  /* of the job: no name of anybody's, as queues show it */
	const char *format; /* "image/pwg-raster", "application/pdf" */
	const struct strbuf *bytes;
	const struct label_medium *medium;
};
/* Gives it one page: true when it has taken it, with its number for the job. When it fails after it got all of the page, as no answer came that can be
 * read, it may have taken it or not: PRINTER_JOB_UNKNOWN is its number then, else 0. */
#define PRINTER_JOB_UNKNOWN (-1)
bool printer_send(const struct printer *printer, const struct printer_page *page, int *job, enum printer_trouble *trouble,
		  struct err *err) TURNOUT_MUST_CHECK;

enum printer_job { PRINTER_JOB_WAITS, PRINTER_JOB_DONE, PRINTER_JOB_FAILED, PRINTER_JOB_FORGOTTEN };
bool printer_job(const struct printer *printer, int job, enum printer_job *out, struct err *err) TURNOUT_MUST_CHECK;
bool printer_cancel(const struct printer *printer, int job, struct err *err) TURNOUT_MUST_CHECK;

/* The queues of this machine's cupsd, by name; none where no cupsd runs. Waits as long at most as `timeout_ms`. */
typedef void printer_each_fn(void *context, const char *name, const char *about);
void printer_each(int timeout_ms, printer_each_fn *each, void *context);

#endif
