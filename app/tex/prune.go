package tex

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// maxCache is how many bytes of formulas the folder may hold: some ten thousand.
const maxCache = 64 << 20

// prune removes the formulas made longest ago when a folder holds more than
// limit bytes, down to three quarters of it. Other files are left alone, and
// what cannot be removed stays.
func prune(dir string, limit int64) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	type file struct {
		name string
		size int64
		made time.Time
	}
	var files []file
	var sum int64
	for _, e := range entries {
		name := e.Name()
		if len(name) != 64+len(".svg") || !strings.HasSuffix(name, ".svg") {
			continue
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			files = append(files, file{name, info.Size(), info.ModTime()})
			sum += info.Size()
		}
	}
	if sum <= limit {
		return
	}
	slices.SortFunc(files, func(a, b file) int { return a.made.Compare(b.made) })
	for _, f := range files {
		if sum <= limit/4*3 {
			return
		}
		if os.Remove(filepath.Join(dir, f.name)) == nil {
			sum -= f.size
		}
	}
}
