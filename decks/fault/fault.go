// Package fault carries errors that a user can read. A [Fault] has a code, for
// which every language has one sentence (what happened, what was kept, what to
// do), and the technical cause for the log and for "Details".
//
// Below this package an error is wrapped with what was being done; where the
// user is met, [Of] finds the fault in the chain and the translations turn its
// code into a sentence. An error without a fault becomes the code Unknown.
package fault

import "errors"

// Code names a sentence: the translation key is "fault." + code.
type Code string

// The codes. Each has a sentence in every language of the program.
const (
	Unknown         Code = "unknown"
	DiskFull        Code = "disk_full"        // nothing lost; free space and go on
	ReadOnly        Code = "read_only"        // the collection cannot be written
	Busy            Code = "busy"             // another program holds the collection
	NotACollection  Code = "not_a_collection" // the file is something else
	NewerCollection Code = "newer_collection" // written by a newer Lectern
	CorruptFile     Code = "corrupt"          // damaged; the last good backup is offered
	NoCollection    Code = "no_collection"    // there is none at that place
	NoSuchCard      Code = "no_such_card"     // {card}
	NoSuchDeck      Code = "no_such_deck"     // {deck}
	NothingToUndo   Code = "nothing_to_undo"  //
	NothingToRedo   Code = "nothing_to_redo"  //
	EmptyPage       Code = "empty_page"       // the page has no text
	NoQuestions     Code = "no_questions"     // text, but nothing that asks
	NotText         Code = "not_text"         // binary bytes
	NoTextInPDF     Code = "no_text_in_pdf"   // a PDF of pictures
	LockedFile      Code = "locked_file"      // it wants a password
	TooLarge        Code = "too_large"        // {limit}, in bytes
	TooManyFiles    Code = "too_many_files"   // {n}, of a folder or an archive
	DeckTooLarge    Code = "deck_too_large"   // {cards}, {limit} of a text in bytes
	UnknownFormat   Code = "unknown_format"   // {name}
	UnreadableFile  Code = "unreadable_file"  // {name}
	UnwritableFile  Code = "unwritable_file"  // {name}
	BadSource       Code = "bad_source"       // {file} {line} {what}
	BadLog          Code = "bad_log"          // {file} {line}
	BadWeights      Code = "bad_weights"      // {file} {model}
	NoCourse        Code = "no_course"        // {name}: a folder without a course in it
	CourseThere     Code = "course_there"     // {name}: a folder that holds a course already
	AnotherCourse   Code = "another_course"   // {title}: a release of it, where one of this course was wanted
	FileChanged     Code = "file_changed"     // {name}: by another program, while it was read
	BadBackup       Code = "bad_backup"       // {name}
	NoBackup        Code = "no_backup"        //
	EmptyQuestion   Code = "empty_question"   // a note without a question
	BadArgument     Code = "bad_argument"     // {what}
	Cancelled       Code = "cancelled"        // stopped by the user; nothing changed
	MissingMedia    Code = "missing_media"    // {name}
	Outdated        Code = "outdated"         // the card is not as it was shown; the answer was not kept
	BadAddress      Code = "bad_address"      // {address}: not an address of a page
	WrongScheme     Code = "wrong_scheme"     // {scheme}: not http or https
	PrivateAddress  Code = "private_address"  // {host}: in the own network, and nobody asked for it
	NoHost          Code = "no_host"          // {host}: not found, or there is no network
	NoAnswer        Code = "no_answer"        // {host}: refuses or breaks the connection
	TimedOut        Code = "timed_out"        // {host}
	NotSecure       Code = "not_secure"       // {host}: its certificate is not good
	PageNotFound    Code = "page_not_found"   // {host}
	PageForbidden   Code = "page_forbidden"   // {host}: asks who one is
	HostBusy        Code = "host_busy"        // {host}: too many requests
	BadStatus       Code = "bad_status"       // {host} {status}
	Redirects       Code = "redirects"        // {host}: sends one from address to address
	DraftsOff       Code = "drafts_off"       // not set up
	NoLecture       Code = "no_lecture"       // no text to draft answers from
	NotAgreed       Code = "not_agreed"       // the plan of drafts is not the one agreed to
	WrongKey        Code = "wrong_key"        // {host}
	OpenKey         Code = "open_key"         // {host}: a key would go there without encryption
	NoKeyring       Code = "no_keyring"       // the system keeps no keys
	NoModel         Code = "no_model"         // {host} {model}
	NotAService     Code = "not_a_service"    // {host}: does not speak the protocol
	RequestTooLong  Code = "request_too_long" // {host}: takes less text at once
	ModelRefused    Code = "model_refused"    // {model}: will not answer
	BadReply        Code = "bad_reply"        // {model}: its reply cannot be read
	NoSuchDraft     Code = "no_such_draft"    // {card}
	NotAPackage     Code = "not_a_package"    // {name}
	DamagedPackage  Code = "damaged_package"  // it is not as it was written, or not what was signed
	OtherAuthor     Code = "other_author"     // signed with keys that do not go on from those of the deck
	RevokedKey      Code = "revoked_key"      // the author took the key back
	NotSigned       Code = "not_signed"       // by no key of the deck's author
	OlderRelease    Code = "older_release"    // {release} {installed}
	TwinReleases    Code = "twin_releases"    // {release}: another one has the same number
	FarRelease      Code = "far_release"      // {release} {installed}: numbers in between are missing
	SignedDeck      Code = "signed_deck"      // {title}: only its author changes it
	SharedPast      Code = "shared_past"      // {author}: whose history came with a deck; it is not passed on
	NewerRelease    Code = "newer_release"    // {version} of Lectern is wanted
	NoRelease       Code = "no_release"       // {release}: not kept here
	NoNetwork       Code = "no_network"       // {host}: something else answers in its place
	NoFeed          Code = "no_feed"          // {host}: nothing is published there
	StaleFeed       Code = "stale_feed"       // {host}: what it shows lies behind what was seen
	NewerFeed       Code = "newer_feed"       // a newer Lectern is wanted
	DamagedSite     Code = "damaged_site"     // {host}: its files are not those that were published
	NoKeys          Code = "no_keys"          // a course without keys
	HasKeys         Code = "has_keys"         // a course that has keys
	NoAuthor        Code = "no_author"        // a course without its author
	NoTitle         Code = "no_title"         // a course without its title
	NoSigningKey    Code = "no_signing_key"   // {name}: no key that signs lies in this folder
	NoRootKey       Code = "no_root_key"      // the root key does not lie on this computer
	NotRootKey      Code = "not_root_key"     // {key}: it is not the root key of the course
	NoSuchKey       Code = "no_such_key"      // {key}
	MistypedKey     Code = "mistyped_key"     // {line} of the code of a key
	ShortKey        Code = "short_key"        // the code of a key has more or fewer signs
	KeyInCourse     Code = "key_in_course"    // {name}: a secret key would lie with the course
	DamagedTrust    Code = "damaged_trust"    // the statements of trust of a course
	UnsettledCards  Code = "unsettled_cards"  // {n}: the author has to say whether they are in substance
	ManyRetired     Code = "many_retired"     // {n} cards at once
	NothingNew      Code = "nothing_new"      // {release} is what the course says
	CourseBehind    Code = "course_behind"    // {release} is published, and the sources do not know it
	FolderBehind    Code = "folder_behind"    // {release} was published, and the folder does not have it
	TwoReleases     Code = "two_releases"     // {release}: two were published with one number
	SiteAhead       Code = "site_ahead"       // {release} is published from another computer
	NothingThere    Code = "nothing_there"    // {name}
)

