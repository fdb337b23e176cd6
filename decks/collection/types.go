package collection

import (
	"time"

	"lectern/decks"
	"lectern/scheduler"
)

// Scope is a part of the collection: everything, a deck, or one section of it;
// or the custom study that was begun last.
type Scope struct {
	Deck    string `json:"deck,omitempty"`
	Section string `json:"section,omitempty"`
	List    bool   `json:"list,omitempty"`
}

// Counts says how many cards wait today, after limits.
type Counts struct {
	New        int     `json:"new"`
	Learning   int     `json:"learning"` // on steps, due before the day's end
	Review     int     `json:"review"`
	Unanswered int     `json:"unanswered"` // of those: cards that need an answer
	Minutes    float64 `json:"minutes"`    // expected, from the student's own times
}

// Total is the number of cards that wait.
func (c Counts) Total() int { return c.New + c.Learning + c.Review }

// StudyCard is a card ready to be shown: everything the screen needs, so that
// showing and grading asks nothing more of the collection.
type StudyCard struct {
	Card      decks.CardID
	Note      decks.Note // as shown: release and overlay merged
	Deck      string     // the deck's id
	DeckTitle string
	Section   decks.Section
	Phase     scheduler.Phase
	Flag      int                  // 0 none, 1 to 4
	Outcomes  [4]scheduler.Outcome // by grade - 1
	Shown     time.Time            // when they were worked out
	Preview   bool                 // answers leave the schedule alone: Outcomes say when it is asked again, 0 not at all
	Four      bool                 // Hard and Easy are shown too
	Changed   bool                 // the author changed it in substance since the last answer
	Left      Counts               // with this card
}

// Answered is the receipt of an answer: it exists only once the answer is on disk.
type Answered struct {
	Review decks.EventID
	Card   decks.CardID
	Due    time.Time
	Leech  bool       // the answer made the card a leech
	Paused bool       // and the preset says to pause it
	Next   *StudyCard // nil: nothing is left in the scope
}

// Rest says what there is when nothing is left to study now.
type Rest struct {
	NextDue  time.Time // zero: nothing waits at all
	Waiting  int       // steps that end later today
	Tomorrow Counts
	MoreNew  int // new cards held back by today's limit
}

// Home is what the first screen shows.
type Home struct {
	Today   scheduler.Day
	Due     Counts
	Decks   []DeckRow
	Week    [7]int // cards expected on today and the six days after it
	Rest    Rest
	Reviews int // answers in the collection
}

// DeckRow is a deck on the home screen and in `lecternctl decks`.
type DeckRow struct {
	ID         string       `json:"id"`
	Title      string       `json:"title"`
	Origin     Origin       `json:"origin"`
	Due        Counts       `json:"due"`
	Cards      int          `json:"cards"`
	Studied    int          `json:"studied"`    // cards answered at least once
	Unanswered int          `json:"unanswered"` // notes that need an answer
	Recall     float64      `json:"recall"`     // mean recall now over all cards, 0 to 1; unseen cards count as 0
	Sections   []SectionRow `json:"sections"`
}

// SectionRow is a section of a DeckRow.
type SectionRow struct {
	ID         string  `json:"id"`
	Title      string  `json:"title"`
	Source     string  `json:"source,omitempty"`
	Due        Counts  `json:"due"`
	Cards      int     `json:"cards"`
	Unanswered int     `json:"unanswered"`
	Recall     float64 `json:"recall"`
}

// Origin says where a deck came from.
type Origin struct {
	Kind string `json:"kind"`           // "sample", "page", "pages", "course", "own", "author"
	Name string `json:"name,omitempty"` // file name or address of the page
	Key  string `json:"key,omitempty"`  // identifies the page again: see Collection.FindPage

	// Of kind "author": who signs the deck and which release of it is shown.
	Author string `json:"author,omitempty"`
	Epoch  int    `json:"epoch,omitempty"`
	Seq    int64  `json:"seq,omitempty"`
	Label  string `json:"label,omitempty"`
}

// InstallResult says what an install did.
type InstallResult struct {
	Deck    string        `json:"deck"`
	Release string        `json:"release"` // content hash, hexadecimal
	Update  bool          `json:"update"`  // the deck was there already
	Added   int           `json:"added"`
	Changed int           `json:"changed"`
	Retired int           `json:"retired"`
	Same    int           `json:"same"`
	Past    int           `json:"past,omitempty"` // rows of a history that came with the deck
	Op      decks.EventID `json:"-"`
}

// Review is a row of a card's history.
type Review struct {
	ID     string          `json:"id"`
	Card   decks.CardID    `json:"card"`
	At     time.Time       `json:"at"` // in the zone it was given in
	Grade  scheduler.Grade `json:"grade"`
	TookMS int64           `json:"took_ms"`
	Days   int             `json:"days"` // study days since the answer before
	S      float64         `json:"stability"`
	D      float64         `json:"difficulty"`
	Due    time.Time       `json:"due"`
	Undone bool            `json:"undone"`
}

// Query asks for cards. Text is folded and matched anywhere in the note.
type Query struct {
	Text       string
	Scope      Scope
	Unanswered bool // only notes that need an answer
	Flagged    bool
	Suspended  bool
	Leeches    bool // only cards forgotten again and again, by their preset's count
	Due        bool // waiting today
	Retired    bool // only cards the author withdrew
	Limit      int  // 0: 200
	Offset     int
}

