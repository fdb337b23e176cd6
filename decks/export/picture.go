package export

import (
	"bytes"
	"encoding/base64"
)

// dataURL is a picture that is part of the page. What is no picture by its bytes
// is not shown, whatever it is called. An SVG is shown as a picture, where no
// browser runs what it may hold or loads what it names.
func dataURL(p []byte) (string, bool) {
	kind := kindOf(p)
	if kind == "" {
		return "", false
	}
	return "data:image/" + kind + ";base64," + base64.StdEncoding.EncodeToString(p), true
}

func kindOf(p []byte) string {
	switch {
	case bytes.HasPrefix(p, []byte("\x89PNG\r\n\x1a\n")):
		return "png"
	case bytes.HasPrefix(p, []byte("\xff\xd8\xff")):
		return "jpeg"
	case bytes.HasPrefix(p, []byte("GIF87a")), bytes.HasPrefix(p, []byte("GIF89a")):
		return "gif"
	case len(p) > 12 && bytes.HasPrefix(p, []byte("RIFF")) && bytes.Equal(p[8:12], []byte("WEBP")):
		return "webp"
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(p, []byte("\uFEFF")), " \t\r\n")
	if bytes.HasPrefix(start, []byte("<")) && bytes.Contains(start[:min(len(start), 4096)], []byte("<svg")) {
		return "svg+xml"
	}
	return ""
}
