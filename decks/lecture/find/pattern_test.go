package find

import "testing"

func TestPatternsCompile(t *testing.T) {
	if len(patterns) < 50 {
		t.Fatalf("%d patterns", len(patterns))
	}
	for _, p := range patterns {
		p.get()
	}
}
