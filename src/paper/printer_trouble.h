/* What keeps a printer from printing, by what it says of itself (printer-state, printer-state-reasons: RFC 8011, 5.4.11 and 5.4.12; PWG 5100.9). Pure. */
#ifndef TURNOUT_PAPER_PRINTER_TROUBLE_H
#define TURNOUT_PAPER_PRINTER_TROUBLE_H

#include <stdbool.h>
#include <stddef.h>

enum printer_trouble {
	PRINTER_FINE,
	PRINTER_NOT_FOUND, /* there is no queue of that name, or the address has no such machine */
	PRINTER_SILENT,    /* nothing answers there, or not in time */
	PRINTER_STRANGER,  /* something else answers than a printer */
	PRINTER_FORBIDS,   /* it wants a password */
	PRINTER_COVER_OPEN,
	PRINTER_NO_PAPER,
	PRINTER_JAM,
	PRINTER_NO_INK,        /* or ribbon */
	PRINTER_OFF,           /* a queue whose device is switched off or unplugged */
	PRINTER_HELD,          /* stopped or paused */
	PRINTER_NOT_ACCEPTING, /* the queue rejects jobs */
	PRINTER_WRONG_MEDIA,   /* another size is loaded */
	PRINTER_NO_FORMAT,     /* it takes neither PWG raster nor PDF */
	PRINTER_REFUSES,       /* this job, and says no more than that */
	PRINTER_BUSY,          /* with others' jobs */
	PRINTER_FAULT,         /* stopped for a reason of its own */
	PRINTER_TROUBLE_COUNT
};

/* Its state as IPP numbers it (3 idle, 4 processing, 5 stopped) and its reasons, each with or without -report, -warning, -error. What only warns is no
 * trouble. *reason: the word that decided, "" for none; borrowed from `reasons`. */
enum printer_trouble printer_trouble_of(int state, bool accepting, const char *const *reasons, size_t count, const char **reason);

/* In one sentence without its full stop: what it is and what helps. English, for terminals; screens have their own. */
const char *printer_trouble_text(enum printer_trouble trouble);

#endif