// Row is a card found by a Query.
type Row struct {
	Card        decks.CardID    `json:"card"`
	Note        string          `json:"note"`
	Question    string          `json:"question"` // plain text
	Answer      string          `json:"answer"`   // plain text, "" when it needs one
	Deck        string          `json:"deck"`
	DeckTitle   string          `json:"deck_title"`
	Section     string          `json:"section"` // title
	Phase       scheduler.Phase `json:"phase"`
	Due         time.Time       `json:"due"`    // zero when new
	Recall      float64         `json:"recall"` // 0 when new
	Lapses      int             `json:"lapses"`
	Flag        int             `json:"flag"`
	Suspended   bool            `json:"suspended"`
	NeedsAnswer bool            `json:"needs_answer"`
}

// Found is a page of a search with the number of all hits.
type Found struct {
	Rows  []Row `json:"rows"`
	Total int   `json:"total"`
}

// Stats are the totals and the days studied.
type Stats struct {
	Reviews  int       `json:"reviews"` // answers not undone
	Cards    int       `json:"cards"`
	Notes    int       `json:"notes"`
	Decks    int       `json:"decks"`
	Studied  int       `json:"studied"`  // cards answered at least once
	Recalled int       `json:"recalled"` // answers in Review that were not Again
	Asked    int       `json:"asked"`    // answers in Review
	Minutes  float64   `json:"minutes"`
	Today    DayStat   `json:"today"`
	Days     []DayStat `json:"days"` // days with answers, ascending
}

// DayStat is one study day.
type DayStat struct {
	Day      scheduler.Day `json:"day"`
	Date     string        `json:"date"` // YYYY-MM-DD
	Reviews  int           `json:"reviews"`
	Minutes  float64       `json:"minutes"`
	Asked    int           `json:"asked"`    // known cards (Review phase)
	Recalled int           `json:"recalled"` // of those, not Again
}

// OpKind names a user operation. Its translated name is "op." + kind.
type OpKind string

// The user operations. This one set drives undo's text and what is refreshed.
const (
	OpAnswer   OpKind = "answer"
	OpEdit     OpKind = "edit"   // a field of a note
	OpWrite    OpKind = "write"  // the first answer of a card without one
	OpRevert   OpKind = "revert" // back to the author's text
	OpAccept   OpKind = "accept" // a draft becomes the answer
	OpReject   OpKind = "reject" // a draft is put away
	OpSuspend  OpKind = "suspend"
	OpResume   OpKind = "resume"
	OpFlag     OpKind = "flag"
	OpSkip     OpKind = "skip"     // not today
	OpLink     OpKind = "link"     // two notes that ask the same
	OpUnlink   OpKind = "unlink"   // of two notes
	OpInstall  OpKind = "install"  // a new deck
	OpUpdate   OpKind = "update"   // a deck that was there
	OpRollback OpKind = "rollback" // an earlier release of a deck
	OpFollow   OpKind = "follow"   // how a deck follows its author
	OpKeep     OpKind = "keep"     // a note stays as it is, whatever the author does
	OpUnkeep   OpKind = "unkeep"
	OpRemove   OpKind = "remove"   // a deck put away; its history stays
	OpMoreNew  OpKind = "more_new" // more new cards today
	OpLimits   OpKind = "limits"   // of a day's cards
	OpReset    OpKind = "reset"    // cards are new again
	OpMove     OpKind = "move"     // cards come back another day
	OpShift    OpKind = "shift"    // many cards come back sooner or later
	OpRecover  OpKind = "recover"  // a backlog spread over days
	OpReplan   OpKind = "replan"   // cards come back as memory says now
	OpFit      OpKind = "fit"      // the memory model fitted to the student
	OpExam     OpKind = "exam"     // a plan for an exam
	OpPreset   OpKind = "preset"   // settings of study
	OpUndo     OpKind = "undo"
	OpRedo     OpKind = "redo"
	OpRestore  OpKind = "restore" // from a backup
	OpRebuild  OpKind = "rebuild"
	OpDraft    OpKind = "draft" // drafts came; told only, there is nothing to undo
)

// OfDeck reports whether an operation is about all notes of a deck.
func (k OpKind) OfDeck() bool {
	switch k {
	case OpInstall, OpUpdate, OpRollback, OpRemove, OpKeep, OpUnkeep:
		return true
	}
	return false
}

// Change says what an operation touched, for the views that must refresh.
type Change struct {
	Op       OpKind
	Grade    scheduler.Grade // OpAnswer
	Cards    []decks.CardID  // nil with All
	Queue    bool            // what is due may differ
	Texts    bool            // a note reads differently
	Drafts   bool            // drafts wait that did not, or no longer
	Decks    bool            // decks or sections came, went or were renamed
	Settings bool
	All      bool
}

// OpInfo describes an operation that can be undone or redone.
type OpInfo struct {
	ID      decks.EventID
	Kind    OpKind
	Grade   scheduler.Grade // OpAnswer
	Subject string          // the card's question or the deck's title, plain, for the toast
	Card    decks.CardID
	At      time.Time
}

// Progress is told how far long work has come. Total is 0 when unknown.
type Progress func(done, total int)

// BackupInfo describes a backup file.
type BackupInfo struct {
	Path    string    `json:"path"`
	At      time.Time `json:"at"`
	Size    int64     `json:"size"` // bytes
	Reviews int       `json:"reviews"`
	Why     string    `json:"why"` // "daily", "migration", "manual", "before_restore"
}

// Problem is what the doctor found.
type Problem struct {
	Code     string `json:"code"` // stable name, e.g. "cache_differs"
	Detail   string `json:"detail"`
	Repaired bool   `json:"repaired"`
}
