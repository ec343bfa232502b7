/* libcups is used for its connections and for IPP's encoding; requests go out and answers come in here, so that each has an end: libcups waits as long as
 * the other side sends something, and takes as much as comes. */
#include "paper/printer.h"

#include <cups/cups.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"

#define ANSWER_MAX (1u << 20)
#define VALUES_MAX 512
#define STEP_S 0.2 /* between two looks whether to stop */
#define RESOURCE_MAX 256

/* --- one call ------------------------------------------------------------------------------------------------------------------------- */

struct call {
	const struct printer *printer;
	char uri[PRINTER_NAME_MAX + 64], resource[RESOURCE_MAX];
	http_t *http;
	int64_t until_us;
	size_t taken; /* bytes of the answer */
	bool given;   /* all of a document went out */
	enum printer_trouble trouble;
};

static bool is_over(const struct call *c) {
	return clock_span_us() >= c->until_us || (c->printer->halt != NULL && atomic_load(c->printer->halt) != 0);
}

static int go_on(http_t *http, void *context) {
	(void)http;
	return is_over(context) ? 0 : 1;
}

static const char *no_password(const char *prompt, http_t *http, const char *method, const char *resource, void *context) {
	(void)prompt, (void)http, (void)method, (void)resource, (void)context;
	return NULL;
}

static bool fail(struct call *c, enum printer_trouble trouble, struct err *err) {
	enum err_kind kind = trouble == PRINTER_NOT_FOUND ? ERR_NOT_FOUND : trouble == PRINTER_BUSY ? ERR_BUSY : ERR_SYSTEM;
	c->trouble = trouble;
	return err_set(err, kind, "the printer %s: %s", c->printer->name, printer_trouble_text(trouble));
}

static bool is_address(const char *name) { return strstr(name, "://") != NULL; }

static int left_ms(const struct call *c) {
	int64_t left = (c->until_us - clock_span_us()) / 1000;
	return left < 1 ? 1 : (int)left;
}

static bool connect_to(struct call *c, const char *host, int port, bool encrypted, struct err *err) {
	int never = 0;
	/* libcups only reads it, and an atomic_int is an int. */
	int *halt = c->printer->halt == NULL ? &never : (int *)(uintptr_t)c->printer->halt;
	c->http = httpConnect2(host, port, NULL, AF_UNSPEC, encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
			       left_ms(c), halt);
	if (c->http == NULL) {
		return fail(c, PRINTER_SILENT, err);
	}
	httpSetTimeout(c->http, STEP_S, go_on, c);
	return true;
}

static bool begin_address(struct call *c, struct err *err) {
	char scheme[16], user[8], host[PRINTER_NAME_MAX];
	int port;
	http_uri_status_t status = httpSeparateURI(HTTP_URI_CODING_ALL, c->printer->name, scheme, sizeof scheme, user, sizeof user, host,
						   sizeof host, &port, c->resource, sizeof c->resource);
	bool encrypted = str_eq(scheme, "ipps") || str_eq(scheme, "https"), plain = str_eq(scheme, "ipp") || str_eq(scheme, "http");
	if (status < HTTP_URI_STATUS_OK || host[0] == '\0' || (!encrypted && !plain)) {
		c->trouble = PRINTER_NOT_FOUND;
		return err_set(err, ERR_USAGE, "\"%s\" is no printer's address: they look like ipp://10.0.0.9/ipp/print", c->printer->name);
	}
	str_copy(c->uri, sizeof c->uri, c->printer->name);
	return connect_to(c, host, port, encrypted, err);
}

static bool begin(struct call *c, const struct printer *printer, struct err *err) {
	int ms = printer->timeout_ms > 0 ? printer->timeout_ms : PRINTER_TIMEOUT_MS;
	*c = (struct call){.printer = printer, .until_us = clock_span_us() + INT64_C(1000) * ms};
	cupsSetPasswordCB2(no_password, NULL);
	if (is_address(printer->name)) {
		return begin_address(c, err);
	}
	if (httpAssembleURIf(HTTP_URI_CODING_ALL, c->uri, sizeof c->uri, "ipp", NULL, "localhost", ippPort(), "/printers/%s",
			     printer->name) < HTTP_URI_STATUS_OK) {
		return fail(c, PRINTER_NOT_FOUND, err);
	}
	snprintf(c->resource, sizeof c->resource, "/printers/%s", printer->name);
	return connect_to(c, cupsServer(), ippPort(), false, err);
}

