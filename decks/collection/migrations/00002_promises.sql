-- Answers keep what they promised, and the log keeps what else changes when a
-- card comes back.
--
-- kind: answer; preview (an answer that leaves the schedule alone, grade 1 to 4);
-- move (the card comes back days after the moment's study day, grade 0); reset
-- (the card is new again, grade 0). An answer's promise is the phase and step it
-- led to and how long the card waits: wait_ms on a step within the day, days
-- else. phase NULL: nothing was promised.

-- +goose Up
CREATE TABLE reviews_2 (
    seq      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    op       INTEGER NOT NULL REFERENCES ops (seq),
    card     TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('answer', 'preview', 'move', 'reset')),
    grade    INTEGER NOT NULL CHECK (grade BETWEEN 0 AND 4 AND (grade > 0) = (kind IN ('answer', 'preview'))),
    took_ms  INTEGER NOT NULL CHECK (took_ms >= 0),
    phase    INTEGER,
    step     INTEGER NOT NULL,
    wait_ms  INTEGER NOT NULL,
    days     INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    zone_min INTEGER NOT NULL,
    device   INTEGER NOT NULL REFERENCES devices (n),
    parents  BLOB NOT NULL CHECK (length(parents) % 16 = 0)
) STRICT;

INSERT INTO reviews_2 (seq, id, op, card, kind, grade, took_ms, phase, step, wait_ms, days, at_ms, zone_min, device, parents)
SELECT seq, id, op, card, 'answer', grade, took_ms, NULL, 0, 0, 0, at_ms, zone_min, device, parents FROM reviews;

DROP TABLE reviews;
ALTER TABLE reviews_2 RENAME TO reviews;
CREATE INDEX reviews_card ON reviews (card);
CREATE INDEX reviews_op ON reviews (op);
CREATE INDEX reviews_preview ON reviews (at_ms) WHERE kind = 'preview';

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

PRAGMA user_version = 2;
