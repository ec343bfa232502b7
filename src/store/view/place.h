/* Places that people may come from, as an import brought them: a district at a time, so that a country has some hundreds of records and not tens of thousands.
 *
 * An edit sets "region", "district", "source" (whose import) and "places": a line each, a community, a tab and a settlement of it; either may be empty. Its id is
 * made of source, region, district and which part it is, where a district needs several (store/read/places.h). "places" "" takes it away. */
#ifndef TURNOUT_STORE_VIEW_PLACE_H
#define TURNOUT_STORE_VIEW_PLACE_H

struct store_view;
extern const struct store_view view_place;

#endif
