package app

import "testing"

func TestFileURL(t *testing.T) {
	for path, want := range map[string]string{
		"/srv/anna/Мои файлы": "file:///srv/anna/%D0%9C%D0%BE%D0%B8%20%D1%84%D0%B0%D0%B9%D0%BB%D1%8B",
		"C:/Users/anna":       "file:///C:/Users/anna",
		"/a?b#c":              "file:///a%3Fb%23c",
	} {
		if got := fileURL(path).String(); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}
