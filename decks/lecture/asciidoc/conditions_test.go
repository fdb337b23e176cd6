package asciidoc

import (
	"testing"

	"lectern/decks/lecture/page/pagetest"
)

// Pages in two languages take back the name of one of them.
func TestConditions(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"one language of two", ":en!:\n\nifdef::en[]\n[TIP]\n====\nTry it.\nendif::[]\nifndef::en[]\n[TIP]\n====\nEssayez.\nendif::[]\n====\n\n== Suite", "box tip \"\"\n  p Essayez.\n## Suite\n"},
		{"both when it is not taken back", "ifdef::en[]\nOne.\nendif::[]\n\nifndef::en[]\nUn.\nendif::[]", "p One.\np Un.\n"},
		{"set again", ":en!:\n:en:\n\nifdef::en[]\nOne.\nendif::[]\nifndef::en[]\nUn.\nendif::[]", "p One.\n"},
		{"solutions are kept", ":!solution:\n\nHow?\n\nifdef::solution[]\nSo.\nendif::[]", "p How?\np So.\n"},
		{"one of several names", ":en!:\n\nifdef::en,fr[]\nOne.\nendif::[]", "p One.\n"},
	} {
		if got := pagetest.Outline(read(t, c.in)); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// The title of a block may say that it is a task without a word for one.
func TestToDo(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{".*À faire*\n[NOTE]\n====\nÉcrivez.\n====", "box note exercise \"**À faire**\"\n  p Écrivez.\n"},
		{".À vous de jouer !\n[TIP]\nÉcrivez.", "box tip exercise \"À vous de jouer !\"\n  p Écrivez.\n"},
		{".À faire plus tard\n[NOTE]\n====\nÉcrire.\n====", "box note \"À faire plus tard\"\n  p Écrire.\n"},
	} {
		if got := pagetest.Outline(read(t, c.in)); got != c.want {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
	}
}