static void end(struct call *c) {
	httpClose(c->http);
	c->http = NULL;
}

static ipp_t *new_request(const struct call *c, ipp_op_t op) {
	ipp_t *request = ippNewRequest(op);
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, c->uri);
	return request;
}

static void add_user(ipp_t *request) { ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, "turnout"); }

/* As much as a printer may have to say, and not for ever. All that is asked for, or it counts as broken: IPP's reader takes no less. */
static ssize_t read_all(struct call *c, ipp_uchar_t *to, size_t n) {
	size_t got = 0;
	while (got < n) {
		ssize_t some = is_over(c) || c->taken + n > ANSWER_MAX ? -1 : httpRead2(c->http, (char *)to + got, n - got);
		if (some <= 0) {
			return -1;
		}
		got += (size_t)some;
	}
	c->taken += got;
	return (ssize_t)got;
}

static bool take_answer(struct call *c, ipp_t **out, struct err *err) {
	http_status_t status;
	do {
		status = httpUpdate(c->http);
	} while (status == HTTP_STATUS_CONTINUE && !is_over(c));
	if (status == HTTP_STATUS_UNAUTHORIZED || status == HTTP_STATUS_FORBIDDEN) {
		return fail(c, PRINTER_FORBIDS, err);
	}
	if (status != HTTP_STATUS_OK) {
		bool silent = status == HTTP_STATUS_ERROR || status == HTTP_STATUS_CONTINUE || is_over(c);
		return fail(c, silent ? PRINTER_SILENT : status == HTTP_STATUS_NOT_FOUND ? PRINTER_NOT_FOUND : PRINTER_STRANGER, err);
	}
	ipp_t *answer = ippNew();
	ipp_state_t state;
	while ((state = ippReadIO(c, (ipp_iocb_t)read_all, 1, NULL, answer)) != IPP_STATE_DATA && state != IPP_STATE_ERROR) {
	}
	if (state == IPP_STATE_ERROR) {
		ippDelete(answer);
		return fail(c, is_over(c) ? PRINTER_SILENT : PRINTER_STRANGER, err);
	}
	*out = answer;
	return true;
}

/* The request goes with it. */
static bool ask(struct call *c, ipp_t *request, const struct strbuf *document, ipp_t **out, struct err *err) {
	size_t length = ippLength(request) + (document == NULL ? 0 : document->len);
	http_status_t status = cupsSendRequest(c->http, request, c->resource, length);
	bool sent = status == HTTP_STATUS_CONTINUE || status == HTTP_STATUS_OK;
	size_t at = 0;
	while (sent && document != NULL && at < document->len && !is_over(c)) {
		size_t n = document->len - at > 8192 ? 8192 : document->len - at;
		status = cupsWriteRequestData(c->http, document->data + at, n);
		sent = status == HTTP_STATUS_CONTINUE || status == HTTP_STATUS_OK;
		at += n;
	}
	ippDelete(request);
	c->given = sent && document != NULL && at == document->len;
	if (!sent || is_over(c)) {
		bool forbids = status == HTTP_STATUS_UNAUTHORIZED || status == HTTP_STATUS_FORBIDDEN;
		bool stranger = status >= HTTP_STATUS_BAD_REQUEST && !forbids;
		return fail(c, forbids ? PRINTER_FORBIDS : stranger ? PRINTER_STRANGER : PRINTER_SILENT, err);
	}
	return take_answer(c, out, err);
}

