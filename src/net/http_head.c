#include "net/http_head.h"

#include <string.h>

#include "base/str.h"

/* RFC 9110, 5.6.2: what a name is made of. */
static bool is_token(const char *text, size_t n) {
	static const char marks[] = "!#$%&'*+-.^_`|~";
	for (size_t i = 0; i < n; i++) {
		char c = str_lower_char(text[i]);
		if (!(c >= 'a' && c <= 'z') && !str_is_digit(c) && (c == '\0' || strchr(marks, c) == NULL)) {
			return false;
		}
	}
	return n > 0;
}

/* RFC 9110, 5.5: no line breaks, no NUL, no other controls but the tab. */
static bool is_plain(const char *text, size_t n) {
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if ((c < ' ' && c != '\t') || c == 0x7F) {
			return false;
		}
	}
	return true;
}

static bool is_digits(const char *text, size_t n) {
	for (size_t i = 0; i < n; i++) {
		if (!str_is_digit(text[i])) {
			return false;
		}
	}
	return n > 0;
}

static bool named(const struct http_field *field, const char *name) {
	return field->name_len == strlen(name) && strncasecmp(field->name, name, field->name_len) == 0;
}

static void join(struct strbuf *list, const struct http_field *field) {
	if (list->len > 0) {
		strbuf_addc(list, ',');
	}
	strbuf_add(list, field->value, field->value_len);
}

void http_head_note(struct http_head *head, struct http_field field) {
	head->bad_field |= !is_token(field.name, field.name_len) || !is_plain(field.value, field.value_len);
	if (named(&field, "Content-Length")) {
		head->lengths++;
		head->bad_length |= !is_digits(field.value, field.value_len);
	} else if (named(&field, "Transfer-Encoding")) {
		head->encodings++;
		head->bad_encoding |= field.value_len != strlen("chunked") || strncasecmp(field.value, "chunked", field.value_len) != 0;
	} else if (named(&field, "Host")) {
		head->hosts++;
	} else if (named(&field, "X-Forwarded-For")) {
		join(&head->x_forwarded_for, &field);
	} else if (named(&field, "Forwarded")) {
		join(&head->forwarded, &field);
	}
}

const char *http_head_wrong(const struct http_head *head, const char *method, const char *version) {
	bool first = str_eq(version, "HTTP/1.0");
	if (!first && !str_eq(version, "HTTP/1.1")) {
		return "this is no HTTP/1.1";
	}
	if (!is_token(method, strlen(method))) {
		return "the method of this request is no word";
	}
	if (head->bad_field) {
		return "a header of this request cannot be read";
	}
	if (head->hosts > 1) {
		return "this request names two hosts";
	}
	if (head->lengths > 0 && head->encodings > 0) {
		return "this request has both a Content-Length and a Transfer-Encoding";
	}
	if (head->lengths > 1) {
		return "this request has two Content-Lengths";
	}
	if (head->bad_length) {
		return "the Content-Length of this request is no number";
	}
	if (head->encodings > 1 || head->bad_encoding || (first && head->encodings > 0)) {
		return "the Transfer-Encoding of this request is not known here";
	}
	return NULL;
}

void http_head_fini(struct http_head *head) {
	strbuf_fini(&head->x_forwarded_for);
	strbuf_fini(&head->forwarded);
}
