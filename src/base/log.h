/* The program's own diary on stderr: one line an entry, with the level and the part that speaks. Personal data never goes here. */
#ifndef TURNOUT_BASE_LOG_H
#define TURNOUT_BASE_LOG_H

void log_info(const char *part, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_warn(const char *part, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