static enum printer_trouble trouble_of_status(ipp_status_t status) {
	switch (status) {
	case IPP_STATUS_ERROR_NOT_FOUND: return PRINTER_NOT_FOUND;
	case IPP_STATUS_ERROR_FORBIDDEN:
	case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
	case IPP_STATUS_ERROR_NOT_AUTHORIZED: return PRINTER_FORBIDS;
	case IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED: return PRINTER_NO_FORMAT;
	case IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES: return PRINTER_WRONG_MEDIA;
	case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS: return PRINTER_NOT_ACCEPTING;
	case IPP_STATUS_ERROR_BUSY:
	case IPP_STATUS_ERROR_TOO_MANY_JOBS: return PRINTER_BUSY;
	default: return PRINTER_REFUSES;
	}
}

static bool took(struct call *c, ipp_t *answer, struct err *err) {
	ipp_status_t status = ippGetStatusCode(answer);
	return status <= IPP_STATUS_OK_EVENTS_COMPLETE || fail(c, trouble_of_status(status), err);
}

/* --- its state ------------------------------------------------------------------------------------------------------------------------- */

static int integer_of(ipp_t *ipp, const char *name, int otherwise) {
	ipp_attribute_t *a = ippFindAttribute(ipp, name, IPP_TAG_ZERO);
	ipp_tag_t tag = a == NULL ? IPP_TAG_ZERO : ippGetValueTag(a);
	return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM ? ippGetInteger(a, 0) : otherwise;
}

/* What a value is as a text: "" for other kinds. */
static const char *text_at(ipp_attribute_t *a, int i) {
	switch (ippGetValueTag(a)) {
	case IPP_TAG_TEXT:
	case IPP_TAG_TEXTLANG:
	case IPP_TAG_NAME:
	case IPP_TAG_NAMELANG:
	case IPP_TAG_KEYWORD:
	case IPP_TAG_MIMETYPE: return str_or_empty(ippGetString(a, i, NULL));
	default: return "";
	}
}

static int count_of(ipp_attribute_t *a) {
	int n = a == NULL ? 0 : ippGetCount(a);
	return n > VALUES_MAX ? VALUES_MAX : n;
}

static int side_within(int value) { return value < 0 || value > 1000000 ? 0 : value; }

static int margin_of(ipp_t *col, const char *name) {
	int value = integer_of(col, name, 0);
	return value < 0 || value > 2500 ? 0 : value;
}

static bool take_size(ipp_t *size, struct label_medium *m) {
	ipp_attribute_t *y = ippFindAttribute(size, "y-dimension", IPP_TAG_ZERO), *x = ippFindAttribute(size, "x-dimension", IPP_TAG_ZERO);
	int most;
	if (x == NULL || y == NULL) {
		return false;
	}
	if (ippGetValueTag(x) == IPP_TAG_RANGE) {
		ippGetRange(x, 0, &m->x);
		m->any = true;
	} else {
		m->x = integer_of(size, "x-dimension", 0);
	}
	if (ippGetValueTag(y) == IPP_TAG_RANGE) {
		m->y = side_within(ippGetRange(y, 0, &most));
		m->y_most = side_within(most);
	} else {
		m->y = side_within(integer_of(size, "y-dimension", 0));
	}
	m->x = side_within(m->x);
	return m->x > 0 && (m->y > 0 || m->y_most > 0);
}

static void take_col(ipp_t *col, struct label_media *media) {
	struct label_medium m = {.x = 0}, named;
	ipp_attribute_t *size = ippFindAttribute(col, "media-size", IPP_TAG_BEGIN_COLLECTION);
	ipp_attribute_t *name = ippFindAttribute(col, "media-size-name", IPP_TAG_ZERO);
	ipp_attribute_t *source = ippFindAttribute(col, "media-source", IPP_TAG_ZERO);
	bool sized = size != NULL && take_size(ippGetCollection(size, 0), &m);
	if (name != NULL && label_medium_parse(text_at(name, 0), &named)) {
		str_copy(m.name, sizeof m.name, named.name);
		if (!sized) {
			m.x = named.x;
			m.y = named.y;
			sized = named.y > 0;
		}
	}
	if (source != NULL && str_copy(m.source, sizeof m.source, text_at(source, 0)) == false) {
		m.source[0] = '\0';
	}
	m.left = margin_of(col, "media-left-margin");
	m.right = margin_of(col, "media-right-margin");
	m.top = margin_of(col, "media-top-margin");
	m.bottom = margin_of(col, "media-bottom-margin");
	if (sized && media->count < LABEL_MEDIA_MAX) {
		media->items[media->count++] = m;
	}
}

