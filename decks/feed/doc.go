// Package feed is the one file by which the students of a course learn of its
// releases, and the link by which they find it.
//
// A course is published as files that any host can serve, a USB stick among them:
//
//	feed.json                          this file, the only one that changes but for what people read
//	r/42/release.json (.minisig)       the signed statement of a release
//	d/41-42.jsonl.gz                   what changed since the release before
//	p/course-42.lectern                the whole release
//	m/<sha256>                         pictures and sounds
//	trust/1.json (.minisig, …)         the author's statements of trust
//	index.html, changes.xml            for people
//
// feed.json is one line of canonical JSON, form lectern-feed/1, and below it the
// signature of that line, as minisign writes it. They are one file, so that no host
// can be caught with the one new and the other old. All else is named in it and never
// changes; so whoever reads it while it is exchanged has the old state or the new one.
//
// A link names the feed and the root key of its author, by which the first contact is
// as safe as every later one:
//
//	lectern:https://example.org/llm/feed.json#RW…
//
// This package does no I/O: decks/feed/site writes the files, decks/feed/poll reads
// them.
package feed
