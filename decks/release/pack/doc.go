// Package pack writes and reads packages: a release of a deck in one file that can be
// mailed, carried and dropped on a window.
//
// A package is a zip archive, which every system opens:
//
//	mimetype                      application/vnd.lectern.deck+zip
//	trust/1.json                  the author's statements of trust …
//	trust/1.json.minisig          … signed by a root key of its own …
//	trust/2.json.before.minisig   … and, where that is another, of the one before
//	release.json                  the statement of the release
//	release.json.minisig          signed by one of the keys that the author trusts
//	content.jsonl                 the notes
//	history.jsonl                 what somebody did who shares his own deck, if he says so
//	media/<sha256>                pictures and sounds
//
// What is signed is what the files hold, never the bytes of the archive: who packs it
// again, as some mail servers do, breaks nothing. The archive ends with a seal of its
// own bytes in its comment, by which damage on the way is told from forgery; an archive
// that was packed anew has none, and its signatures count all the same.
//
// Nothing is taken from a package that its signatures do not cover, and nothing is
// inflated beyond what the signed statement says.
package pack
