-- What authors ship: who signs a deck's releases, and what they signed.
--
-- author: of a move that an author's release made, JSON: why (changed in substance,
-- split, joined), and the memory that a card begins with which was made of others: s, d
-- and fast as in cards, ago in study days from the answer it goes back to.

-- +goose Up
ALTER TABLE reviews ADD COLUMN author TEXT CHECK (author IS NULL OR kind = 'move');

CREATE INDEX owners_deck ON owners (deck);

-- The statements of trust that were accepted for a deck, as they were signed. They are
-- not undone with the install that brought them: a key that was replaced stays replaced.
CREATE TABLE trusts (
    deck    TEXT NOT NULL,
    n       INTEGER NOT NULL,
    payload BLOB NOT NULL,
    own     BLOB NOT NULL,
    before  BLOB NOT NULL,
    at_ms   INTEGER NOT NULL,
    PRIMARY KEY (deck, n)
) WITHOUT ROWID, STRICT;

-- The statements of releases that were installed, as they were signed. Two of them may
-- name the same content.
CREATE TABLE statements (
    deck      TEXT NOT NULL,
    epoch     INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    release   BLOB NOT NULL REFERENCES releases (hash),
    statement BLOB NOT NULL,
    signature BLOB NOT NULL,
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (deck, epoch, seq)
) WITHOUT ROWID, STRICT;

-- +goose StatementBegin
CREATE TRIGGER trusts_no_update BEFORE UPDATE ON trusts BEGIN
    SELECT RAISE(ABORT, 'trusts is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER trusts_no_delete BEFORE DELETE ON trusts BEGIN
    SELECT RAISE(ABORT, 'trusts is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements BEGIN
    SELECT RAISE(ABORT, 'statements is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements BEGIN
    SELECT RAISE(ABORT, 'statements is append-only');
END;
-- +goose StatementEnd

PRAGMA user_version = 4;
