/* How the kiosk looks on its panel: what its command line, its device, the panel and the machine ask for. Pure. */
#ifndef TURNOUT_KIOSK_LOOK_H
#define TURNOUT_KIOSK_LOOK_H

#include "kiosk/frame_times.h"
#include "kiosk/options.h"
#include "kiosk/ui/access.h"
#include "kiosk/ui/draw.h"
#include "kiosk/ui/style.h"
#include "station/device.h"

/* What the box is set to for everybody: the command line's word goes before the device's. */
struct access look_access(const struct kiosk_options *options, const struct device_settings *device);

/* Nothing moves any more on a machine that turned out to be slow, or was so before. */
bool look_is_still(const struct frame_times *frames, bool was_still);

struct look_panel {
	int width, height;  /* of the window, pixels */
	double millimetres; /* the panel's diagonal; 0: unknown, taken as the reference's (kiosk/ui/theme.h) */
	int bottom_cm;      /* of its lower edge above the floor; 0: unknown */
};

/* The part of the window where screens are laid out. */
struct box look_place(const struct look_panel *panel, bool low);
/* What a style means there, as on a panel of that size. */
struct theme look_theme(const struct style *style, const struct look_panel *panel, struct box place);

#endif
