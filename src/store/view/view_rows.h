/* One view table a file: each turns the records that speak of a thing into its row. Private to src/store. */
#ifndef TURNOUT_STORE_VIEW_VIEW_ROWS_H
#define TURNOUT_STORE_VIEW_VIEW_ROWS_H

#include "store/store_private.h"
#include "store/view/ignored.h"
#include "store/view/register.h"

bool view_setting_compute(struct store *store, const struct registers *r, struct err *err) TURNOUT_MUST_CHECK;
bool view_person_compute(struct store *store, const char *id, const struct registers *r, struct err *err) TURNOUT_MUST_CHECK;
/* The same for somebody of whom there is this one record. */
bool view_person_fresh(struct store *store, const struct fresh_person *fresh, const char *subject, struct err *err) TURNOUT_MUST_CHECK;
bool view_join_compute(struct store *store, struct err *err) TURNOUT_MUST_CHECK;
bool view_session_compute(struct store *store, const char *id, const struct registers *r, struct err *err) TURNOUT_MUST_CHECK;
bool view_badge_compute(struct store *store, const char *code, const struct registers *r, struct err *err) TURNOUT_MUST_CHECK;

/* The same from a body's text, when it is as every station writes it; else *done is false and nothing happened. */
bool view_checkin_plain(struct store *store, const struct view_record *r, const char *body, bool *done, struct err *err) TURNOUT_MUST_CHECK;
bool view_checkin_apply(struct store *store, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK;
bool view_walkin_apply(struct store *store, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK; /* walkins.c */
bool view_undo_apply(struct store *store, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK;
bool view_anchor_apply(struct store *store, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK;
bool view_join_apply(struct store *store, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK;
bool view_erase_apply(struct store *store, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK;
bool view_log_apply(struct store *store, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK;
bool view_role_apply(struct store *store, const struct view_record *r, struct err *err) TURNOUT_MUST_CHECK;

/* Notes that the record speaks of a thing, whose row is computed before the commit. */
bool view_touch(struct store *store, const struct view_record *r, char thing, const char *id, struct err *err) TURNOUT_MUST_CHECK;
/* Notes that the views do not count this record; ends an apply. */
bool view_ignore(struct store *store, const struct view_record *r, enum ignore_reason reason, struct err *err) TURNOUT_MUST_CHECK;

#endif
