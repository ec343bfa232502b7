/* Functions this project does not call, and what it calls instead. Every source file is compiled with `-include base/banned.h`.
 * The few files that must use one say so with an #undef and the reason. */
#ifndef TURNOUT_BASE_BANNED_H
#define TURNOUT_BASE_BANNED_H

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TURNOUT_BANNED(name, instead) turnout_does_not_use_##name##_but_##instead

#undef strcpy
#define strcpy(...) TURNOUT_BANNED(strcpy, str_copy)
#undef strcat
#define strcat(...) TURNOUT_BANNED(strcat, strbuf)
#undef strncpy
#define strncpy(...) TURNOUT_BANNED(strncpy, str_copy)
#undef strncat
#define strncat(...) TURNOUT_BANNED(strncat, strbuf)
#undef sprintf
#define sprintf(...) TURNOUT_BANNED(sprintf, snprintf)
#undef vsprintf
#define vsprintf(...) TURNOUT_BANNED(vsprintf, vsnprintf)
#undef strtok
#define strtok(...) TURNOUT_BANNED(strtok, str_split)
#undef atoi
#define atoi(...) TURNOUT_BANNED(atoi, str_to_i64)
#undef atol
#define atol(...) TURNOUT_BANNED(atol, str_to_i64)
#undef atof
#define atof(...) TURNOUT_BANNED(atof, str_to_double)
#undef rand
#define rand(...) TURNOUT_BANNED(rand, crypto_random)
#undef mktemp
#define mktemp(...) TURNOUT_BANNED(mktemp, file_write)
#undef time
#define time(...) TURNOUT_BANNED(time, clock_utc)
#undef localtime
#define localtime(...) TURNOUT_BANNED(localtime, tz_civil)
#undef gmtime
#define gmtime(...) TURNOUT_BANNED(gmtime, tz_civil)
#undef mktime
#define mktime(...) TURNOUT_BANNED(mktime, tz_utc)
#undef clock_gettime
#define clock_gettime(...) TURNOUT_BANNED(clock_gettime, clock_utc)

/* ctype's answers depend on the locale and are undefined for bytes of UTF-8. */
#undef isspace
#define isspace(...) TURNOUT_BANNED(isspace, str_is_space)
#undef isdigit
#define isdigit(...) TURNOUT_BANNED(isdigit, str_is_digit)
#undef isalpha
#define isalpha(...) TURNOUT_BANNED(isalpha, utf8_is_letter)
#undef tolower
#define tolower(...) TURNOUT_BANNED(tolower, str_lower_char)
#undef toupper
#define toupper(...) TURNOUT_BANNED(toupper, utf8_upper)

#endif
