#include "base/alloc.h"

#include <limits.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void alloc_failed(void) {
	fputs("turnout: out of memory\n", stderr);
	abort();
}

static void *checked(void *p) {
	if (p == NULL) {
		alloc_failed();
	}
	return p;
}

void *xmalloc(size_t size) { return checked(malloc(size ? size : 1)); }

void *xcalloc(size_t count, size_t size) { return checked(calloc(count ? count : 1, size ? size : 1)); }

void *xrealloc(void *old, size_t count, size_t size) {
	if (size != 0 && count > SIZE_MAX / size) {
		return checked(NULL);
	}
	size_t bytes = count * size;
	return checked(realloc(old, bytes ? bytes : 1));
}

char *xstrndup(const char *text, size_t n) {
	char *copy = xmalloc(n + 1);
	memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

char *xstrdup(const char *text) { return xstrndup(text, strlen(text)); }

char *xasprintf(const char *fmt, ...) {
	va_list ap;
	va_start(ap, fmt);
	char *text = NULL;
	int n = vasprintf(&text, fmt, ap);
	va_end(ap);
	return checked(n < 0 ? NULL : text);
}

void alloc_keep_freed(size_t bytes) {
#ifdef __GLIBC__
	int kept = bytes < INT_MAX ? (int)bytes : INT_MAX;
	/* Both: glibc moves the two by itself, by what was freed last, until somebody sets them. */
	mallopt(M_TRIM_THRESHOLD, kept);
	mallopt(M_MMAP_THRESHOLD, kept);
#else
	(void)bytes;
#endif
}

void alloc_share(int places) {
#ifdef __GLIBC__
	mallopt(M_ARENA_MAX, places);
#else
	(void)places;
#endif
}
