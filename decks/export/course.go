package export

import (
	"path"
	"strings"

	"lectern/decks"
	"lectern/decks/source"
)

// CourseFile is the name of the text in the folder of a course.
const CourseFile = "course.md"

// Course writes the deck as the folder of a course: its text, and for each picture
// that the text shows the path where it has to lie in the folder. Read again, the
// folder is the same deck, with these paths for the names of its pictures.
func Course(d decks.Deck) (text []byte, pictures map[string]string) {
	pictures = map[string]string{}
	for _, name := range source.Pictures(d) {
		to := name
		if !strings.HasPrefix(name, "media/") {
			to = path.Join("media", name)
		}
		pictures[name] = to
	}
	return source.Write(source.RenamePictures(d, pictures)), pictures
}
