-- The form that somebody without a badge fills in (store/view/form_field.h), and the places that it offers (store/view/place.h).
CREATE TABLE view_form_field (
    key TEXT PRIMARY KEY,
    fields TEXT NOT NULL,           -- JSON object: type, label:uk, … (event/form.h)
    status TEXT NOT NULL            -- active, removed
) STRICT, WITHOUT ROWID;
CREATE TABLE view_place (
    id TEXT PRIMARY KEY,
    region TEXT NOT NULL,
    district TEXT NOT NULL,
    places TEXT NOT NULL,           -- a line each: community, tab, settlement
    source TEXT NOT NULL            -- whose import brought it
) STRICT, WITHOUT ROWID;
