-- Whom the event thanks (store/view/credit.h), and the pictures that belong to it (store/view/asset.h).
CREATE TABLE view_asset (
    id TEXT NOT NULL,               -- SHA-256 of the whole, hexadecimal
    part INTEGER NOT NULL,          -- from 0
    parts INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (id, part)
) STRICT, WITHOUT ROWID;
CREATE TABLE view_credit (
    key TEXT PRIMARY KEY,
    fields TEXT NOT NULL,           -- JSON object: team, name:uk, logo, … (event/credit.h)
    status TEXT NOT NULL            -- active, removed
) STRICT, WITHOUT ROWID;
