package ship

import (
	"bytes"
	"encoding/json"
	"path/filepath"

	"lectern/decks/fault"
	"lectern/decks/release"
)

// memoryName is the file in which a course remembers what was published last. It goes
// into git with the sources: two people who published without knowing of each other
// meet in it as a conflict.
const memoryName = "published.json"

const memoryFormat = "lectern-published/1"

// mark names a release.
type mark struct {
	Epoch   int    `json:"epoch"`
	Seq     int64  `json:"seq"`
	Content string `json:"sha256"`
}

// memory is what a course remembers. Next is the release that is being published; it
// stays when the program was stopped, so that the next run knows its own work.
type memory struct {
	Format string `json:"format"`
	Last   *mark  `json:"last,omitempty"`
	Next   *mark  `json:"next,omitempty"`
}

func readMemory(dir string) (memory, error) {
	b, err := readPart(dir, memoryName, 4<<10)
	if err != nil || b == nil {
		return memory{}, err
	}
	var m memory
	if err := release.ReadStrict(bytes.TrimSpace(b), &m); err != nil || m.Format != memoryFormat {
		// Often it is a conflict of git.
		return memory{}, fault.New(fault.UnreadableFile, err, "name", memoryName)
	}
	return m, nil
}

func (m memory) write(dir string) error {
	m.Format = memoryFormat
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, memoryName), append(b, '\n'), 0o644)
}

func markOf(s release.Statement) mark { return mark{s.Epoch, s.Seq, s.Content.Hash} }

// agrees tells whether the folder holds what the course knows. Faults: CourseBehind,
// FolderBehind, TwoReleases.
func (m memory) agrees(folder *mark) error {
	known := m.Last
	switch {
	case folder == nil && known == nil:
		return nil
	case folder == nil:
		return nil // a new folder; the numbers go on
	case m.Next != nil && *folder == *m.Next, known != nil && *folder == *known:
		return nil
	case known == nil, folder.Epoch > known.Epoch, folder.Epoch == known.Epoch && folder.Seq > known.Seq:
		return fault.New(fault.CourseBehind, nil, "release", folder.Seq)
	case folder.Epoch == known.Epoch && folder.Seq == known.Seq:
		return fault.New(fault.TwoReleases, nil, "release", folder.Seq)
	}
	return fault.New(fault.FolderBehind, nil, "release", known.Seq)
}
