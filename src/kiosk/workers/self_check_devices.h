/* The reader, the camera before it, the sound, and what reads aloud. */
/* The reader, the camera before it, the sound, and the label printer. */
#ifndef TURNOUT_KIOSK_WORKERS_SELF_CHECK_DEVICES_H
#define TURNOUT_KIOSK_WORKERS_SELF_CHECK_DEVICES_H

#include "kiosk/workers/self_check.h"

self_check_fn self_check_reader;
self_check_fn self_check_camera;
self_check_fn self_check_scanner;
self_check_fn self_check_sound;
self_check_fn self_check_speech;
self_check_fn self_check_printer;

#endif
