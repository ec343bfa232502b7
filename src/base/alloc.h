/* Memory: small allocations never fail (the process ends and systemd starts it again); whatever an input sizes is capped before it gets here. */
#ifndef TURNOUT_BASE_ALLOC_H
#define TURNOUT_BASE_ALLOC_H

#include <stddef.h>

/* What ends the process where there is no memory. */
_Noreturn void alloc_failed(void);

/* All return memory for free(); they end the process when there is none. Size 0 gives a valid pointer. */
void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *xrealloc(void *old, size_t count, size_t size) __attribute__((returns_nonnull));
char *xstrdup(const char *text) __attribute__((malloc, returns_nonnull));
char *xstrndup(const char *text, size_t n) __attribute__((malloc, returns_nonnull));

/* printf into new memory. */
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2), malloc, returns_nonnull));

/* Freed memory stays the process's, up to `bytes` in each of the allocator's arenas, and what is larger is given back as soon as it is free, for as long as the
 * program runs. Much for one whose many threads make and free the same things again and again, which would be faulted in anew each time; little for one that must
 * stay small. To be called before any thread is started. */
void alloc_keep_freed(size_t bytes);
/* All threads take their memory from so few places: less of it lies idle in a thread that needed much once. Before any thread is started. */
void alloc_share(int places);

/* Makes room for one more element in a growing array `items` with the members `count` and `cap` beside it in `s`. */
#define ARRAY_GROW(s, items)                                                             \
	do {                                                                             \
		if ((s)->items == NULL || (s)->count == (s)->cap) {                      \
			(s)->cap = (s)->cap ? (s)->cap * 2 : 8;                          \
			(s)->items = xrealloc((s)->items, (s)->cap, sizeof *(s)->items); \
		}                                                                        \
	} while (0)

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

#endif
