/* A growing text or byte buffer. A zeroed struct is an empty buffer; `data` is NULL or ends with a NUL beyond `len`. */
#ifndef TURNOUT_BASE_STRBUF_H
#define TURNOUT_BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

struct strbuf {
	char *data;
	size_t len;
	size_t cap;
};

void strbuf_fini(struct strbuf *sb);  /* frees; the buffer is empty again */
void strbuf_reset(struct strbuf *sb); /* empties, keeps the memory */

void strbuf_reserve(struct strbuf *sb, size_t more); /* room for `more` bytes and a NUL */
void strbuf_grown(struct strbuf *sb, size_t more);   /* so many bytes were written into that room at data + len */
void strbuf_add(struct strbuf *sb, const void *data, size_t n);
void strbuf_adds(struct strbuf *sb, const char *text);
void strbuf_addc(struct strbuf *sb, char c);
void strbuf_addf(struct strbuf *sb, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void strbuf_addv(struct strbuf *sb, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void strbuf_truncate(struct strbuf *sb, size_t len); /* to at most its present length */

const char *strbuf_str(const struct strbuf *sb); /* never NULL; owned by the buffer */
char *strbuf_detach(struct strbuf *sb);          /* never NULL; for free() */

#endif
