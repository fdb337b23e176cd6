package simulation_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

var (
	courses = flag.Int("courses", 0, "how many courses are lived through; 0: 500, or 12 with -short")
	seed    = flag.Uint64("seed", 1, "the first of the courses")
	steps   = flag.Int("steps", 90, "what happens in each")
)

// totals are what happened.
type totals struct {
	releases, updates, reviews, conflicts, merged, decided, skipped, late, refused int
}

func (t *totals) add(o totals) {
	t.releases += o.releases
	t.updates += o.updates
	t.reviews += o.reviews
	t.conflicts += o.conflicts
	t.merged += o.merged
	t.decided += o.decided
	t.skipped += o.skipped
	t.late += o.late
	t.refused += o.refused
}

// Courses live for a while, each with a student, and the laws hold after every step.
func TestCourses(t *testing.T) {
	n := *courses
	switch {
	case n > 0:
	case testing.Short():
		n = 12
	default:
		n = 500
	}
	root := tempDir(t)
	var mu sync.Mutex
	var all totals
	t.Run("course", func(t *testing.T) {
		free := make(chan bool, runtime.GOMAXPROCS(0))
		for i := range n {
			number := *seed + uint64(i)
			t.Run(fmt.Sprint(number), func(t *testing.T) {
				t.Parallel()
				free <- true
				defer func() { <-free }()
				one := life(t, filepath.Join(root, fmt.Sprint(number)), number)
				mu.Lock()
				defer mu.Unlock()
				all.add(one)
			})
		}
	})
	t.Logf("%d courses, %d releases, %d of them skipped, %d installed over another; %d reviews; %d fields in which both wrote, %d joined without a question, %d decided; %d updates undone later, %d old releases refused",
		n, all.releases, all.skipped, all.updates, all.reviews, all.conflicts, all.merged, all.decided, all.late, all.refused)
	if n >= 100 && (all.updates < n || all.reviews < n || all.conflicts < n || all.merged == 0 || all.decided == 0 || all.late == 0 || all.refused == 0) {
		t.Error("the courses are not lively enough to prove anything")
	}
}

func tempDir(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "lectern-test-*") // where the system has it: the disk is not what is tested
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// life is one course with one student.
func life(t *testing.T, dir string, number uint64) totals {
	defer os.RemoveAll(dir)
	var total totals
	r := rand.New(rand.NewPCG(number, 5))
	a := newAuthor(t, r)
	a.release()
	total.releases++
	s := newStudent(t, r, a, dir, &total)
	defer s.close()
	s.do("first install", func() { s.install(0) })
	for i := range *steps {
		s.live(i)
		s.check()
		if i%20 == 19 {
			s.sound(false)
		}
	}
	s.doing = "the end"
	s.sound(true)
	return total
}
