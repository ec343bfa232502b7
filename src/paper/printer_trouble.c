#include "paper/printer_trouble.h"

#include <string.h>

#include "base/alloc.h"
#include "base/str.h"

struct meaning {
	const char *word;
	enum printer_trouble trouble;
	bool always; /* also where it is only a warning, as printers say it and do not print */
};

/* In the order in which they are told where there are several: what has to be done first. */
static const struct meaning MEANINGS[] = {
	{"cover-open", PRINTER_COVER_OPEN, true},
	{"door-open", PRINTER_COVER_OPEN, true},
	{"interlock-open", PRINTER_COVER_OPEN, true},
	{"media-jam", PRINTER_JAM, true},
	{"media-empty", PRINTER_NO_PAPER, true},
	{"media-needed", PRINTER_NO_PAPER, true},
	{"input-tray-missing", PRINTER_NO_PAPER, true},
	{"input-media-supply-empty", PRINTER_NO_PAPER, true},
	{"marker-supply-empty", PRINTER_NO_INK, false},
	{"marker-ribbon-empty", PRINTER_NO_INK, false},
	{"toner-empty", PRINTER_NO_INK, false},
	{"media-mismatch", PRINTER_WRONG_MEDIA, true},
	{"offline", PRINTER_OFF, true},
	{"shutdown", PRINTER_OFF, true},
	{"timed-out", PRINTER_OFF, true},
	{"connecting-to-device", PRINTER_OFF, false},
	{"hold-new-jobs", PRINTER_HELD, true},
	{"moving-to-paused", PRINTER_HELD, true},
	{"paused", PRINTER_HELD, true},
};

/* "media-empty-error" is media-empty; *warns: it only says so. */
static size_t bare(const char *reason, bool *warns) {
	static const char *const tails[] = {"-error", "-warning", "-report"};
	size_t n = strlen(reason);
	*warns = false;
	for (size_t i = 0; i < COUNT_OF(tails); i++) {
		if (str_ends(reason, tails[i])) {
			*warns = i > 0;
			return n - strlen(tails[i]);
		}
	}
	return n;
}

static bool is_word(const char *reason, size_t n, const char *word) {
	/* Vendors and cupsd put more before it: "cups-offline". */
	size_t len = strlen(word);
	return n >= len && strncmp(reason + n - len, word, len) == 0 && (n == len || reason[n - len - 1] == '-');
}

enum printer_trouble printer_trouble_of(int state, bool accepting, const char *const *reasons, size_t count, const char **reason) {
	enum { STOPPED = 5 };
	*reason = "";
	for (size_t m = 0; m < COUNT_OF(MEANINGS); m++) {
		for (size_t i = 0; i < count; i++) {
			bool warns;
			size_t n = bare(reasons[i], &warns);
			/* A stopped queue says "paused" beside what stopped it; one that prints says it of a job before. */
			bool counts = !warns || MEANINGS[m].always || state == STOPPED;
			if (counts && is_word(reasons[i], n, MEANINGS[m].word)) {
				*reason = reasons[i];
				return MEANINGS[m].trouble;
			}
		}
	}
	if (!accepting) {
		return PRINTER_NOT_ACCEPTING;
	}
	if (state != STOPPED) {
		return PRINTER_FINE;
	}
	for (size_t i = 0; i < count; i++) {
		if (!str_eq(reasons[i], "none")) {
			*reason = reasons[i];
			return PRINTER_FAULT;
		}
	}
	return PRINTER_HELD;
}

const char *printer_trouble_text(enum printer_trouble trouble) {
	static const char *const texts[] = {
		[PRINTER_FINE] = "it is ready",
		[PRINTER_NOT_FOUND] =
			"there is no such printer: turnout printer lists what there is, and turnout device set printer chooses one",
		[PRINTER_SILENT] = "it does not answer: is it switched on, and plugged into this box or its network?",
		[PRINTER_STRANGER] = "what answers there is no printer: look at the address, most end with /ipp/print",
		[PRINTER_FORBIDS] = "it wants a password: let this box print without one",
		[PRINTER_COVER_OPEN] = "its cover is open: close it",
		[PRINTER_NO_PAPER] = "it has no labels: put a roll in",
		[PRINTER_JAM] = "a label is stuck in it: open it and take the label out",
		[PRINTER_NO_INK] = "it has no ink or ribbon: put some in",
		[PRINTER_OFF] = "its queue is there, but the printer is off or unplugged: switch it on",
		[PRINTER_HELD] = "it is paused: press its button, or resume the queue (cupsenable)",
		[PRINTER_NOT_ACCEPTING] = "its queue takes no jobs: cupsaccept lets it",
		[PRINTER_WRONG_MEDIA] = "labels of another size are in it: put the right ones in, or choose the size that is in it "
					"(turnout device set label)",
		[PRINTER_NO_FORMAT] = "it takes neither PWG raster nor PDF: a queue of cupsd can stand between",
		[PRINTER_REFUSES] = "it refuses the label: print a test label, and look at what the printer says",
		[PRINTER_BUSY] = "it is busy with others' jobs",
		[PRINTER_FAULT] = "it has stopped: look at what its own display says",
	};
	_Static_assert(COUNT_OF(texts) == PRINTER_TROUBLE_COUNT, "every trouble has its text");
	return texts[trouble];
}
