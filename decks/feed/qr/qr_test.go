package qr_test

import (
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"

	qrcode "github.com/piglig/go-qr"

	"lectern/decks/feed/qr"
)

var (
	box = regexp.MustCompile(`viewBox="0 0 (\d+) (\d+)"`)
	run = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)
)

// What is drawn is what a reader reads.
func TestReadsBack(t *testing.T) {
	for _, text := range []string{
		"lectern:https://example.org/llm/feed.json#RWQnkL/I/Mvzrr9ztO4XdOBy4nYRbHkAcr6/LOXKb3ZkjP1O1vkJh4lN",
		"7F3K 2M9Q A1ZX C3V1", "Большие языковые модели", "x",
	} {
		svg, err := qr.SVG(text)
		if err != nil {
			t.Fatal(err)
		}
		size, _ := strconv.Atoi(box.FindStringSubmatch(svg)[1])
		const scale = 4
		img := image.NewGray(image.Rect(0, 0, size*scale, size*scale))
		for i := range img.Pix {
			img.Pix[i] = 0xff
		}
		for _, m := range run.FindAllStringSubmatch(svg, -1) {
			x, _ := strconv.Atoi(m[1])
			y, _ := strconv.Atoi(m[2])
			w, _ := strconv.Atoi(m[3])
			for px := x * scale; px < (x+w)*scale; px++ {
				for py := y * scale; py < (y+1)*scale; py++ {
					img.SetGray(px, py, color.Gray{})
				}
			}
		}
		if got, err := qrcode.Decode(img); err != nil || got != text {
			t.Errorf("%q is read as %q, %v", text, got, err)
		}
	}
	if _, err := qr.SVG(strings.Repeat("x", 4000)); err == nil {
		t.Error("more than a code can hold is drawn")
	}
}
