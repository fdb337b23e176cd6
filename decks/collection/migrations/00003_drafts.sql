-- Answers that were drafted for notes without one. They are nobody's words until
-- the student accepts them, so they belong to none of the layers: they stay on this
-- computer, may be replaced, and rebuild leaves them alone. A draft waits while
-- its note needs an answer and the operation that rejected it, if any, is undone.

-- +goose Up
CREATE TABLE drafts (
    note      TEXT PRIMARY KEY,
    text      TEXT NOT NULL CHECK (text <> ''),
    quotes    TEXT NOT NULL CHECK (json_valid(quotes)), -- JSON
    supported INTEGER NOT NULL CHECK (supported IN (0, 1)),
    model     TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    rejected  INTEGER REFERENCES ops (seq) -- NULL: not rejected
) WITHOUT ROWID, STRICT;

PRAGMA user_version = 3;
