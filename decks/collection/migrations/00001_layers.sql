-- The three layers and their caches. Layers 1 to 3 are append-only: triggers
-- refuse UPDATE and DELETE. Everything under "caches" is dropped and recomputed
-- by Rebuild.
--
-- Common columns of an event: seq is the order of arrival on this computer, id
-- the event's random name, op the operation it belongs to, at_ms Unix time,
-- zone_min minutes east of UTC, device who made it, parents the ids (16 bytes
-- each) of the events of the same register that were known when it was made.

-- +goose Up
PRAGMA application_id = 1279607634; -- "LECR"
PRAGMA user_version = 1;

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID, STRICT;

INSERT INTO meta VALUES ('generation', '0');

-- How this computer shows the program: language, theme, window. Not events.
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE devices (
    n  INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16)
) STRICT;

-- Layer 1: what an author made.

CREATE TABLE releases (
    hash    BLOB PRIMARY KEY CHECK (length(hash) = 32),
    deck    TEXT NOT NULL,
    made_ms INTEGER NOT NULL,
    size    INTEGER NOT NULL, -- bytes of the content
    body    BLOB NOT NULL     -- the content, deflated
) STRICT;

-- Texts of pages that decks were made from.
CREATE TABLE pages (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    size INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- What the user did, one row an operation: the unit of undo.
CREATE TABLE ops (
    seq      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    kind     TEXT NOT NULL,
    subject  TEXT NOT NULL, -- id of a card, a note or a deck
    at_ms    INTEGER NOT NULL,
    zone_min INTEGER NOT NULL,
    device   INTEGER NOT NULL REFERENCES devices (n)
) STRICT;

-- An operation undone (1) or done again (0).
CREATE TABLE voids (
    seq      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    op       INTEGER NOT NULL REFERENCES ops (seq),
    target   INTEGER NOT NULL REFERENCES ops (seq),
    undone   INTEGER NOT NULL CHECK (undone IN (0, 1)),
    at_ms    INTEGER NOT NULL,
    zone_min INTEGER NOT NULL,
    device   INTEGER NOT NULL REFERENCES devices (n),
    parents  BLOB NOT NULL CHECK (length(parents) % 16 = 0)
) STRICT;
CREATE INDEX voids_target ON voids (target);

-- The pointer of a deck: which release is shown. NULL: the deck is put away.
CREATE TABLE installs (
    seq      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    op       INTEGER NOT NULL REFERENCES ops (seq),
    deck     TEXT NOT NULL,
    release  BLOB REFERENCES releases (hash),
    origin   TEXT NOT NULL, -- JSON
    page     BLOB REFERENCES pages (hash),
    at_ms    INTEGER NOT NULL,
    zone_min INTEGER NOT NULL,
    device   INTEGER NOT NULL REFERENCES devices (n),
    parents  BLOB NOT NULL CHECK (length(parents) % 16 = 0)
) STRICT;
CREATE INDEX installs_deck ON installs (deck);
CREATE INDEX installs_op ON installs (op);

-- Layer 2: what the student wrote.

-- A field of a note. value NULL: back to the author's; base: the author's text
-- that was seen. Field "tags" holds a JSON list.
CREATE TABLE edits (
    seq      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    op       INTEGER NOT NULL REFERENCES ops (seq),
    note     TEXT NOT NULL,
    field    TEXT NOT NULL,
    value    TEXT,
    base     TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    zone_min INTEGER NOT NULL,
    device   INTEGER NOT NULL REFERENCES devices (n),
    parents  BLOB NOT NULL CHECK (length(parents) % 16 = 0)
) STRICT;
CREATE INDEX edits_note ON edits (note, field);
CREATE INDEX edits_op ON edits (op);

-- A mark on a card: suspended 0 or 1, flag 0 to 4, skip the study day.
CREATE TABLE marks (
    seq      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    op       INTEGER NOT NULL REFERENCES ops (seq),
    card     TEXT NOT NULL,
    mark     TEXT NOT NULL CHECK (mark IN ('suspended', 'flag', 'skip')),
    value    INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    zone_min INTEGER NOT NULL,
    device   INTEGER NOT NULL REFERENCES devices (n),
    parents  BLOB NOT NULL CHECK (length(parents) % 16 = 0)
) STRICT;
CREATE INDEX marks_card ON marks (card, mark);
CREATE INDEX marks_op ON marks (op);

-- Choices about study: 'preset' (JSON), 'more/<deck>/<day>' (new cards more).
CREATE TABLE choices (
    seq      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    op       INTEGER NOT NULL REFERENCES ops (seq),
    name     TEXT NOT NULL,
    value    TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    zone_min INTEGER NOT NULL,
    device   INTEGER NOT NULL REFERENCES devices (n),
    parents  BLOB NOT NULL CHECK (length(parents) % 16 = 0)
) STRICT;
CREATE INDEX choices_name ON choices (name);
CREATE INDEX choices_op ON choices (op);

-- Layer 3: what the student did.

CREATE TABLE reviews (
    seq      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    op       INTEGER NOT NULL REFERENCES ops (seq),
    card     TEXT NOT NULL,
    grade    INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4),
    took_ms  INTEGER NOT NULL CHECK (took_ms >= 0),
    at_ms    INTEGER NOT NULL,
    zone_min INTEGER NOT NULL,
    device   INTEGER NOT NULL REFERENCES devices (n),
    parents  BLOB NOT NULL CHECK (length(parents) % 16 = 0)
) STRICT;
CREATE INDEX reviews_card ON reviews (card);
CREATE INDEX reviews_op ON reviews (op);

-- Caches.

-- Operations that are undone now.
CREATE TABLE undone (op INTEGER PRIMARY KEY) STRICT;

