/* The program's own diary on stderr: one line an entry, with the level and the part that speaks. Personal data never goes
 * here. Whatever is written, in a line of any length, is escaped for a terminal (base/escape.h): much of it was said by others. */
#ifndef TURNOUT_BASE_LOG_H
#define TURNOUT_BASE_LOG_H

void log_info(const char *part, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_warn(const char *part, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A line for people on stderr, as it is. */
void log_line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
