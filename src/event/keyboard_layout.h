/* What was typed on a keyboard set to another language: the letters that the same keys give in the one that was meant. */
#ifndef TURNOUT_EVENT_KEYBOARD_LAYOUT_H
#define TURNOUT_EVENT_KEYBOARD_LAYOUT_H

#include <stddef.h>

#define LAYOUT_READINGS_MAX 3

/* Other readings of the text, new memory for free() each; returns how many. Latin letters give a Ukrainian and a Russian reading, Cyrillic ones a
 * Latin one and, where the two differ, that of the other Cyrillic layout. None for other text. (US QWERTY; the Ukrainian and Russian layouts
 * of xkeyboard-config, "ua" and "ru".) */
size_t layout_readings(const char *text, char *readings[LAYOUT_READINGS_MAX]);

#endif