static void take_cols(ipp_t *answer, const char *name, struct label_media *media) {
	ipp_attribute_t *a = ippFindAttribute(answer, name, IPP_TAG_BEGIN_COLLECTION);
	for (int i = 0; i < count_of(a); i++) {
		take_col(ippGetCollection(a, i), media);
	}
}

static void take_names(ipp_t *answer, const char *name, struct label_media *media) {
	ipp_attribute_t *a = ippFindAttribute(answer, name, IPP_TAG_ZERO);
	for (int i = 0; i < count_of(a); i++) {
		label_media_add(media, text_at(a, i));
	}
}

/* What is loaded, as the printer says; a queue of cupsd and simple printers only say what they take, and are told. */
static void take_media(ipp_t *answer, struct printer_state *s) {
	take_cols(answer, "media-col-ready", &s->media);
	if (s->media.count == 0) {
		take_names(answer, "media-ready", &s->media);
	}
	/* cupsd says "ready" of what a queue's driver has as its default. */
	bool queue = ippFindAttribute(answer, "cups-version", IPP_TAG_ZERO) != NULL ||
		     ippFindAttribute(answer, "printer-type", IPP_TAG_ZERO) != NULL;
	s->says_ready = s->media.count > 0 && !queue;
	if (!s->says_ready) {
		take_cols(answer, "media-col-database", &s->media);
		take_names(answer, "media-supported", &s->media);
		take_names(answer, "media-default", &s->media);
	}
}

static void take_formats(ipp_t *answer, struct printer_state *s) {
	ipp_attribute_t *a = ippFindAttribute(answer, "document-format-supported", IPP_TAG_ZERO);
	for (int i = 0; i < count_of(a); i++) {
		s->pwg = s->pwg || str_eq(text_at(a, i), "image/pwg-raster");
		s->pdf = s->pdf || str_eq(text_at(a, i), "application/pdf");
	}
	a = ippFindAttribute(answer, "pwg-raster-document-type-supported", IPP_TAG_ZERO);
	for (int i = 0; i < count_of(a); i++) {
		for (int type = 0; type < PWG_TYPE_COUNT; type++) {
			s->types[type] = s->types[type] || str_eq(text_at(a, i), pwg_type_name((enum pwg_type)type));
		}
	}
	a = ippFindAttribute(answer, "pwg-raster-document-resolution-supported", IPP_TAG_RESOLUTION);
	for (int i = 0; i < count_of(a) && s->dpi_count < PRINTER_DPI_MAX; i++) {
		int y;
		ipp_res_t unit;
		int x = ippGetResolution(a, i, &y, &unit);
		if (x == y && x >= 72 && x <= 1200 && unit == IPP_RES_PER_INCH) {
			s->dpi[s->dpi_count++] = x;
		}
	}
}

