-- The index of names (store/view/find_index.h). None of it enters a digest, and all of it comes of view_person.
CREATE TABLE find_person (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    words TEXT NOT NULL             -- of their names, folded, parted by spaces
) STRICT;
CREATE TABLE find_word (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,      -- folded
    key TEXT NOT NULL               -- how it sounds (event/name_key.h)
) STRICT;
CREATE INDEX find_word_key ON find_word (key, id);
CREATE TABLE find_posting (
    word INTEGER NOT NULL,
    person INTEGER NOT NULL,
    words BLOB NOT NULL,            -- all of that person's, 32 bits each
    PRIMARY KEY (word, person)
) STRICT, WITHOUT ROWID;
-- How words sound with one letter left out: those one slip apart meet here.
CREATE TABLE find_less (
    less TEXT NOT NULL,
    word INTEGER NOT NULL,
    PRIMARY KEY (less, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX find_less_word ON find_less (word);
