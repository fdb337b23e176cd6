package i18n

import "testing"

func TestCost(t *testing.T) {
	en, ru := New("en"), New("ru")
	for _, c := range []struct {
		minutes float64
		days    int
		later   float64
		en, ru  string
	}{
		{12.4, 21, 3.6, "≈ 12 minutes a day for 3 weeks, then ≈ 4 minutes", "≈ 12 минут в день на 3 недели, потом ≈ 4 минуты"},
		{1, 1, 0.2, "≈ 1 minute on one day, then less than a minute", "≈ 1 минута за один день, потом меньше минуты"},
		{2.2, 5, 2, "≈ 2 minutes a day for 5 days", "≈ 2 минуты в день на 5 дней"},
		{0.4, 12, 0.1, "less than a minute a day for 2 weeks", "меньше минуты в день на 2 недели"},
		{31, 150, 21, "≈ 31 minutes a day for 5 months, then ≈ 21 minutes", "≈ 31 минута в день на 5 месяцев, потом ≈ 21 минута"},
		{1203, 731, 9, "≈ 1,203 minutes a day for 2 years, then ≈ 9 minutes", "≈ 1\u00a0203 минуты в день на 2 года, потом ≈ 9 минут"},
		{5, 0, 0, "New cards are switched off in the settings, so none of these will be asked", "Новые карточки выключены в настройках, поэтому спрашивать их не будут"},
	} {
		if got := en.Cost(c.minutes, c.days, c.later); got != c.en {
			t.Errorf("%q, want %q", got, c.en)
		}
		if got := ru.Cost(c.minutes, c.days, c.later); got != c.ru {
			t.Errorf("%q, want %q", got, c.ru)
		}
	}
}
