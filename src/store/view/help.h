/* Calls for help, and that somebody came: a row each record. {"point": …} is where the visitor stands: "arrival" or a session's id; nobody is named. Who
 * closes one writes {"log": …, "seq": …, "by": …}, those of the call, and who of the staff came, where that is known; any station may. */
#ifndef TURNOUT_STORE_VIEW_HELP_H
#define TURNOUT_STORE_VIEW_HELP_H

#define HELP_POINT_MAX 64 /* bytes; a session's id has 20 */

struct store_view;
extern const struct store_view view_help;

#endif
