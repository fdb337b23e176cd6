package fit_test

import (
	"context"
	"fmt"
	"testing"

	"lectern/scheduler/fit"
	"lectern/scheduler/kernel"
)

// BenchmarkFit fits a year of a student, some 20,000 answers.
func BenchmarkFit(b *testing.B) {
	l := studied(b, 8, 400)
	for _, model := range kernel.Names {
		b.Run(fmt.Sprintf("%s/%d", model, len(l.Answers)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := fit.Fit(context.Background(), l, fit.Options{Model: model}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(l.Answers))*float64(b.N)/b.Elapsed().Seconds(), "answers/s")
		})
	}
}