static void take_trouble(ipp_t *answer, struct printer_state *s) {
	const char *words[VALUES_MAX], *reason;
	ipp_attribute_t *reasons = ippFindAttribute(answer, "printer-state-reasons", IPP_TAG_ZERO);
	ipp_attribute_t *accepting = ippFindAttribute(answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
	int count = count_of(reasons), state = integer_of(answer, "printer-state", 3);
	for (int i = 0; i < count; i++) {
		words[i] = text_at(reasons, i);
	}
	s->printing = state == IPP_PSTATE_PROCESSING;
	s->trouble = printer_trouble_of(state, accepting == NULL || ippGetBoolean(accepting, 0), words, (size_t)count, &reason);
	str_copy(s->reason, sizeof s->reason, reason);
}

static void take_model(ipp_t *answer, struct printer_state *s) {
	ipp_attribute_t *a = ippFindAttribute(answer, "printer-make-and-model", IPP_TAG_ZERO);
	const char *text = a == NULL ? "" : text_at(a, 0);
	if (utf8_valid(text, strlen(text), NULL)) {
		str_copy(s->model, sizeof s->model, text);
	}
}

bool printer_look(const struct printer *printer, struct printer_state *out, struct err *err) {
	static const char *const wanted[] = {"printer-state",
					     "printer-state-reasons",
					     "printer-is-accepting-jobs",
					     "printer-make-and-model",
					     "printer-type",
					     "cups-version",
					     "media-col-ready",
					     "media-ready",
					     "media-col-database",
					     "media-supported",
					     "media-default",
					     "document-format-supported",
					     "pwg-raster-document-resolution-supported",
					     "pwg-raster-document-type-supported"};
	struct call c;
	ipp_t *answer = NULL;
	*out = (struct printer_state){.trouble = PRINTER_FINE};
	bool ok = begin(&c, printer, err);
	if (ok) {
		ipp_t *request = new_request(&c, IPP_OP_GET_PRINTER_ATTRIBUTES);
		ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", (int)COUNT_OF(wanted), NULL, wanted);
		ok = ask(&c, request, NULL, &answer, err) && took(&c, answer, err);
	}
	if (ok && ippFindAttribute(answer, "printer-state", IPP_TAG_ZERO) == NULL) {
		ok = fail(&c, PRINTER_STRANGER, err);
	}
	if (ok) {
		take_media(answer, out);
		take_formats(answer, out);
		take_trouble(answer, out);
		take_model(answer, out);
	} else {
		out->trouble = c.trouble;
	}
	ippDelete(answer);
	end(&c);
	return ok;
}

/* --- its jobs -------------------------------------------------------------------------------------------------------------------------- */

/* Copies, orientation and scaling are done here or not at all; what is left to ask for is the medium, and printers differ in how they want to be asked: by
 * the name that they gave it, or by its size. */
enum asking { BY_NAME, BY_SIZE, BY_CUSTOM_NAME };

static void add_medium(ipp_t *request, const struct label_medium *m, enum asking how) {
	char name[LABEL_MEDIUM_NAME_MAX];
	snprintf(name, sizeof name, "custom_%gx%gmm_%gx%gmm", m->x / 100.0, m->y / 100.0, m->x / 100.0, m->y / 100.0);
	if (how != BY_SIZE) {
		ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, how == BY_NAME ? m->name : name);
		return;
	}
	ipp_t *col = ippNew(), *size = ippNew();
	ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", m->x);
	ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", m->y);
	ippAddCollection(col, IPP_TAG_ZERO, "media-size", size);
	if (m->source[0] != '\0') {
		ippAddString(col, IPP_TAG_ZERO, IPP_TAG_KEYWORD, "media-source", NULL, m->source);
	}
	ippAddCollection(request, IPP_TAG_JOB, "media-col", col);
	ippDelete(size);
	ippDelete(col);
}

static bool send_as(const struct printer *printer, const struct printer_page *page, enum asking how, int *job,
		    enum printer_trouble *trouble, struct err *err) {
	struct call c;
	ipp_t *answer = NULL;
	bool ok = begin(&c, printer, err);
	*job = 0;
	if (ok) {
		ipp_t *request = new_request(&c, IPP_OP_PRINT_JOB);
		add_user(request);
		ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, page->title);
		ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, page->format);
		ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
		add_medium(request, page->medium, how);
		ok = ask(&c, request, page->bytes, &answer, err) && took(&c, answer, err);
		/* No answer that can be read is no refusal. */
		bool unknown = !ok && c.given && answer == NULL && (c.trouble == PRINTER_SILENT || c.trouble == PRINTER_STRANGER);
		*job = ok ? integer_of(answer, "job-id", 0) : unknown ? PRINTER_JOB_UNKNOWN : 0;
	}
	*trouble = ok ? PRINTER_FINE : c.trouble;
	ippDelete(answer);
	end(&c);
	return ok;
}

