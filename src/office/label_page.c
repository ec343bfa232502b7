#include "office/label_page.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "paper/pwg.h"

#define DPI_WANTED 300 /* what label printers have, or near it */
#define WAIT_MS 60000
#define PAGE_MS 10000 /* more for each page after the first */
#define STEP_MS 200

bool label_art_picture(const struct label_art *art, const struct label_place *place, size_t page, int dpi, struct raster *out,
		       struct err *err) {
	const struct canvas_options options = {.format = CANVAS_PNG, .width = place->page_w, .height = place->page_h, .dpi = dpi};
	struct canvas *c = NULL;
	bool ok = canvas_open(&options, &c, err) && art->draw(art->what, c, place, page, err) && raster_of_canvas(c, out, err);
	canvas_close(c);
	return ok;
}

/* The nearest to what label printers have; 0: none. */
static int choose_dpi(const struct printer_state *state) {
	int best = 0;
	for (size_t i = 0; i < state->dpi_count; i++) {
		bool nearer = abs(state->dpi[i] - DPI_WANTED) < abs(best - DPI_WANTED);
		best = best == 0 || nearer ? state->dpi[i] : best;
	}
	return best;
}

/* Black only where it is taken: what is grey a label printer makes dots of, and no reader likes a code of dots. */
static enum pwg_type choose_type(const struct printer_state *state) {
	int type = 0;
	while (type < PWG_TYPE_COUNT && !state->types[type]) {
		type++;
	}
	return (enum pwg_type)type;
}

static int points(double mm) { return (int)lround(mm * 72 / 25.4); }

static bool make_raster(const struct label_art *art, const struct label_place *place, const struct printer_state *state, struct strbuf *out,
			struct err *err) {
	int dpi = choose_dpi(state);
	const struct pwg_page page = {.type = choose_type(state),
				      .dpi_x = dpi,
				      .dpi_y = dpi,
				      .page_w = points(place->page_w),
				      .page_h = points(place->page_h),
				      .medium = place->medium.name};
	for (size_t i = 0; i < art->pages; i++) {
		struct raster raster = {0};
		if (!label_art_picture(art, place, i, dpi, &raster, err)) {
			return false;
		}
		pwg_write(&page, &raster, out);
		raster_fini(&raster);
	}
	return true;
}

bool label_art_pdf(const struct label_art *art, const struct label_place *place, struct strbuf *out, struct err *err) {
	const struct canvas_options options = {
		.format = CANVAS_PDF, .width = place->page_w, .height = place->page_h, .title = art->title, .created = art->created};
	struct canvas *c = NULL;
	bool ok = canvas_open(&options, &c, err);
	for (size_t i = 0; ok && i < art->pages; i++) {
		if (i > 0) {
			canvas_next_page(c);
		}
		ok = art->draw(art->what, c, place, i, err);
	}
	ok = ok && canvas_bytes(c, out, err);
	canvas_close(c);
	return ok;
}

bool label_page_of(const struct label_art *art, const struct label_place *place, const struct printer_state *state, struct label_page *out,
		   enum printer_trouble *trouble, struct err *err) {
	bool raster = state->pwg && choose_dpi(state) > 0 && choose_type(state) < PWG_TYPE_COUNT;
	*out = (struct label_page){.format = raster ? "image/pwg-raster" : "application/pdf",
				   .title = art->title,
				   .pages = art->pages,
				   .medium = place->medium};
	*trouble = raster || state->pdf ? PRINTER_REFUSES : PRINTER_NO_FORMAT;
	if (!raster && !state->pdf) {
		return err_set(err, ERR_REFUSED, "the printer: %s", printer_trouble_text(PRINTER_NO_FORMAT));
	}
	if (!(raster ? make_raster(art, place, state, &out->bytes, err) : label_art_pdf(art, place, &out->bytes, err))) {
		label_page_fini(out);
		return false;
	}
	*trouble = PRINTER_FINE;
	return true;
}

void label_page_fini(struct label_page *page) { strbuf_fini(&page->bytes); }

bool label_page_send(const struct printer *printer, const struct label_page *page, int *job, enum printer_trouble *trouble,
		     struct err *err) {
	/* No name: queues show titles to everybody. */
	const struct printer_page sent = {.title = page->title, .format = page->format, .bytes = &page->bytes, .medium = &page->medium};
	return printer_send(printer, &sent, job, trouble, err);
}

static bool await(const struct printer *printer, int job, int wait_ms, struct err *err) {
	enum printer_job state = PRINTER_JOB_WAITS;
	for (int ms = 0; ms < wait_ms && state == PRINTER_JOB_WAITS; ms += STEP_MS) {
		clock_sleep_ms(STEP_MS);
		if (!printer_job(printer, job, &state, err)) {
			return false;
		}
	}
	if (state == PRINTER_JOB_WAITS) {
		struct err late = {0};
		bool back = printer_cancel(printer, job, &late);
		return err_set(err, ERR_BUSY, "the printer %s: the label did not come out within a minute%s", printer->name,
			       back ? " and was taken back" : ", and cannot be taken back");
	}
	return state != PRINTER_JOB_FAILED ||
	       err_set(err, ERR_SYSTEM, "the printer %s gave the label up: look at what it says", printer->name);
}

int label_page_patience_ms(const struct label_page *page) { return (int)(page->pages > 1 ? page->pages - 1 : 0) * PAGE_MS; }

bool label_page_wait(const struct printer *printer, const struct label_page *page, struct err *err) {
	enum printer_trouble trouble;
	int job;
	return label_page_send(printer, page, &job, &trouble, err) && await(printer, job, WAIT_MS + label_page_patience_ms(page), err);
}

bool label_printer_ready(const struct printer *printer, struct printer_state *state, struct err *err) {
	return printer_look(printer, state, err) &&
	       (state->trouble == PRINTER_FINE ||
		err_set(err, ERR_REFUSED, "the printer %s: %s", printer->name, printer_trouble_text(state->trouble)));
}
