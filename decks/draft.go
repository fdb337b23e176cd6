package decks

// Draft is an answer that was proposed for a note. It is nobody's answer until
// the student accepts it.
type Draft struct {
	Note      string  // Note.ID
	Text      string  // Markdown; never empty
	Quotes    []Quote // what it rests on, in the order the draft names them
	Supported bool    // it names its places in the lecture, and each was found there
	Model     string  // what wrote it
}

// Quote is a place in a lecture that a draft rests on.
type Quote struct {
	Text    string `json:"text"`    // as the lecture has it; stands in Passage
	Passage string `json:"passage"` // the paragraph, plain
	Block   int    `json:"block"`   // of the page, as it was read when the draft was made
}
