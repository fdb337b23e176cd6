package shell

import (
	"testing"

	"fyne.io/fyne/v2/storage"
)

// A link that is dropped comes as a path, of which it is made again.
func TestGiven(t *testing.T) {
	for _, want := range []string{"https://example.org/feed.json", "lectern:https://example.org/feed.json#RWQ", "lectern:file:///media/stick/feed.json", "/tmp/лекция 1.md"} {
		if got := given(storage.NewFileURI(want).Path()); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