bool printer_send(const struct printer *printer, const struct printer_page *page, int *job, enum printer_trouble *trouble,
		  struct err *err) {
	const struct label_medium *m = page->medium;
	struct err first = {0};
	bool named = m->name[0] != '\0' && m->y_most == 0 && !m->any;
	if (send_as(printer, page, named ? BY_NAME : BY_SIZE, job, trouble, &first)) {
		return true;
	}
	/* It was not printed, and that is sure: it may be asked in the other way. */
	if (*trouble == PRINTER_WRONG_MEDIA && send_as(printer, page, named ? BY_SIZE : BY_CUSTOM_NAME, job, trouble, err)) {
		return true;
	}
	return err_give(err, &first);
}

static ipp_t *job_request(const struct call *c, ipp_op_t op, int job) {
	ipp_t *request = new_request(c, op);
	ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
	add_user(request);
	return request;
}

bool printer_job(const struct printer *printer, int job, enum printer_job *out, struct err *err) {
	struct call c;
	ipp_t *answer = NULL;
	bool ok = begin(&c, printer, err) && ask(&c, job_request(&c, IPP_OP_GET_JOB_ATTRIBUTES, job), NULL, &answer, err);
	if (ok && ippGetStatusCode(answer) == IPP_STATUS_ERROR_NOT_FOUND) {
		*out = PRINTER_JOB_FORGOTTEN;
	} else if (ok && took(&c, answer, err)) {
		int state = integer_of(answer, "job-state", IPP_JSTATE_COMPLETED);
		*out = state == IPP_JSTATE_COMPLETED                                 ? PRINTER_JOB_DONE
		       : state == IPP_JSTATE_CANCELED || state == IPP_JSTATE_ABORTED ? PRINTER_JOB_FAILED
										     : PRINTER_JOB_WAITS;
	} else {
		ok = false;
	}
	ippDelete(answer);
	end(&c);
	return ok;
}

bool printer_cancel(const struct printer *printer, int job, struct err *err) {
	struct call c;
	ipp_t *answer = NULL;
	bool ok = begin(&c, printer, err) && ask(&c, job_request(&c, IPP_OP_CANCEL_JOB, job), NULL, &answer, err) && took(&c, answer, err);
	ippDelete(answer);
	end(&c);
	return ok;
}

/* --- queues of this machine ------------------------------------------------------------------------------------------------------------ */

void printer_each(int timeout_ms, printer_each_fn *each, void *context) {
	struct call c;
	const struct printer local = {.name = "cupsd", .timeout_ms = timeout_ms};
	struct err err = {0};
	ipp_t *answer = NULL;
	if (begin(&c, &local, &err)) {
		str_copy(c.resource, sizeof c.resource, "/");
		ipp_t *request = ippNewRequest(IPP_OP_CUPS_GET_PRINTERS);
		static const char *const wanted[] = {"printer-name", "printer-make-and-model"};
		ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", (int)COUNT_OF(wanted), NULL, wanted);
		if (ask(&c, request, NULL, &answer, &err) && took(&c, answer, &err)) {
			char name[PRINTER_NAME_MAX] = "", about[PRINTER_MODEL_MAX] = "";
			for (ipp_attribute_t *a = ippFirstAttribute(answer);; a = ippNextAttribute(answer)) {
				if ((a == NULL || ippGetGroupTag(a) != IPP_TAG_PRINTER) && name[0] != '\0') {
					each(context, name, about);
					name[0] = about[0] = '\0';
				}
				if (a == NULL) {
					break;
				}
				if (str_eq(ippGetName(a), "printer-name")) {
					str_copy(name, sizeof name, text_at(a, 0));
				} else if (str_eq(ippGetName(a), "printer-make-and-model")) {
					str_copy(about, sizeof about, text_at(a, 0));
				}
			}
		}
	}
	ippDelete(answer);
	end(&c);
}
