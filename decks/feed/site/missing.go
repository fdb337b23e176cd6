package site

import "fmt"

// Missing lists the files of a plan that a folder does not have as planned, and their
// bytes: what [Write] would write. F is nil for a folder that is not there yet.
func (p Plan) Missing(f FS) (names []string, bytes int64, err error) {
	for _, x := range p.Files {
		same := false
		if f != nil {
			if same, err = equal(f, x); err != nil {
				return nil, 0, fmt.Errorf("look at %s: %w", x.Name, err)
			}
		}
		if !same {
			names, bytes = append(names, x.Name), bytes+x.blob.Size
		}
	}
	return names, bytes, nil
}