-- The deck a note belongs to: the first that brought it, for ever.
CREATE TABLE owners (
    note TEXT PRIMARY KEY,
    deck TEXT NOT NULL
) WITHOUT ROWID, STRICT;

-- Decks that are there, at their releases.
CREATE TABLE decks (
    id       TEXT PRIMARY KEY,
    pos      INTEGER NOT NULL, -- order on the home screen
    title    TEXT NOT NULL,
    lang     TEXT NOT NULL,
    origin   TEXT NOT NULL,    -- JSON
    release  BLOB NOT NULL,
    page     BLOB,
    sections TEXT NOT NULL     -- JSON
) WITHOUT ROWID, STRICT;

-- Notes as shown. n only names the row for cards and for search.
CREATE TABLE notes (
    n        INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    deck     TEXT NOT NULL,
    section  TEXT NOT NULL,
    pos      INTEGER NOT NULL, -- course order in the deck
    shown    TEXT NOT NULL,    -- the note, JSON
    released TEXT NOT NULL,    -- the author's note, JSON; '' when shown is the same
    question TEXT NOT NULL,    -- plain
    answer   TEXT NOT NULL,    -- plain
    search   TEXT NOT NULL,    -- folded
    needs    INTEGER NOT NULL, -- 1: needs an answer
    retired  INTEGER NOT NULL  -- 1: withdrawn by the author
) STRICT;
CREATE INDEX notes_deck ON notes (deck);

-- Cards of these notes: the replay of their reviews and the marks on them.
CREATE TABLE cards (
    id        TEXT PRIMARY KEY,
    n         INTEGER NOT NULL, -- notes.n
    deck      TEXT NOT NULL,
    section   TEXT NOT NULL,
    pos       INTEGER NOT NULL, -- course order in the deck, cards of a note in the order of its parts
    needs     INTEGER NOT NULL,
    retired   INTEGER NOT NULL,
    suspended INTEGER NOT NULL,
    flag      INTEGER NOT NULL,
    skip_day  INTEGER NOT NULL, -- -1: none
    phase     INTEGER NOT NULL,
    s         REAL NOT NULL,
    d         REAL NOT NULL,
    fast      REAL NOT NULL,
    step      INTEGER NOT NULL,
    due_ms    INTEGER NOT NULL, -- 0: not on a step of minutes
    due_day   INTEGER NOT NULL,
    last_ms   INTEGER NOT NULL, -- 0: never answered
    last_day  INTEGER NOT NULL,
    days      INTEGER NOT NULL,
    reps      INTEGER NOT NULL,
    lapses    INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

CREATE INDEX cards_n ON cards (n);

-- What was done in a deck on a study day.
CREATE TABLE days (
    day      INTEGER NOT NULL,
    deck     TEXT NOT NULL,
    answers  INTEGER NOT NULL,
    ms       INTEGER NOT NULL,
    fresh    INTEGER NOT NULL, -- of the answers: new cards
    fresh_ms INTEGER NOT NULL,
    due      INTEGER NOT NULL, -- of the answers: counted against the review limit
    asked    INTEGER NOT NULL, -- of the answers: known cards
    recalled INTEGER NOT NULL, -- of those, not Again
    PRIMARY KEY (day, deck)
) WITHOUT ROWID, STRICT;

-- The layers only grow.
-- +goose StatementBegin
CREATE TRIGGER releases_no_update BEFORE UPDATE ON releases BEGIN
    SELECT RAISE(ABORT, 'releases is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER releases_no_delete BEFORE DELETE ON releases BEGIN
    SELECT RAISE(ABORT, 'releases is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pages_no_update BEFORE UPDATE ON pages BEGIN
    SELECT RAISE(ABORT, 'pages is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pages_no_delete BEFORE DELETE ON pages BEGIN
    SELECT RAISE(ABORT, 'pages is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ops_no_update BEFORE UPDATE ON ops BEGIN
    SELECT RAISE(ABORT, 'ops is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ops_no_delete BEFORE DELETE ON ops BEGIN
    SELECT RAISE(ABORT, 'ops is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER voids_no_update BEFORE UPDATE ON voids BEGIN
    SELECT RAISE(ABORT, 'voids is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER voids_no_delete BEFORE DELETE ON voids BEGIN
    SELECT RAISE(ABORT, 'voids is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER installs_no_update BEFORE UPDATE ON installs BEGIN
    SELECT RAISE(ABORT, 'installs is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER installs_no_delete BEFORE DELETE ON installs BEGIN
    SELECT RAISE(ABORT, 'installs is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edits_no_update BEFORE UPDATE ON edits BEGIN
    SELECT RAISE(ABORT, 'edits is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edits_no_delete BEFORE DELETE ON edits BEGIN
    SELECT RAISE(ABORT, 'edits is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER marks_no_update BEFORE UPDATE ON marks BEGIN
    SELECT RAISE(ABORT, 'marks is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER marks_no_delete BEFORE DELETE ON marks BEGIN
    SELECT RAISE(ABORT, 'marks is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER choices_no_update BEFORE UPDATE ON choices BEGIN
    SELECT RAISE(ABORT, 'choices is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER choices_no_delete BEFORE DELETE ON choices BEGIN
    SELECT RAISE(ABORT, 'choices is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews BEGIN
    SELECT RAISE(ABORT, 'reviews is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews BEGIN
    SELECT RAISE(ABORT, 'reviews is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER devices_no_update BEFORE UPDATE ON devices BEGIN
    SELECT RAISE(ABORT, 'devices is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER devices_no_delete BEFORE DELETE ON devices BEGIN
    SELECT RAISE(ABORT, 'devices is append-only');
END;
-- +goose StatementEnd
