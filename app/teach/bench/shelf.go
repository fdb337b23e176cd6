package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
)

// Settings keep which courses an instructor works on.
type Settings interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// shelfKey is the name of the setting.
const shelfKey = "teach.courses"

// mostShelved is how many courses are remembered.
const mostShelved = 100

// Place is where a course is worked on.
type Place struct {
	Dir   string `json:"dir"`
	Title string `json:"title,omitempty"` // when it was last seen
	Site  string `json:"site,omitempty"`  // the folder that it is published in
}

// Places lists the courses, the one worked on last first. A setting that makes no sense
// lists none.
func Places(ctx context.Context, s Settings) ([]Place, error) {
	text, err := s.Setting(ctx, shelfKey)
	if err != nil {
		return nil, err
	}
	var all []Place
	_ = json.Unmarshal([]byte(text), &all) // what makes no sense lists nothing
	return slices.DeleteFunc(all, func(p Place) bool { return !filepath.IsAbs(p.Dir) }), nil
}

// Keep puts a course first in the list. What is not said of it stays as it was.
func Keep(ctx context.Context, s Settings, p Place) error {
	all, err := Places(ctx, s)
	if err != nil {
		return err
	}
	p.Dir = filepath.Clean(p.Dir)
	if i := slices.IndexFunc(all, func(x Place) bool { return x.Dir == p.Dir }); i >= 0 {
		if p.Title == "" {
			p.Title = all[i].Title
		}
		if p.Site == "" {
			p.Site = all[i].Site
		}
		all = slices.Delete(all, i, i+1)
	}
	return store(ctx, s, append([]Place{p}, all...))
}

// Forget takes a course out of the list. Its folder stays.
func Forget(ctx context.Context, s Settings, dir string) error {
	all, err := Places(ctx, s)
	if err != nil {
		return err
	}
	return store(ctx, s, slices.DeleteFunc(all, func(x Place) bool { return x.Dir == dir }))
}

func store(ctx context.Context, s Settings, all []Place) error {
	b, err := json.Marshal(all[:min(len(all), mostShelved)])
	if err != nil {
		return fmt.Errorf("write the list of courses: %w", err)
	}
	return s.SetSetting(ctx, shelfKey, string(b))
}

// Find is what is remembered of a course; Dir alone when it is not in the list.
func Find(ctx context.Context, s Settings, dir string) (Place, error) {
	all, err := Places(ctx, s)
	if err != nil {
		return Place{}, err
	}
	for _, p := range all {
		if p.Dir == filepath.Clean(dir) {
			return p, nil
		}
	}
	return Place{Dir: filepath.Clean(dir)}, nil
}
