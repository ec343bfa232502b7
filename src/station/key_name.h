/* Keys by their names, as a device's settings name them: those that switches, keypads and headsets send. */
#ifndef TURNOUT_STATION_KEY_NAME_H
#define TURNOUT_STATION_KEY_NAME_H

#include <stdint.h>

/* The HID usage (page 0x07, Keyboard/Keypad; HID Usage Tables 1.4, section 10) of a key by its name, in whatever case: F1 to F24, Space, Enter, Tab, Escape, Left, Right, Up, Down, Mute,
 * VolumeUp, VolumeDown, a letter or a digit. 0: there is none. */
uint16_t key_by_name(const char *name);

#endif
