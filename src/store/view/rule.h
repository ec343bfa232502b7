/* Who may enter where, one thing each. Its fields are those of event/rule.h, its id their key. */
#ifndef TURNOUT_STORE_VIEW_RULE_H
#define TURNOUT_STORE_VIEW_RULE_H

struct store_view;

extern const struct store_view view_rule;

#endif
