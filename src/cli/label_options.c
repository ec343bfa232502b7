#include "cli/label_options.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/common.h"
#include "office/badge_paper.h"
#include "station/device.h"

#define PICTURE_DPI 300

bool label_wish_read(const struct args *args, struct label_wish *out, struct err *err) {
	struct device_settings device;
	char warning[ERR_TEXT_MAX];
	const char *printer = args_value(args, "printer"), *size = args_value(args, "label");
	device_load(&device, warning);
	if (warning[0] != '\0') {
		cli_say("%s", warning);
	}
	if ((printer != NULL && !device_set(&device, "printer", printer, err)) ||
	    (size != NULL && !device_set(&device, "label", size, err))) {
		return false;
	}
	*out = (struct label_wish){.size = device.label, .output = args_value(args, "output")};
	str_copy(out->printer, sizeof out->printer, device.printer);
	if (out->output != NULL && !str_ends_nocase(out->output, ".png") && !str_ends_nocase(out->output, ".pdf")) {
		return err_set(err, ERR_USAGE, "a label is written as .png or .pdf, not as %s", out->output);
	}
	return out->output != NULL || out->printer[0] != '\0' ||
	       err_set(err, ERR_USAGE,
		       "this device has no label printer: turnout device set printer chooses one, turnout printer list says what there is");
}

struct label_printer label_wish_printer(const struct label_wish *wish) {
	return (struct label_printer){.printer = {.name = wish->printer}, .size = wish->size};
}

static bool write_picture(const struct label_wish *wish, const struct label_text *text, const struct label_place *place, struct err *err) {
	struct raster raster = {0};
	struct strbuf bytes = {0};
	bool ok = label_print_picture(text, place, PICTURE_DPI, &raster, err) && raster_png(&raster, &bytes, err) &&
		  file_write(wish->output, bytes.data, bytes.len, err);
	raster_fini(&raster);
	strbuf_fini(&bytes);
	return ok;
}

static bool write_page(const struct label_wish *wish, const struct label_text *text, const struct printer_state *state, struct err *err) {
	struct printer_state as_pdf = *state;
	struct label_page page;
	enum printer_trouble trouble;
	as_pdf.pwg = false;
	as_pdf.pdf = true;
	bool ok = label_page_make(text, wish->size, &as_pdf, &page, &trouble, err) &&
		  file_write(wish->output, page.bytes.data, page.bytes.len, err);
	label_page_fini(&page);
	return ok;
}

bool label_wish_write(const struct label_wish *wish, const struct label_text *text, struct err *err) {
	struct printer_state *state = xcalloc(1, sizeof *state);
	struct label_place place;
	struct err why = {0};
	const struct label_printer to = label_wish_printer(wish);
	bool picture = str_ends_nocase(wish->output, ".png");
	if (wish->printer[0] != '\0' && !printer_look(&to.printer, state, &why)) {
		cli_say("%s; the label is shown on paper of its own size", why.text);
		*state = (struct printer_state){.trouble = PRINTER_FINE};
	}
	bool ok = badge_paper_check(wish->output, picture ? CANVAS_PNG : CANVAS_PDF, err) &&
		  (picture ? label_print_place(text, wish->size, state, &place, err) && write_picture(wish, text, &place, err)
			   : write_page(wish, text, state, err));
	free(state);
	return ok;
}