// Codes lists every code, for the test that each has its sentences.
var Codes = []Code{
	Unknown,
	DiskFull,
	ReadOnly,
	Busy,
	NotACollection,
	NewerCollection,
	CorruptFile,
	NoCollection,
	NoSuchCard,
	NoSuchDeck,
	NothingToUndo,
	NothingToRedo,
	EmptyPage,
	NoQuestions,
	NotText,
	NoTextInPDF,
	LockedFile,
	TooLarge,
	TooManyFiles,
	DeckTooLarge,
	UnknownFormat,
	UnreadableFile,
	UnwritableFile,
	BadSource,
	BadLog,
	BadWeights,
	NoCourse,
	CourseThere,
	AnotherCourse,
	FileChanged,
	BadBackup,
	NoBackup,
	EmptyQuestion,
	BadArgument,
	Cancelled,
	MissingMedia,
	Outdated,
	BadAddress,
	WrongScheme,
	PrivateAddress,
	NoHost,
	NoAnswer,
	TimedOut,
	NotSecure,
	PageNotFound,
	PageForbidden,
	HostBusy,
	BadStatus,
	Redirects,
	DraftsOff,
	NoLecture,
	NotAgreed,
	WrongKey,
	OpenKey,
	NoKeyring,
	NoModel,
	NotAService,
	RequestTooLong,
	ModelRefused,
	BadReply,
	NoSuchDraft,
	NotAPackage,
	DamagedPackage,
	OtherAuthor,
	RevokedKey,
	NotSigned,
	OlderRelease,
	TwinReleases,
	FarRelease,
	SignedDeck,
	SharedPast,
	NewerRelease,
	NoRelease,
	NoNetwork,
	NoFeed,
	StaleFeed,
	NewerFeed,
	DamagedSite,
	NoKeys,
	HasKeys,
	NoAuthor,
	NoTitle,
	NoSigningKey,
	NoRootKey,
	NotRootKey,
	NoSuchKey,
	MistypedKey,
	ShortKey,
	KeyInCourse,
	DamagedTrust,
	UnsettledCards,
	ManyRetired,
	NothingNew,
	CourseBehind,
	FolderBehind,
	TwoReleases,
	SiteAhead,
	NothingThere,
}

// Fault is an error with a sentence for the user.
type Fault struct {
	Code Code
	Args map[string]any // what the sentence names, by key; may be nil
	Err  error          // the cause; may be nil
}

// New returns a fault with its cause. Args are pairs of key and value.
func New(code Code, cause error, args ...any) *Fault {
	f := &Fault{Code: code, Err: cause}
	for i := 0; i+1 < len(args); i += 2 {
		if f.Args == nil {
			f.Args = map[string]any{}
		}
		f.Args[args[i].(string)] = args[i+1]
	}
	return f
}

// Error gives the code and the cause, for logs.
func (f *Fault) Error() string {
	if f.Err == nil {
		return string(f.Code)
	}
	return string(f.Code) + ": " + f.Err.Error()
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Of finds the fault in err's chain; an error without one is Unknown. It
// returns nil for nil.
func Of(err error) *Fault {
	if err == nil {
		return nil
	}
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return &Fault{Code: Unknown, Err: err}
}

// Is reports whether err's fault has the code.
func Is(err error, code Code) bool {
	f := Of(err)
	return f != nil && f.Code == code
}
